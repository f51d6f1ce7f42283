"""What became of activities between two waves of the survey."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from graphmodel.survey.waves import State, Told, Wave

Outcome = Literal[
    "still operational", "changed", "operational again", "ended", "new", "not answered"
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True)
class Change:
    """What became of one activity between two waves.

    Attributes
    ----------
    id, name : str
    then, now : str or None
        Its state in each; `None` where nothing was said or asked of it.
    outcome : str

    Examples
    --------
    >>> Change("roads", "Roads", None, "operational", "new").outcome
    'new'
    """

    id: str
    name: str
    then: State | None
    now: State | None
    outcome: Outcome


def compare(first: Wave, second: Wave, earlier: Sequence[Wave] = ()) -> list[Change]:
    """Say what became of each activity that was known, and what is new.

    What was known is all that the first wave or one before it tells of or asked for, without
    what had ended by then. Known ones are still operational, changed, ended or, where no return
    of the second wave says anything, not answered. What had ended, and operates by the second
    wave, is operational again.

    Parameters
    ----------
    first, second : Wave
    earlier : sequence of Wave
        Those before the first, oldest first.

    Returns
    -------
    list of Change
        By id.

    Examples
    --------
    >>> from graphmodel.survey.answers import Answer, Return
    >>> was = Answer("a", "2016", "row 1", "roads", "Roads", operational="yes")
    >>> now = Answer("a", "2020", "row 1", "roads", "Roads", operational="no")
    >>> first = Wave("2016", (Return("a", "2016", "paper", None, "2", (was,)),))
    >>> second = Wave("2020", (Return("a", "2020", "paper", None, "2", (now,)),))
    >>> [change.outcome for change in compare(first, second)]
    ['ended']
    """
    changes = []
    for id_, before in _known([*earlier, first]).items():
        told = second.told.get(id_)
        now = told.state if told else None
        if before.state == "ended" and now in (None, "ended", "not answered"):
            continue
        then = first.told[id_].state if id_ in first.told else None
        name = told.name if told else before.name
        outcome = "operational again" if before.state == "ended" else _outcome(now)
        changes.append(Change(id_, name, then, now, outcome))
    known = {change.id for change in changes} | set(_known([*earlier, first]))
    for id_ in second.reported:
        if id_ not in known:
            told = second.told[id_]
            new = told.state != "ended" and not told.asked
            outcome = "new" if new else _outcome(told.state)
            changes.append(Change(id_, told.name, None, told.state, outcome))
    return sorted(changes, key=lambda change: change.id)


def _known(waves: Iterable[Wave]) -> dict[str, Told]:
    """What is known after some waves, as the last that says something has it."""
    known: dict[str, Told] = {}
    for wave in waves:
        for id_, told in wave.told.items():
            if told.state != "not answered" or id_ not in known:
                known[id_] = told
    return known


def _outcome(now: State | None) -> Outcome:
    if now is None or now == "not answered":
        return "not answered"
    return "still operational" if now == "operational" else now


def compare_by_council(
    first: Wave, second: Wave, earlier: Sequence[Wave] = ()
) -> dict[str, list[Change]]:
    """Do as `compare` does with what each council says itself.

    Parameters
    ----------
    first, second : Wave
    earlier : sequence of Wave
        Those before the first, oldest first.

    Returns
    -------
    dict of str to list of Change
        By id of the council, of all that answered in any of the waves.

    Examples
    --------
    >>> compare_by_council(Wave("2016", ()), Wave("2020", ()))
    {}
    """
    councils = sorted({one for wave in (*earlier, first, second) for one in wave.answering})
    return {
        council: compare(
            first.of(council), second.of(council), [one.of(council) for one in earlier]
        )
        for council in councils
    }


def counted(changes: Iterable[Change]) -> dict[Outcome, int]:
    """How many activities came to each outcome.

    Parameters
    ----------
    changes : iterable of Change

    Returns
    -------
    dict of str to int
        All outcomes, in their order.

    Examples
    --------
    >>> counted([Change("roads", "Roads", None, "operational", "new")])["new"]
    1
    """
    found = Counter(change.outcome for change in changes)
    return {outcome: found[outcome] for outcome in OUTCOMES}
