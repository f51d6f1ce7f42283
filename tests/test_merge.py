"""What several statements of one thing come to, and how each is taken back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.dates import period
from graphmodel.model import Borders, Council, Element, ParticipatesIn, Service
from graphmodel.store.merge import Statement, merged, statements_of

Kind = type[Element]
Values = st.SearchStrategy[dict[str, Any]]

WORDS = st.sampled_from(["Ärger", "board", 'a "quoted" one', "c|d", "e\\f", "line\nline", "#"])
LISTS = st.lists(WORDS, min_size=1, max_size=3, unique=True)
CITED = {
    "source": st.sampled_from(["review", "minutes"]),
    "locator": st.sampled_from(["§1", "§2, Table", "page 3"]),
}
STARTS = st.sampled_from(["1999", "2005-06", "2005-06-30"])
ENDS = st.sampled_from(["2009", "2010-02", "2016-02-29"])


def some(always: dict[str, Any], **sometimes: st.SearchStrategy[Any]) -> Values:
    return st.fixed_dictionaries(always, optional=sometimes)


SAID: dict[Kind, Values] = {
    Council: some(
        {"id": st.just("c"), "name": st.just("C"), **CITED},
        official_name=WORDS,
        former_gss_codes=LISTS,
        aliases=LISTS,
        population=st.integers(0, 3),
        area_km2=st.sampled_from([1.0, 2.5]),
        valid_from=st.sampled_from(["1975-05-16", "1996-04-01"]),
    ),
    Service: some(
        {
            "id": st.just("s"),
            "name": WORDS,
            "kind": st.sampled_from(["project", "plan"]),
            "status": st.sampled_from(["proposed", "live", "ended"]),
            **CITED,
        },
        aliases=LISTS,
        status_as_of=st.sampled_from(["2014", "2015-03", "2015-03-31"]),
        governance=WORDS,
        website=WORDS,
        members_complete=st.booleans(),
        start=STARTS,
        end=ENDS,
    ),
    ParticipatesIn: some(
        {"role": st.just("lead"), "since": st.just("2005-06"), **CITED},
        until=ENDS,
        status=st.sampled_from(["pilot", "live"]),
        part_of_area=WORDS,
        note=WORDS,
    ),
    Borders: some({"kind": st.just("ferry"), **CITED}, km=st.floats(0.5, 99), note=WORDS),
}
DATASETS = st.sampled_from(["atlas", "councils", "Ärzte"])


@st.composite
def told(draw: st.DrawFn, least: int = 1) -> tuple[Kind, list[Statement]]:
    """A kind, and what rows of up to three datasets say of one such thing."""
    kind = draw(st.sampled_from(list(SAID)))
    said = st.builds(Statement, DATASETS, SAID[kind])
    return kind, draw(st.lists(said, min_size=least, max_size=6))


def by_dataset(statements: list[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda statement: statement.dataset)


def different(name: str, statements: list[Statement]) -> list[Any]:
    """Values of a property, each once, in the order of the datasets."""
    values: list[Any] = []
    for _, said in by_dataset(statements):
        if name in said and said[name] not in values:
            values.append(said[name])
    return values


@given(told())
def test_the_statements_come_back_as_they_went_in(case: tuple[Kind, list[Statement]]) -> None:
    kind, statements = case
    properties = merged(kind, statements)

    assert statements_of(kind, properties) == by_dataset(statements)
    assert merged(kind, statements_of(kind, properties)) == properties


@given(told(), st.data())
def test_it_does_not_matter_which_dataset_comes_first(
    case: tuple[Kind, list[Statement]], data: st.DataObject
) -> None:
    kind, statements = case
    order = data.draw(st.permutations(["atlas", "councils", "Ärzte"]))
    moved = sorted(statements, key=lambda statement: order.index(statement.dataset))

    assert merged(kind, moved) == merged(kind, statements)


@given(told(), st.data())
def test_taking_words_back_leaves_what_was_there_before(
    case: tuple[Kind, list[Statement]], data: st.DataObject
) -> None:
    kind, statements = case
    name = data.draw(DATASETS)
    more = [Statement(name, said) for said in data.draw(st.lists(SAID[kind], max_size=3))]
    before = [statement for statement in statements if statement.dataset != name]

    together = statements_of(kind, merged(kind, [*statements, *more]))
    left = [statement for statement in together if statement.dataset != name]

    assert left == by_dataset(before)
    if before:
        assert merged(kind, left) == merged(kind, before)


@given(told())
def test_nobody_s_words_are_lost(case: tuple[Kind, list[Statement]]) -> None:
    kind, statements = case
    properties = merged(kind, statements)
    several = len(statements) > 1
    cited = [f"{s.values['source']}#{s.values['locator']}" for s in by_dataset(statements)]

    assert properties["datasets"] == sorted({statement.dataset for statement in statements})
    assert [Statement(*json.loads(text)) for text in properties.get("statements", [])] == (
        by_dataset(statements) if several else []
    )
    assert properties.get("citations", cited[:1]) == list(dict.fromkeys(cited))


FIRST = {
    Council: ["name", "official_name", "population", "area_km2", "valid_from"],
    Service: ["kind", "website"],
    ParticipatesIn: ["status", "part_of_area"],
    Borders: ["km"],
}
"""Properties of which the first value holds, and another contradicts it."""


DATES = {Council: [], Service: ["start", "end"], ParticipatesIn: ["until"], Borders: []}
"""Dates, of which the most precise holds."""


@given(told(least=2))
def test_the_most_precise_date_holds_and_one_outside_it_contradicts_it(
    case: tuple[Kind, list[Statement]],
) -> None:
    kind, statements = case
    properties = merged(kind, statements)

    for name in DATES[kind]:
        found = different(name, statements)
        held = max(found, key=len, default=None)
        assert properties.get(name) == held
        agree = all(period(text).overlaps(period(held)) for text in found if held)
        assert agree or name in properties["conflicts"]


@given(told(least=2))
def test_the_first_value_holds_and_others_contradict_it(
    case: tuple[Kind, list[Statement]],
) -> None:
    kind, statements = case
    properties = merged(kind, statements)
    values = {name: different(name, statements) for name in FIRST[kind]}

    by_date = {*DATES[kind], *({"status"} if kind is Service else ())}
    conflicts = set(properties.get("conflicts", [])) - by_date
    assert sorted(conflicts) == sorted(name for name, found in values.items() if len(found) > 1)
    for name, found in values.items():
        held = properties.get(name)
        assert (held.isoformat() if isinstance(held, date) else held) == (found or [None])[0]


@given(told(least=2))
def test_circumstances_names_and_prose_contradict_nothing(
    case: tuple[Kind, list[Statement]],
) -> None:
    kind, statements = case
    properties = merged(kind, statements)

    for name in ("source", "locator", "members_complete"):
        assert properties.get(name) == (different(name, statements) or [None])[0]
    for name in ("governance", "note"):
        assert properties.get(name) == (" ".join(different(name, statements)) or None)


@given(told(least=2))
def test_lists_are_joined_and_other_names_become_aliases(
    case: tuple[Kind, list[Statement]],
) -> None:
    kind, statements = case
    properties = merged(kind, statements)
    said = [statement.values for statement in by_dataset(statements)]

    for name in ("former_gss_codes", "aliases"):
        everything = [item for values in said for item in values.get(name, [])]
        if name == "aliases" and kind is Service:
            everything += different("name", statements)[1:]
        if name in properties or everything:
            assert properties[name] == list(dict.fromkeys(everything))


@given(st.lists(st.builds(Statement, DATASETS, SAID[Service]), min_size=2, max_size=5))
def test_the_latest_status_holds(statements: list[Statement]) -> None:
    properties = merged(Service, statements)
    latest = max(statement.values.get("status_as_of", "") for statement in statements)
    said = [s for s in statements if s.values.get("status_as_of", "") == latest]

    assert properties.get("status_as_of", "") == latest
    assert properties["status"] == different("status", said)[0]
    assert ("status" in properties.get("conflicts", [])) is (len(different("status", said)) > 1)


@given(told())
def test_dates_are_real_ones_of_the_values_that_hold(case: tuple[Kind, list[Statement]]) -> None:
    kind, statements = case
    properties = merged(kind, statements)
    firsts = {"1975-05-16", "1996-04-01", "1999-01-01", "2005-06-01", "2005-06-30"}
    start = properties.get("start", properties.get("since"))
    end = properties.get("end", properties.get("until"))
    after = {"2009": date(2010, 1, 1), "2010-02": date(2010, 3, 1), "2016-02-29": date(2016, 3, 1)}

    if "valid_from" in properties:
        assert type(properties["valid_from"]) is date
        assert properties["valid_from"].isoformat() in firsts
        assert start is None or properties["valid_from"].isoformat().startswith(start)
    assert ("valid_from" in properties) is any("valid_from" in said for _, said in statements) | (
        start is not None
    )
    assert properties.get("valid_to") == (after[end] if end else None)


@pytest.mark.parametrize("first", ["atlas", "councils"])
def test_an_end_before_the_start_contradicts_it_and_gives_no_span(first: str) -> None:
    other = {"atlas": "councils", "councils": "atlas"}[first]
    said = {"id": "s", "name": "S", "kind": "plan", "status": "ended", "source": "r"}
    starts = Statement(first, said | {"locator": "§1", "start": "2015"})
    ends = Statement(other, said | {"locator": "§2", "end": "2012"})

    properties = merged(Service, [starts, ends])

    assert (properties["start"], properties["end"]) == ("2015", "2012")
    assert properties["conflicts"] == ["end"]
    assert not {"valid_from", "valid_to"} & properties.keys()
    assert statements_of(Service, properties) == by_dataset([starts, ends])
