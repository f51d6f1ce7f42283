"""From the returns of a wave to a data package of the model.

What becomes of an answer (`graphmodel.survey.returns` is the way back):

- Each return is a document; everything from it cites it with sheet and row.
- "Yes" and "yes, but changed" are a row of ``services`` with status live as of the date of
  the answer (without one, of the wave's year), "no" is one with status ended. Where
  another return of the same wave says that it goes on, "no" is stated without a date: one
  council that left does not end what others run, and `report conflicts` shows both.
- A "yes" confirms what the form held beside it, the partners too, so this is stated by the
  return as well. A description is stated only where it was corrected. A membership keeps
  the start that it has in the store, so that the statement joins the spell that is there.
- "No" states no memberships. "No, we have left" states that the council's own membership has
  ended, and nothing of the activity.
- A role that is not given is the one that the member's own return of the wave gives, or
  else the store, or else ``member``; the locator says that it was not given.
- That an activity was asked for, what was answered (also: nothing) and its region are
  statistics of the return in the group "Answers to the survey", with the service's id as
  label. So are the version of the form, and that another no longer takes part: it is what this
  council says, and no fact about the other.
- What waits for a decision is left out until there is one; that it waits is such a statistic
  too, with what was written as label.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from textwrap import shorten

from graphmodel.store import Store
from graphmodel.survey.answers import Answer, Party, Return
from graphmodel.survey.known import ANSWER_GROUP
from graphmodel.survey.returns import (
    FORM_VERSION,
    GONE,
    LEFT_BLANK,
    NEW_ACTIVITY,
    NO_ROLE,
    OPERATIONAL,
    REGION,
    TRIAL_TITLE,
    WAITS,
    note_of,
)
from loaders.survey.people import Newcomer

Tables = dict[str, list[dict[str, str]]]
GOES_ON = ("yes", "changed")
_LONGEST_LABEL = 200


@dataclass(frozen=True)
class Books:
    """What the store says, apart from this wave, that statements have to fit.

    Attributes
    ----------
    councils : mapping of str to str
        Names by id.
    kinds : mapping of str to str
        Of services, by id.
    since : mapping of (str, str, str) to str
        Start of a membership by participant, service and role.
    roles : mapping of (str, str) to str
        Role by participant and service; the first of several.

    Examples
    --------
    >>> Books({}, {}, {}).kinds
    {}
    """

    councils: Mapping[str, str]
    kinds: Mapping[str, str]
    since: Mapping[tuple[str, str, str], str]
    roles: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store, dataset: str) -> Books:
        """Read them from a store.

        Parameters
        ----------
        store : Store
            An open store.
        dataset : str
            The wave's own, whose words do not count.

        Returns
        -------
        Books

        Examples
        --------
        >>> books = Books.of(store, "survey-2027")
        >>> books.councils["GB-LAS-ANS"], books.kinds["ayrshire-roads-alliance"]
        ('Angus', 'shared service')
        """
        councils = store.read("MATCH (c:Council) RETURN c.id AS id, c.name AS name")
        services = store.read(
            "MATCH (s:Service) WHERE s.datasets <> [$dataset] RETURN s.id AS id, s.kind AS kind",
            {"dataset": dataset},
        )
        spells = store.read(
            "MATCH (x:Council|Partner)-[r:PARTICIPATES_IN]->(s:Service) "
            "WHERE r.until IS NULL AND r.datasets <> [$dataset] "
            "RETURN x.id AS who, s.id AS service, r.role AS role, coalesce(r.since, '') AS since "
            "ORDER BY since DESC, role DESC",
            {"dataset": dataset},
        )
        return cls(
            {row["id"]: row["name"] for row in councils},
            {row["id"]: row["kind"] for row in services},
            {(row["who"], row["service"], row["role"]): row["since"] for row in spells},
            {(row["who"], row["service"]): row["role"] for row in spells},
        )

    def with_roles(self, returns: Sequence[Return]) -> Books:
        """The same with the roles that councils give themselves.

        Parameters
        ----------
        returns : sequence of Return

        Returns
        -------
        Books

        Examples
        --------
        >>> Books({}, {}, {}).with_roles([]).roles
        {}
        """
        own = {
            (one.council, answer.id): answer.role
            for one in reversed(returns)
            for answer in one.answers
            if answer.id and answer.role and answer.operational in GOES_ON
        }
        return replace(self, roles={**self.roles, **own})


def tables_of(
    returns: Sequence[Return],
    newcomers: Sequence[Newcomer],
    books: Books,
    files: Mapping[str, str],
    *,
    made: bool = False,
) -> Tables:
    """Say what the returns of a wave say in the tables of a data package.

    Parameters
    ----------
    returns : sequence of Return
        With names matched.
    newcomers : sequence of Newcomer
        Partners that nobody named before.
    books : Books
        What is known besides.
    files : mapping of str to str
        Names of the files, by document.
    made : bool
        Whether they were made for a trial.

    Returns
    -------
    dict of str to list of dict
        Rows by table; the columns are those of the model.

    Examples
    --------
    >>> answer = Answer("GB-LAS-ANS", "2027", "New activities, row 6", "lab", "Lab", False, "yes")
    >>> told = Return("GB-LAS-ANS", "2027", "survey-2027-angus", None, "2", (answer,))
    >>> tables = tables_of([told], [], Books({"GB-LAS-ANS": "Angus"}, {}, {}), {})
    >>> tables["services"][0]["status_as_of"], tables["participations"][0]["role"]
    ('2027', 'member')
    """
    tables: Tables = defaultdict(list)
    books = books.with_roles(returns)
    goes_on = {
        answer.id for one in returns for answer in one.answers if answer.operational in GOES_ON
    }
    copies = Counter(one.council for one in returns)
    for one in returns:
        document = _document(one, books, files, made=made, alone=copies[one.council] == 1)
        tables["documents"].append(document)
        for table, row in _rows(one, books, goes_on):
            filled = {key: value for key, value in row.items() if value}
            tables[table].append({**filled, "source": one.document})
    for partner in newcomers:
        tables["partners"].append(
            {
                "id": partner.id,
                "name": partner.name,
                "kind": partner.kind,
                "source": partner.document,
                "locator": partner.place,
            }
        )
    return dict(tables)


def _document(
    one: Return, books: Books, files: Mapping[str, str], *, made: bool, alone: bool
) -> dict[str, str]:
    council = books.councils.get(one.council, one.council)
    number = one.document.rpartition("-")[2]
    is_numbered = number.isdigit() and one.document.count("-") > 2
    copy = f", copy {number}" if is_numbered and not alone else ""
    title = f"{council}: return to the {one.wave} survey of shared services{copy}"
    row = {"id": one.document, "title": title + TRIAL_TITLE * made, "publisher": council}
    if one.date:
        row["published"] = one.date.isoformat()
    if files.get(one.document):
        row["file"] = files[one.document]
    return row


Rows = Iterator[tuple[str, dict[str, str | None]]]


def _rows(one: Return, books: Books, goes_on: set[str | None]) -> Rows:
    yield "statistics", _statistic(one, FORM_VERSION, None, one.version, "About this form")
    places = {
        (each.kind, shorten(each.text, _LONGEST_LABEL, placeholder=" …") or "…"): each.place
        for each in reversed(one.waiting)
    }
    for (kind, text), place in places.items():
        yield "statistics", _statistic(one, f"{WAITS}{kind}", text, "1", place)
    for answer in one.answers:
        if answer.id is None:
            continue
        yield from _remarks(one, answer)
        if answer.operational == "left":
            yield from _left(answer, books)
        elif answer.operational is not None:
            yield "services", _service(one, answer, books, goes_on)
            yield from _kinds(answer)
        yield from _experience(answer)
        if answer.operational in GOES_ON:
            yield from _memberships(answer, books)


def _statistic(
    one: Return, name: str, label: str | None, value: str, place: str, note: str | None = None
) -> dict[str, str | None]:
    return {
        "group": ANSWER_GROUP,
        "name": name,
        "label": label,
        "value": value,
        "unit": "activities" if label else None,
        "wave": one.wave,
        "note": note,
        "locator": place,
    }


def _remarks(one: Return, answer: Answer) -> Rows:
    """What was asked and answered, of which the model has no property."""
    said = answer.operational or LEFT_BLANK
    is_new = not answer.asked and said in GOES_ON
    name = NEW_ACTIVITY if is_new else f"{OPERATIONAL}{said}"
    # Of what is left blank, or was left, nothing is stated under the name that it has here.
    is_stated = answer.operational not in (None, "left")
    note = note_of(answer.end, None if is_stated else answer.name)
    yield "statistics", _statistic(one, name, answer.id, "1", answer.place, note)
    if answer.region:
        name = f"{REGION}{answer.region}"
        yield "statistics", _statistic(one, name, answer.id, "1", answer.place)
    for party in answer.gone:
        if party.id is not None:
            place = party.place or answer.place
            yield "statistics", _statistic(one, f"{GONE}{party.id}", answer.id, "1", place)


def _service(
    one: Return, answer: Answer, books: Books, goes_on: set[str | None]
) -> dict[str, str | None]:
    ended = answer.operational == "no"
    disputed = ended and answer.id in goes_on
    return {
        "id": answer.id,
        "name": answer.name,
        "description": answer.description,
        "kind": books.kinds.get(answer.id or "", "shared service"),
        "status": "ended" if ended else "live",
        "status_as_of": None if disputed else str(one.date or one.wave),
        "delivery_mechanism": answer.mechanism,
        "spectrum": answer.spectrum,
        "spectrum_basis": "stated" if answer.spectrum else None,
        "geographic_focus": answer.reach,
        "geographic_focus_basis": "stated" if answer.reach else None,
        "start": answer.start,
        "end": answer.end if ended and not disputed else None,
        "locator": answer.place,
    }


def _kinds(answer: Answer) -> Rows:
    place = answer.place
    if answer.category:
        row = {"service": answer.id, "category": answer.category, "basis": "stated"}
        yield "service_categories", {**row, "locator": place}
    if answer.type:
        row = {"service": answer.id, "activity_type": answer.type, "basis": "stated"}
        yield "service_types", {**row, "locator": place}


def _experience(answer: Answer) -> Rows:
    """Savings and findings, which a council may tell of what it has left or did not answer on."""
    place = answer.place
    for saving in answer.savings:
        yield (
            "savings",
            {
                "service": answer.id,
                "amount": f"{saving.amount:.2f}".removesuffix(".00"),
                "currency": "GBP",
                "basis": saving.basis,
                "from": saving.start,
                "to": saving.end,
                "note": saving.note,
                "locator": saving.place or place,
            },
        )
    for finding in answer.findings:
        yield (
            "findings",
            {
                "service": answer.id,
                "kind": finding.kind,
                "theme": finding.theme,
                "text": finding.text,
                "locator": finding.place or place,
            },
        )


def _left(answer: Answer, books: Books) -> Rows:
    """The end of the council's own membership, if the activity is on the books."""
    service = answer.id or ""
    if service not in books.kinds:
        return
    role = books.roles.get((answer.council, service), answer.role or "member")
    yield (
        "participations",
        {
            "participant": answer.council,
            "service": service,
            "role": role,
            "status": "ended",
            "since": books.since.get((answer.council, service, role)),
            "until": answer.end,
            "locator": answer.place,
        },
    )


def _memberships(answer: Answer, books: Books) -> Rows:
    own = Party(answer.council, answer.council, answer.role)
    for party in (own, *answer.parties):
        if party.id is not None:
            role = party.role or books.roles.get((party.id, answer.id or ""), "member")
            place = (party.place or answer.place) + NO_ROLE * (party.role is None)
            yield (
                "participations",
                {
                    "participant": party.id,
                    "service": answer.id,
                    "role": role,
                    "since": books.since.get((party.id, answer.id or "", role)),
                    "locator": place,
                },
            )
