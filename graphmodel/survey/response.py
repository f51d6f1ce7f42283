"""How many answered a wave of the survey, how fully, and what is missing from whose answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graphmodel.names import normalised
from graphmodel.survey.answers import ROW_DELETED, Answer, Return
from graphmodel.survey.waves import Wave, silent

FINDINGS = ("benefit", "challenge", "opportunity")
WANTED = ("service area", "type of activity", "reach or region", "who else takes part")
"""What is to be known of each activity that operates."""


@dataclass(frozen=True)
class Response:
    """How a wave was answered; shares in per cent, `None` where there is nothing to share.

    Attributes
    ----------
    asked, answered : int
        Councils.
    reported, operational : int
        Activities.
    rows : int
        Known activities on the forms that came back.
    rows_answered, complete, some_findings, all_findings : float or None
        Of these rows; of what operates by the returns; of the returns.

    Examples
    --------
    >>> response(Wave("2020", ()), ["a", "b"]).rate
    0.0
    """

    asked: int
    answered: int
    reported: int
    operational: int
    rows: int
    rows_answered: float | None
    complete: float | None
    some_findings: float | None
    all_findings: float | None

    @property
    def rate(self) -> float | None:
        """Response rate: councils that answered of those asked.

        Examples
        --------
        >>> response(Wave("2020", (Return("a", "2020", "paper", None, "2"),)), ["a", "b"]).rate
        50.0
        """
        return _percent(self.answered, self.asked)


def response(wave: Wave, councils: Collection[str], earlier: Sequence[Wave] = ()) -> Response:
    """Measure how a wave was answered.

    Parameters
    ----------
    wave : Wave
    councils : collection of str
        Ids of all that were asked.
    earlier : sequence of Wave
        What was said before need not be said again.

    Returns
    -------
    Response

    Examples
    --------
    >>> response(Wave("2020", ()), ["a"]).complete is None
    True
    """
    answers = [answer for one in wave.returns for answer in one.answers]
    asked = [answer for answer in answers if answer.asked]
    running = [answer for answer in answers if answer.operational in ("yes", "changed")]
    whole = [answer for answer in running if not lacking(answer, (wave, *earlier))]
    told = [_findings(wave.of(council).returns) for council in wave.answering]
    return Response(
        asked=len(councils),
        answered=len(wave.answering),
        reported=len(wave.reported),
        operational=len(wave.operational),
        rows=len(asked),
        rows_answered=_percent(sum(one.operational is not None for one in asked), len(asked)),
        complete=_percent(len(whole), len(running)),
        some_findings=_percent(sum(map(bool, told)), len(told)),
        all_findings=_percent(sum(kinds.issuperset(FINDINGS) for kinds in told), len(told)),
    )


def lacking(answer: Answer, waves: Iterable[Wave]) -> list[str]:
    """What is to be known of an activity that operates, and nobody says.

    Parameters
    ----------
    answer : Answer
    waves : iterable of Wave
        In which another answer may say it.

    Returns
    -------
    list of str
        Of `WANTED`.

    Examples
    --------
    >>> lacking(Answer("a", "2020", "row 1", None, "Roads", type="training", region="North"), [])
    ['service area', 'who else takes part']
    """
    said = [answer]
    for wave in waves:
        told = wave.told.get(answer.id) if answer.id else None
        said += [one for _, one in told.answers] if told else []
    there = (
        any(one.category for one in said),
        any(one.type for one in said),
        any(one.reach or one.region for one in said),
        len({one.council for one in said}) > 1 or any(one.parties for one in said),
    )
    return [wanted for wanted, found in zip(WANTED, there, strict=True) if not found]


@dataclass(frozen=True)
class Missing:
    """One thing that is missing from a council's answer.

    Attributes
    ----------
    place : str
        Where it would stand: "Known activities, row 12".
    name : str
        Of the activity, as the council was asked or wrote itself.
    what : tuple of str
        What is missing.
    waits : bool
        Whether it may be there, in what of the return waits for a decision.
    id : str or None
        Of the activity.

    Examples
    --------
    >>> Missing("Known activities, row 12", "Roads", ("still operational?",)).name
    'Roads'
    """

    place: str
    name: str
    what: tuple[str, ...]
    waits: bool = False
    id: str | None = None


@dataclass(frozen=True)
class Claim:
    """What others say of a council, and its own return does not tell of.

    Attributes
    ----------
    id, name : str
        Of the activity; the name as this council has called it, if it ever did.
    by : tuple of str
        Ids of the councils that say so.

    Examples
    --------
    >>> Claim("roads", "Roads", ("GB-LAS-ANS",)).name
    'Roads'
    """

    id: str
    name: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class FollowUp:
    """What is to be asked of a council once more.

    Attributes
    ----------
    council : str
        Its id.
    answered : bool
        Whether it sent a return at all.
    missing : tuple of Missing
    findings : tuple of str
        Of benefits, challenges and opportunities, those of which it says nothing at all.
    claims : tuple of Claim
        What others say of it, where its own return does not tell of it.
    waiting : tuple of str
        Names and words of its return that wait for a decision: what is missing may be there.

    Examples
    --------
    >>> FollowUp("a", False).needed
    True
    """

    council: str
    answered: bool
    missing: tuple[Missing, ...] = ()
    findings: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def needed(self) -> bool:
        """Whether there is anything to ask.

        Examples
        --------
        >>> FollowUp("a", True).needed
        False
        """
        lacks = any(not one.waits for one in self.missing)
        return not self.answered or lacks or bool(self.findings or self.claims)


def follow_ups(
    wave: Wave, councils: Collection[str], earlier: Sequence[Wave] = ()
) -> list[FollowUp]:
    """Who has not answered, and what is missing from whose answer.

    Parameters
    ----------
    wave : Wave
    councils : collection of str
        Ids of all that were asked.
    earlier : sequence of Wave
        What was said before need not be said again.

    Returns
    -------
    list of FollowUp
        Of all councils, by id.

    Examples
    --------
    >>> [one.answered for one in follow_ups(Wave("2020", ()), ["a"])]
    [False]
    """
    none = silent(wave, councils)
    return [
        FollowUp(council, answered=False, claims=_claims(wave, council, earlier))
        if council in none
        else _asked_again(wave, council, earlier)
        for council in sorted({*councils, *wave.answering})
    ]


def _asked_again(wave: Wave, council: str, earlier: Sequence[Wave]) -> FollowUp:
    returns = wave.of(council).returns
    there = _findings(returns)
    return FollowUp(
        council,
        answered=True,
        missing=tuple(_missing(wave, returns, earlier)),
        findings=tuple(kind for kind in FINDINGS if kind not in there),
        claims=_claims(wave, council, earlier),
        waiting=tuple(dict.fromkeys(each.text for one in returns for each in one.waiting)),
    )


def _missing(wave: Wave, returns: Iterable[Return], earlier: Sequence[Wave]) -> Iterator[Missing]:
    answers = [answer for one in returns for answer in one.answers]
    elsewhere = {answer.id for answer in answers if answer.operational}
    waiting = [each for one in returns for each in one.waiting]
    for answer in answers:
        if answer.operational is None:
            if answer.asked and not (answer.id and answer.id in elsewhere):
                waits = any(
                    each.place == answer.place
                    or (each.kind == "activity" and answer.place.endswith(ROW_DELETED))
                    for each in waiting
                )
                asked = ("still operational?",)
                yield Missing(_findable(answer), answer.name, asked, waits, answer.id)
        elif answer.operational not in ("no", "left") and (
            what := lacking(answer, (wave, *earlier))
        ):
            yield Missing(_findable(answer), answer.name, tuple(what), id=answer.id)


def _findable(answer: Answer) -> str:
    """The place of an answer; where its row is gone, what became of it."""
    if not answer.place.endswith(ROW_DELETED):
        return answer.place
    sheet = answer.place.removesuffix(ROW_DELETED)
    return f"{sheet}: the row of {answer.name} was deleted or its name written over"


def _claims(wave: Wave, council: str, earlier: Sequence[Wave]) -> tuple[Claim, ...]:
    """What others say of a council that it does not say itself."""
    own = {
        answer.id: answer.name
        for one in earlier
        for each in one.of(council).returns
        for answer in each.answers
    }
    found = []
    for told in wave.told.values():
        answers = [answer for _, answer in told.answers]
        by = {
            answer.council
            for answer in answers
            if answer.operational in ("yes", "changed")
            and any(party.id == council for party in answer.parties)
        }
        if by and not any(answer.council == council for answer in answers):
            found.append(Claim(told.id, own.get(told.id, told.name), tuple(sorted(by))))
    return tuple(sorted(found, key=lambda claim: (claim.name, claim.id)))


def both_names(name: str, id_: str | None, ours: Mapping[str, str]) -> str:
    """What a council calls an activity, with our name where it is another.

    Parameters
    ----------
    name : str
        As the council was asked or wrote.
    id_ : str or None
        Of the activity.
    ours : mapping of str to str
        Names by id.

    Returns
    -------
    str

    Examples
    --------
    >>> both_names("Our roads", "roads", {"roads": "Roads Alliance"})
    'Our roads [on our records: Roads Alliance]'
    >>> both_names("ROADS ALLIANCE", "roads", {"roads": "Roads Alliance"})
    'ROADS ALLIANCE'
    """
    other = ours.get(id_ or "", name)
    return name if normalised(other) == normalised(name) else f"{name} [on our records: {other}]"


def _findings(returns: Iterable[Return]) -> set[str]:
    answers = (answer for one in returns for answer in one.answers)
    kinds: set[str] = {finding.kind for answer in answers for finding in answer.findings}
    return kinds & set(FINDINGS)


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
