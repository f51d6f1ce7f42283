"""``graphmodel candidates`` as it is typed, and what it prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graphmodel.cli import main
from graphmodel.reports.candidates import MOST_REASONS
from graphmodel.store import Store
from tests.conftest import on_each_server

Run = Callable[..., Result]
CONTINGENCIES = "Renfrewshire Civil Contingencies Service"
LIGHTING = (
    *("candidates", "--member", "Dundee", "--member", "Perth and Kinross"),
    *("--category", "Transport & Highways", "--ignore", "tayside-street-lighting-partnership"),
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run commands on an embedded store that holds both Scottish datasets."""
    environment = {"GRAPHMODEL_HOME": str(tmp_path_factory.mktemp("home")), "NEO4J_URI": ""}

    def runner(*words: str) -> Result:
        return CliRunner(env=environment).invoke(main, words, prog_name="graphmodel")

    assert runner("load", "scotland", "scotland-public").exit_code == 0
    return runner


def told(run: Run, *words: str) -> Any:
    result = run(*words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_real_expansions_are_named_first(run: Run) -> None:
    """West Dunbartonshire joined civil contingencies after 2009, Angus street lighting: both are
    hidden, and both are named first."""
    found = told(run, "candidates", CONTINGENCIES, "--without", "West Dunbartonshire")
    assert found["Could join"][0]["council"] == "West Dunbartonshire"
    left = {row["why"]: row["councils"] for row in found["Left out"]}
    assert left["takes part already"] == ["East Renfrewshire", "Inverclyde", "Renfrewshire"]
    assert told(run, *LIGHTING)["Could join"][0]["council"] == "Angus"


def test_a_set_is_asked_about_like_the_service_with_those_members(run: Run) -> None:
    """As if a service were not on record, its members have the same candidates as itself."""
    service = told(run, "candidates", CONTINGENCIES)["Could join"]
    members = ("Renfrewshire", "Inverclyde", "East Renfrewshire", "West Dunbartonshire")
    words = [word for member in members for word in ("--member", member)]
    words += ["--category", "Emergency Response", "--ignore", CONTINGENCIES]
    made_up = told(run, "candidates", *words)["Could join"]
    keys = ("rank", "council", "score", "chance", "reasons")
    assert [[row[key] for key in keys] for row in made_up] == [
        [row[key] for key in keys] for row in service
    ]


def test_every_reason_says_where_it_is_said(run: Run) -> None:
    found = told(run, "candidates", CONTINGENCIES, "--sources")
    rows = found["Where it is said"]
    assert {row["speaks"] for row in rows} == {"for", "against", "beside"}
    uncited = {row["what"] for row in rows if not row["said_in"]}
    assert all(text.startswith("alike in size") or " in 2 pieces " in text for text in uncited)
    documents = {one[0] for one in run_rows(run, "MATCH (d:Document) RETURN d.id AS id")}
    places = [place for row in rows for place in row["said_in"] or ()]
    assert {place.partition("#")[0] for place in places} <= documents
    moved = [row["moved"] for row in rows if row["council"] == "Glasgow City" and row["moved"]]
    assert moved == sorted(moved, reverse=True)


def run_rows(run: Run, text: str) -> list[list[Any]]:
    return [list(row.values()) for row in told(run, "cypher", text)]


def test_the_table_shows_few_reasons_and_none_where_none_are_asked_for(run: Run) -> None:
    found = told(run, "candidates", CONTINGENCIES)["Could join"]
    assert max(len(row["reasons"]) for row in found) == MOST_REASONS + 1
    bare = told(run, "candidates", CONTINGENCIES, "--no-reasons")["Could join"]
    assert [list(row) for row in bare] == [["rank", "council", "score", "chance"]] * len(found)
    lines = run("candidates", CONTINGENCIES).stdout.split("\nscore: ")[0].splitlines()
    assert max(map(len, lines)) <= 120


def test_one_candidate_in_full(run: Run) -> None:
    found = told(run, "candidates", "Ayrshire Roads Alliance", "--explain", "North Ayrshire")
    facts = {row["what"]: row["value"] for row in found[""]}
    assert facts["where it stands"] == "ranks 1 of 4"
    change = {row["what"]: (row["before"], row["after"]) for row in found["What would change"]}
    assert change["councils"] == (2, 3)
    apart = found["Services shared with members, each by itself"]
    assert [row["moved"] for row in apart] == sorted((row["moved"] for row in apart), reverse=True)
    assert all(row["said_in"] for row in apart)
    far = told(run, "candidates", "Ayrshire Roads Alliance", "--explain", "Shetland Islands")
    assert far[""][0]["value"].startswith("left out: touches no member by land or bridge; would ")
    own = told(run, "candidates", "Ayrshire Roads Alliance", "--explain", "East Ayrshire")
    assert own == [{"what": "where it stands", "value": "takes part already"}]


def test_sets_of_new_members(run: Run) -> None:
    result = run("candidates", "Ayrshire Roads Alliance", "--add", "2", "--format", "json")
    rows = json.loads(result.stdout)
    assert "All 15 sets of 2 were tried." in result.stderr
    assert {row["pieces_after"] for row in rows} == {1}
    assert [len(row["councils"]) for row in rows] == [2] * 15
    assert rows[0]["councils"] == ["Dumfries and Galloway", "North Ayrshire"]


def test_what_a_council_could_join_and_the_whole_picture(run: Run) -> None:
    own = told(run, "candidates", "--council", "North Ayrshire", "--limit", "5")
    assert "Ayrshire Roads Alliance" in [row["service"] for row in own]
    everything = told(run, "candidates", "--all", "--limit", "15")
    assert len(everything) == 15
    chances = [row["chance"] for row in everything]
    assert chances == sorted(chances, reverse=True)
    for row in everything[:1]:
        of_service = told(run, "candidates", row["service"], "--no-reasons")["Could join"]
        one = of_service[row["rank"] - 1]
        assert (one["council"], one["chance"]) == (row["council"], row["chance"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "Give just one of"),
        (["--all", "--council", "Angus"], "Give just one of"),
        (["Roads", "--all"], "Give just one of"),
        (["--all", "--add", "2"], "go with a SERVICE or --member"),
        (["--council", "Angus", "--without", "Fife"], "go with a SERVICE or --member"),
        (["Roads", "--category", "Waste"], "--category is for a new service"),
        (["Roads", "--add", "2", "--explain", "Fife"], "ask one at a time"),
        (["Roads", "--add", "7"], "--add"),
        (["Roads", "--reach", "sky"], "--reach"),
    ],
)
def test_questions_that_contradict_themselves(run: Run, words: list[str], message: str) -> None:
    result = run("candidates", *words)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--member", "Agnus"], "Did you mean Angus?"),
        (["--member", "Angus", "--category", "Rodes"], "'Rodes' is not known"),
        (["--member", "Angus", "--ignore", "nothing of the kind"], "is not known"),
        (["Ayrshire Roads Alliance", "--explain", "Agnus"], "Did you mean Angus?"),
        (["--council", "Agnus"], "Did you mean Angus?"),
        (
            ["Ayrshire Roads Alliance", "--without", "Angus"],
            "Angus does not take part in Ayrshire Roads Alliance anyway",
        ),
    ],
)
def test_names_that_are_not_known(run: Run, words: list[str], message: str) -> None:
    result = run("candidates", *words)
    assert result.exit_code == 1
    assert message in result.stderr


def test_a_day_before_the_service_has_no_candidates(run: Run) -> None:
    result = run("candidates", CONTINGENCIES, "--as-of", "2008", "--format", "json")
    assert json.loads(result.stdout)["Could join"] == []
    assert "No council is known to take part on 2008-01-01" in result.stderr


@on_each_server
def test_the_command_says_the_same_of_a_server(
    scotland: Store, neo4j_server: tuple[str, str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = str(tmp_path_factory.mktemp("home"))
    uri, username, password = neo4j_server
    server = {"NEO4J_URI": uri, "NEO4J_USERNAME": username, "NEO4J_PASSWORD": password}
    embedded = {"GRAPHMODEL_HOME": home, "NEO4J_URI": ""}

    def on(environment: dict[str, str], *words: str) -> Result:
        return CliRunner(env=environment).invoke(main, words, prog_name="graphmodel")

    assert on(embedded, "load").exit_code == 0
    for words in (
        ("candidates", CONTINGENCIES, "--sources"),
        ("candidates", "--member", "Dundee", "--member", "Angus", "--add", "2"),
        ("candidates", CONTINGENCIES, "--explain", "Glasgow"),
        ("candidates", "--all"),
    ):
        assert on(server, *words).stdout == on(embedded, *words).stdout
