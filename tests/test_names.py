"""Names: whatever people write around one, and never the name of another."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graphmodel.errors import AmbiguousNameError, NotFoundError
from graphmodel.names import Named, NameIndex, normalised
from graphmodel.store import Store
from graphmodel.store.lookup import name_index
from loaders.datasets import locate


@cache
def councils() -> list[dict[str, str]]:
    with (locate("scotland") / "councils.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names_of(row: dict[str, str]) -> list[str]:
    """Everything under which a council is to be found."""
    columns = ("id", "name", "official_name", "gss_code", "former_gss_codes", "aliases")
    return [name for column in columns for name in row[column].split("|") if name]


ALL_NAMES = [(name, row["id"]) for row in councils() for name in names_of(row)]


@cache
def index() -> NameIndex:
    """The councils as the table has them."""
    return NameIndex(
        Named("Council", row["id"], row["name"], tuple(names_of(row))) for row in councils()
    )


def test_every_council_is_found_by_every_name_that_it_has(scotland: Store) -> None:
    found = name_index(scotland, "Council")

    assert len(councils()) == 32
    assert len(ALL_NAMES) > 32 * 4
    assert {name: found.resolve(name).id for name, _ in ALL_NAMES} == dict(ALL_NAMES)
    everything = name_index(scotland)
    assert {name: everything.resolve(name, ["Council"]).id for name, _ in ALL_NAMES} == dict(
        ALL_NAMES
    )


@st.composite
def ways_to_write(draw: st.DrawFn, name: str) -> str:
    """The name with other case, accents, signs and words that do not count."""
    if " and " in name and draw(st.booleans()):
        name = name.replace(" and ", draw(st.sampled_from([" & ", "&", " AND "])))
    written = ""
    for char in name:
        other = char.swapcase() if draw(st.booleans()) else char
        marks = draw(st.sampled_from(["", "", "", "\N{COMBINING ACUTE ACCENT}"]))
        written += other + (marks if char.isalpha() else "")
    if draw(st.booleans()):
        written = unicodedata.normalize("NFC", written)
    written = written.replace(" ", draw(st.sampled_from([" ", "  ", "-", ", ", "_", "\t"])))
    before = draw(st.sampled_from(["", "the ", "City of ", "The City Of ", " ", "("]))
    after = draw(st.sampled_from(["", " Council", " COUNCIL", ", council", ".", " ", ")"]))
    return before + written + after


@given(st.sampled_from(ALL_NAMES), st.data())
def test_how_a_name_is_written_does_not_matter(named: tuple[str, str], data: st.DataObject) -> None:
    name, identifier = named

    assert index().resolve(data.draw(ways_to_write(name))).id == identifier


@st.composite
def slips(draw: st.DrawFn, name: str) -> str:
    """The name with one letter lost, doubled, changed, or swapped with the next."""
    place = draw(st.integers(0, len(name) - 1))
    before, char, after = name[:place], name[place], name[place + 1 :]
    other = draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    return draw(
        st.sampled_from(
            [before + after, before + char + char + after, before + other + after]
            + ([before + after[0] + char + after[1:]] if after else [])
        )
    )


KNOWN = {normalised(name) for name, _ in ALL_NAMES}


@given(st.sampled_from(ALL_NAMES), st.data())
def test_a_near_miss_is_never_taken(named: tuple[str, str], data: st.DataObject) -> None:
    text = data.draw(slips(named[0]))
    assume(normalised(text) not in KNOWN)

    with pytest.raises(NotFoundError) as missing:
        index().resolve(text)

    assert str(missing.value).startswith(f"{text!r} is not known.")


@given(st.sampled_from(councils()), st.data())
def test_a_near_miss_is_proposed_the_name(row: dict[str, str], data: st.DataObject) -> None:
    text = data.draw(slips(row["name"]))
    assume(normalised(text) not in KNOWN)

    near = index().nearest(text)

    assert row["name"] in near
    assert len(near) <= 3
    with pytest.raises(NotFoundError, match=f"Did you mean .*{row['name']}"):
        index().resolve(text)


@given(st.text(max_size=30))
def test_a_text_is_taken_only_for_what_it_says(text: str) -> None:
    try:
        found = index().resolve(text)
    except NotFoundError:
        assert normalised(text) not in KNOWN
    else:
        [row] = [row for row in councils() if row["id"] == found.id]
        assert normalised(text) in {normalised(name) for name in names_of(row)}


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Zs", "Po", "Pd"]), max_size=30))
def test_names_keep_what_counts(text: str) -> None:
    short = normalised(text)

    assert bool(short) or not any(char.isalnum() for char in text)
    assert short == " ".join(short.split())
    assert normalised(f" {text}. ") == short


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("City of Edinburgh Council", "EDINBURGH"),
        ("Perth & Kinross", "perth and kinross council"),
        ("Comhairle nan Eilean Siar", "COMHAIRLE NAN EILEAN SIÀR"),
        ("Na h-Eileanan Siar", "Na h Eileanan Siar"),
        ("Children's Services", "Children\N{RIGHT SINGLE QUOTATION MARK}s services"),
        ("Children's Services", "childrens services"),
        ("The Highland Council", "Highland"),
        ("Straße", "STRASSE"),
        ("Argyll\N{NO-BREAK SPACE}and Bute", "Argyll &amp Bute".replace("&amp", "&")),
    ],
)
def test_the_same_name(first: str, second: str) -> None:
    assert normalised(first) == normalised(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Renfrewshire", "East Renfrewshire"),
        ("East Lothian", "West Lothian"),
        ("Glasgow City", "Glasgow"),
        ("Council Tax", "Counciltax"),
        ("Andover", "&over"),
        ("Thetford", "tford"),
    ],
)
def test_different_names(first: str, second: str) -> None:
    assert normalised(first) != normalised(second)


@pytest.mark.parametrize("name", ["The Council", "council", "City of", "The"])
def test_a_name_of_nothing_but_fillers_is_still_a_name(name: str) -> None:
    found = NameIndex([Named("Service", "x", name)]).resolve(name.upper())

    assert found.id == "x"


@pytest.mark.parametrize("text", ["", " ", "!?", "_"])
def test_what_has_no_letters_is_not_known(text: str) -> None:
    entries = [Named("Service", "x", "!!"), Named("Service", "y", "Archives")]

    with pytest.raises(NotFoundError, match=r"is not known\.$"):
        NameIndex(entries).resolve(text)


PAIR = [
    Named("Council", "EX-ARD", "Ardshire", ("Ard",)),
    Named("Partner", "ard", "Ardshire Trust", ("Ardshire",)),
]


def test_a_name_of_several_is_refused_and_lists_them() -> None:
    with pytest.raises(AmbiguousNameError) as refusal:
        NameIndex(PAIR).resolve("ARDSHIRE")

    assert str(refusal.value) == (
        "'ARDSHIRE' may be any of: Ardshire (EX-ARD), Ardshire Trust (ard). Give the id."
    )


def test_the_kind_that_is_asked_for_decides() -> None:
    assert NameIndex(PAIR).resolve("Ardshire", ["Council"]).id == "EX-ARD"
    assert NameIndex(PAIR).resolve("Ardshire", ["Partner", "Service"]).id == "ard"
    with pytest.raises(NotFoundError):
        NameIndex(PAIR).resolve("Ardshire", ["Service"])


def test_an_id_comes_before_the_name_of_another() -> None:
    assert NameIndex(PAIR).resolve("ard").id == "ard"
    with pytest.raises(AmbiguousNameError):
        NameIndex(PAIR).resolve("ARD")


@given(st.permutations([*PAIR, *PAIR, Named("Council", "EX-ARD", "Ardshire", ("X01",))]))
def test_what_is_given_twice_is_found_once(entries: list[Named]) -> None:
    found = NameIndex(entries)

    assert {name: found.resolve(name, ["Council"]).id for name in ("ard", "X01", "Ardshire")} == {
        "ard": "EX-ARD",
        "X01": "EX-ARD",
        "Ardshire": "EX-ARD",
    }


@pytest.mark.parametrize("text", ["archives", "Old Archives", "New Archives", "Store"])
def test_one_thing_may_have_been_given_by_several_names(text: str) -> None:
    entries = [
        Named("Service", "archives", "Old Archives", ("Store",)),
        Named("Service", "archives", "New Archives", ("Store",)),
    ]

    assert NameIndex(entries).resolve(text).id == "archives"


def test_of_short_lists_an_unknown_name_is_told_all() -> None:
    areas = NameIndex([Named("Category", "legal", "Legal"), Named("Category", "hr", "HR")])
    with pytest.raises(NotFoundError) as error:
        areas.resolve("Roads")
    assert str(error.value) == "'Roads' is not known. Expected one of: HR; Legal."


def test_of_short_lists_those_that_have_the_word_are_proposed() -> None:
    names = ("Environmental Protection, Waste, and Regulatory Services", "Legal", "Library")
    areas = NameIndex([Named("Category", name.casefold(), name) for name in names])
    with pytest.raises(NotFoundError) as error:
        areas.resolve("waste")
    assert str(error.value) == f"'waste' is not known. Did you mean {names[0]}?"


UNKNOWN = ("Angsu", "Perth", "South", "Nowhere at all", "\udcff", "GB-LAS-XYZ", "")


def test_names_on_disk_are_found_as_those_in_memory_are(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [Named("Council", row["id"], row["name"], tuple(names_of(row))) for row in councils()]
    entries += [Named("Partner", f"p-{row['id']}", row["name"]) for row in councils()[::2]]
    in_memory = NameIndex(entries)
    monkeypatch.setattr("graphmodel.names.HELD_NAMED", 5)
    on_disk = NameIndex(entries)

    names = [name for name, _ in ALL_NAMES] + [entry.id for entry in entries]
    for text in (*names, *UNKNOWN):
        for labels in (None, ["Council"], ["Partner"], ["Service"], ["Partner", "Service"]):
            assert _answer(on_disk, text, labels) == _answer(in_memory, text, labels)


def _answer(index: NameIndex, text: str, labels: list[str] | None) -> Named | str:
    try:
        return index.resolve(text, labels)
    except (NotFoundError, AmbiguousNameError) as error:
        return str(error)
