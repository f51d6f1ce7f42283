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


@pytest.mark.slow
def test_real_expansions_are_named_first(run: Run) -> None:
    """West Dunbartonshire joined civil contingencies after 2009, Angus street lighting: both are
    hidden, and both are named first."""
    found = told(run, "candidates", CONTINGENCIES, "--without", "West Dunbartonshire")
    assert found["Could join"][0]["council"] == "West Dunbartonshire"
    left = {row["why"]: row["councils"] for row in found["Left out"]}
    assert left["takes part already"] == ["East Renfrewshire", "Inverclyde", "Renfrewshire"]
    assert told(run, *LIGHTING)["Could join"][0]["council"] == "Angus"


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_table_shows_few_reasons_and_none_where_none_are_asked_for(run: Run) -> None:
    found = told(run, "candidates", CONTINGENCIES)["Could join"]
    assert max(len(row["reasons"]) for row in found) == MOST_REASONS + 1
    bare = told(run, "candidates", CONTINGENCIES, "--no-reasons")["Could join"]
    assert [list(row) for row in bare] == [["rank", "council", "score", "chance"]] * len(found)
    lines = run("candidates", CONTINGENCIES).stdout.split("\nWhat the record")[0].splitlines()
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
    place = int(far[""][0]["value"].partition("would rank ")[2].split()[0])
    assert 1 <= place <= 5
    assert far[""][0]["value"] == (
        f"left out: touches no member by land or bridge; would rank {place} beside the 4 who "
        "could join"
    )
    own = told(run, "candidates", "Ayrshire Roads Alliance", "--explain", "East Ayrshire")
    assert own == [{"what": "where it stands", "value": "takes part already"}]


def test_sets_of_new_members(run: Run) -> None:
    result = run("candidates", "Ayrshire Roads Alliance", "--add", "2", "--format", "json")
    rows = json.loads(result.stdout)["Could join together"]
    assert "All 15 sets of 2 were tried." in result.stderr
    assert {row["pieces_after"] for row in rows} == {1}
    assert [len(row["councils"]) for row in rows] == [2] * 15
    assert rows[0]["councils"] == ["Dumfries and Galloway", "North Ayrshire"]


@pytest.mark.slow
def test_each_new_member_of_a_set_has_its_strongest_reason(run: Run) -> None:
    """The same as where it is asked about alone; who touches no member touches who is new."""
    alliance = ("candidates", "Ayrshire Roads Alliance")
    found = told(run, *alliance, "--add", "2")
    sets, why = found["Could join together"], found["Why"]
    assert [[row["council"], *row["together_with"]] for row in why[::2]] == [
        row["councils"] for row in sets
    ]
    alone = {row["council"]: row["reasons"][0] for row in told(run, *alliance)["Could join"]}
    said = {row["council"]: f"{row['strongest_reason']} ({row['moved']:+.2f})" for row in why}
    assert {council: said[council] for council in alone} == alone
    touching = {(row["council"], *row["touches"]) for row in why}
    assert ("North Ayrshire", "East Ayrshire", "South Ayrshire") in touching
    assert ("Inverclyde", "North Ayrshire (new)") in touching
    assert told(run, *alliance, "--add", "2", "--no-reasons") == sets


@pytest.mark.slow
def test_reasons_of_sets_in_every_format(run: Run) -> None:
    words = ("candidates", "Ayrshire Roads Alliance", "--add", "2", "--limit", "1", "--format")
    for form in ("table", "markdown", "csv", "json", "jsonl"):
        text = run(*words, form).stdout
        assert "0.662" in text, form
        assert "Archives" in text, form


def test_sources_of_sets(run: Run) -> None:
    words = ("candidates", "Ayrshire Roads Alliance", "--add", "2", "--limit", "1", "--sources")
    found = told(run, *words)
    said = found["Where it is said"]
    assert {row["council"] for row in said} == set(found["Could join together"][0]["councils"])
    alone = told(run, "candidates", "Ayrshire Roads Alliance", "--sources")["Where it is said"]
    assert [row for row in alone if row["council"] == "North Ayrshire"] == [
        row for row in said if row["council"] == "North Ayrshire"
    ]


def test_a_set_is_worth_what_each_owes_the_members(run: Run) -> None:
    """The two Aberdeens share much with each other, and next to nothing with Ayrshire."""
    words = ("Ayrshire Roads Alliance", "--add", "3", "--reach", "any", "--no-reasons")
    rows = told(run, "candidates", *words)
    assert "North Ayrshire" in rows[0]["councils"]
    assert not any({"Aberdeen City", "Aberdeenshire"} <= set(row["councils"]) for row in rows)
    sizes = ("people_before", "people_after", "km2_before", "km2_after")
    assert all(all(row[size] for size in sizes) for row in rows)
    assert {row["people_before"] for row in rows} == {233_740}


def test_why_there_is_no_set(run: Run) -> None:
    for words, why in (
        (["--member", "Shetland Islands", "--add", "2"], "nobody who could join touches a member"),
        ([CONTINGENCIES, "--as-of", "2008", "--add", "2"], "no member is known"),
    ):
        result = run("candidates", *words, "--format", "json")
        assert json.loads(result.stdout) == []
        assert f"There is no set of 2: {why}" in result.stderr


@pytest.mark.slow
def test_boards_set_up_by_law(run: Run) -> None:
    """Nobody is told to join one unasked; who asks is told what it is."""
    rows = run_rows(run, "MATCH (s:Service {delivery_mechanism: 'statutory board'}) RETURN s.name")
    boards = {name for [name] in rows}
    assert "Tay Road Bridge Joint Board" in boards
    for words in (["--all"], ["--council", "Perth and Kinross"]):
        result = run("candidates", *words, "--no-reasons", "--limit", "10000", "--format", "json")
        found = {row["service"] for row in json.loads(result.stdout)}
        assert found
        assert not found & boards
        assert "are statutory boards, set up by law for an area" in result.stderr
    rows = told(run, "candidates", "Tay Road Bridge Joint Board")["Could join"]
    assert {row["objections"][0] for row in rows} == {"set up by law for its area"}
    sourced = told(run, "candidates", "Tay Road Bridge Joint Board", "--sources")
    cited = [row for row in sourced["Where it is said"] if row["what"].startswith("set up by law")]
    assert len(cited) == len(rows)
    assert all(row["said_in"] for row in cited)


def test_a_plan_of_others_is_no_objection(run: Run) -> None:
    found = told(run, "candidates", "Tay Local Plan District (flood risk)", "--sources")
    against = [row["what"] for row in found["Where it is said"] if row["speaks"] == "against"]
    plans = [what for what in against if what.startswith("was in a plan given up")]
    assert plans
    assert not any("analyst" in what for what in plans)


@pytest.mark.parametrize(
    "words",
    [
        ["Ayrshire Roads Alliance"],
        ["Ayrshire Roads Alliance", "--add", "2"],
        ["Ayrshire Roads Alliance", "--explain", "North Ayrshire"],
        ["--member", "Angus"],
        ["--all", "--no-reasons"],
        ["--council", "Angus", "--no-reasons"],
    ],
)
def test_days_off_the_record(run: Run, words: list[str]) -> None:
    early = run("candidates", *words, "--as-of", "1990").stdout
    assert "Mind that 1990-01-01 lies before 1996-01-01" in early
    assert "have no known start and count for every day before" in early


def test_a_day_to_come_and_one_on_record(run: Run) -> None:
    words = ("candidates", "--member", "Angus", "--no-reasons", "--as-of")
    assert "Mind that 2300-01-01 is still to come" in run(*words, "2300").stdout
    assert "Mind that" not in run(*words, "2015-06").stdout


def test_a_limit_counts_candidates(run: Run) -> None:
    """Where it is said is told of just those shown, and of all that is said of them."""
    alliance = "Ayrshire Roads Alliance"
    whole = told(run, "candidates", alliance, "--sources")
    cut = told(run, "candidates", alliance, "--sources", "--limit", "2")
    assert cut["Could join"] == whole["Could join"][:2]
    shown = {row["council"] for row in cut["Could join"]}
    said = [row for row in whole["Where it is said"] if row["council"] in shown]
    assert cut["Where it is said"] == said
    assert cut["Left out"] == whole["Left out"]


@pytest.mark.slow
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
        (["Roads", "--no-reasons", "--sources"], "--no-reasons and --sources contradict"),
        (["Roads", "--add", "2", "--no-reasons", "--sources"], "sources are those of the reasons"),
        (["Roads", "--explain", "Fife", "--sources"], "--sources does nothing with --explain"),
        (["Roads", "--explain", "Fife", "--no-reasons"], "does not go with --explain"),
        (["--council", "Fife", "--sources"], "--sources goes with a SERVICE or --member"),
        (["--all", "--sources"], "--sources goes with a SERVICE or --member"),
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
        (
            ["Ayrshire Roads Alliance", "--member", "East Ayrshire"],
            "East Ayrshire takes part in Ayrshire Roads Alliance already",
        ),
        (
            ["Ayrshire Roads Alliance", "--member", "Angus", "--without", "Angus"],
            "Angus is given with both --member and --without",
        ),
        (
            ["--member", "Angus", "--member", "Fife", "--without", "Fife"],
            "Fife is given with both --member and --without",
        ),
    ],
)
def test_names_that_are_not_known(run: Run, words: list[str], message: str) -> None:
    result = run("candidates", *words)
    assert result.exit_code == 1
    assert message in result.stderr


@pytest.mark.slow
def test_a_day_before_the_service_has_no_candidates(run: Run) -> None:
    for reach in ("land", "any"):
        words = ("candidates", CONTINGENCIES, "--as-of", "2008", "--reach", reach)
        result = run(*words, "--format", "json")
        found = json.loads(result.stdout)
        assert found["Could join"] == []
        [left] = found["Left out"]
        assert (left["why"].partition(",")[0], len(left["councils"])) == ("no member is known", 32)
        assert "No council is known to take part on 2008-01-01" in result.stderr
        assert "touches" not in result.output
        [stands] = told(run, *words, "--explain", "Glasgow")
        assert stands["value"] == left["why"]
    assert "(none)" in run("candidates", CONTINGENCIES, "--as-of", "2008").stdout


@pytest.mark.slow
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
