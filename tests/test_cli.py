"""The command line, as a user meets it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphmodel.cli import main

Run = Callable[..., Result]
REPORTS = [
    ("report", "clusters"),
    ("report", "clusters", "--details", "--runs", "10"),
    ("report", "clusters", "--scan", "--runs", "2"),
    ("report", "groupings", "--runs", "10"),
    ("report", "centrality"),
    ("report", "changes", "--from", "2009", "--to", "2020"),
    ("report", "statistics"),
    ("report", "statistics", "--by", "category", "--by", "reach"),
    ("report", "statistics", "--published"),
    ("report", "runs"),
    ("report", "conflicts"),
    ("show", "council", "Angus"),
    ("show", "service", "Ayrshire Roads Alliance"),
    ("find", "roads"),
    ("candidates", "Renfrewshire Civil Contingencies Service"),
    ("query",),
    ("query", "services-of-council"),
    ("cypher", "MATCH (c:Council) RETURN c.id, c.name ORDER BY c.id"),
    ("schema",),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run commands on an embedded store that holds the Scottish picture."""
    environment = {"GRAPHMODEL_HOME": str(tmp_path_factory.mktemp("home")), "NEO4J_URI": ""}

    def runner(*words: str, typed: str | None = None) -> Result:
        runner = CliRunner(env=environment)
        return runner.invoke(main, words, prog_name="graphmodel", input=typed)

    assert runner("load").exit_code == 0
    return runner


@pytest.mark.parametrize("words", REPORTS, ids=" ".join)
def test_every_report_comes_in_every_format(run: Run, words: tuple[str, ...]) -> None:
    results = {how: run(*words, "--format", how) for how in FORMATS}
    assert {how: result.exit_code for how, result in results.items()} == dict.fromkeys(FORMATS, 0)
    records = [json.loads(line) for line in results["jsonl"].stdout.splitlines()]
    rows = list(csv.DictReader(io.StringIO(results["csv"].stdout)))
    assert len(rows) == len(records) > 0
    assert {key for record in records for key in record} == set(rows[0])
    as_json = json.loads(results["json"].stdout)
    if isinstance(as_json, list):
        assert as_json == records
    else:
        assert [
            {"section": section} | record
            for section, table in as_json.items()
            if section != "title"
            for record in table
        ] == records
    assert results["table"].stdout == run(*words).stdout
    assert results["markdown"].stdout.startswith("# ")


FORMATS = ("table", "csv", "json", "jsonl", "markdown")


def test_clusters_are_those_that_the_documents_show(run: Run) -> None:
    """Each by hand: Tayside (000, 001), the Lothians (003), Ayrshire and the four of civil
    contingencies (004); all others share only what all 32 share."""
    found = json.loads(run("report", "clusters", "--format", "json").stdout)
    assert {tuple(sorted(cluster["members"])) for cluster in found} == {
        ("Angus", "Dundee City", "Perth and Kinross"),
        ("East Ayrshire", "North Ayrshire", "South Ayrshire"),
        ("East Lothian", "Midlothian"),
        ("East Renfrewshire", "Inverclyde", "Renfrewshire", "West Dunbartonshire"),
    }


def test_candidates_touch_a_member(run: Run) -> None:
    """By hand from links.csv: what borders Renfrewshire, Inverclyde, East Renfrewshire or West
    Dunbartonshire by land or bridge and is not one of them."""
    found = json.loads(run("candidates", "renfrewshire ccs", "--format", "json").stdout or "{}")
    assert found == {}
    found = json.loads(run("candidates", "Civil Contingencies Service", "--format", "json").stdout)
    assert {row["council"] for row in found["Could join"]} == {
        "Argyll and Bute",
        "East Ayrshire",
        "East Dunbartonshire",
        "Glasgow City",
        "North Ayrshire",
        "South Lanarkshire",
        "Stirling",
    }
    left_out = {row["why"]: row["councils"] for row in found["Left out"]}
    assert left_out["takes part already"] == [
        "East Renfrewshire",
        "Inverclyde",
        "Renfrewshire",
        "West Dunbartonshire",
    ]
    assert sum(map(len, left_out.values())) + len(found["Could join"]) == 32


def test_contradictions_stand_side_by_side(run: Run) -> None:
    """Inverclyde's priorities in 2.4 and 4.11 against 4.5; the national share in the text of
    the 2020 report against its table; and the report's sums: 56 + 23 + 9 + 14 + 12 + 24 + 39 =
    177 by theme, 176 by region and by service area, 373 in the text."""
    rows = json.loads(run("report", "conflicts", "--format", "json").stdout)
    found: dict[tuple[str, str], list[tuple[object, list[str]]]] = {}
    for row in rows:
        places = [place.partition("#")[2] for place in row["said_in"]]
        found.setdefault((row["about"], row["what"]), []).append((row["value"], places))
    both = ["Integrated Waste Management Approach", "Shared Roads Maintenance"]
    valley = " (Clyde Valley)"
    assert found == {
        ("returns by region, National", "value"): [
            (17.0, ["Appendix 1, Returns by region"]),
            (19.0, ["Section 2, Activity/Category"]),
        ],
        ("Inverclyde", "priorities of 2009-12-15"): [
            (
                [*(name + valley for name in both), "Single Social Transport Solution" + valley],
                ["§2.4", "§4.11"],
            ),
            (["Common Charging Framework" + valley, *(name + valley for name in both)], ["§4.5"]),
        ],
        ("Collaborative Working Research Report, activities", "totals"): [
            (
                "177, sum of the rows of Activity type; its percentages are of this",
                ["Section 2, Activity/Category"],
            ),
            (
                "176, sum of the rows of Returns by region; its percentages are of this",
                ["Appendix 1, Returns by region"],
            ),
            (
                "176, sum of the rows of Service category; its percentages are of this",
                ["Appendix 1, Returns by service/activity area"],
            ),
            (
                "373, activities reported in the spreadsheets",
                ["Section 2, Headline analysis"],
            ),
        ],
    }


def test_a_second_load_changes_nothing(run: Run) -> None:
    rows = json.loads(run("load", "--format", "json").stdout)
    total = rows[-1]
    assert (total["kind"], total["inserted"], total["updated"], total["removed"]) == (
        "in all",
        0,
        0,
        0,
    )
    assert total["unchanged"] > 2000


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["show", "council", "Agnus"], 1, "'Agnus' is not known. Did you mean Angus"),
        (["show", "service", "Ayrshire Road Aliance"], 1, "Did you mean Ayrshire Roads Alliance"),
        (["find", "--category", "Rodes"], 1, "is not known"),
        (["find", "--status", "alive"], 2, "is not one of"),
        (["report", "clusters", "--as-of", "2013-13"], 2, "there is no month 13"),
        (["report", "clusters", "--format", "xml"], 2, "is not one of"),
        (["report", "nothing"], 2, "No such command"),
        (["query", "services-of-concil"], 1, "Did you mean services-of-council"),
        (["query", "services-of-council", "--param", "council"], 2, "expected NAME=VALUE"),
        (["cypher", "MATCH (c:Council RETURN c"], 1, "not understood, line 1, column 18:"),
        (["cypher", "CREATE (:Council {id: 'X'})"], 1, "CREATE is not allowed here"),
        (["load", "no-such-folder"], 1, "neither a file or folder nor a dataset"),
        (["doctor", "--uri", "bolt://127.0.0.1:1"], 3, "Nothing answers at bolt://127.0.0.1:1"),
        (["doctor", "--uri", "neo4j://127.0.0.1:1"], 3, "Nothing answers"),
        (["schema", "--output", "/no/such/folder/schema.csv"], 1, "cannot be written"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_mistakes_end_in_one_message(run: Run, words: list[str], code: int, message: str) -> None:
    result = run(*words)
    assert result.exit_code == code
    assert message in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.output


def test_as_of_gives_the_picture_of_that_day(run: Run) -> None:
    """The Ayrshire Roads Alliance began in 2014, its neighbour support team in June 2013."""

    def clusters(day: str) -> set[tuple[str, ...]]:
        rows = json.loads(run("report", "clusters", "--as-of", day, "--format", "json").stdout)
        return {tuple(sorted(row["bound_most_by"])) for row in rows}

    assert any("Ayrshire Roads Alliance" in bound for bound in clusters("2015"))
    assert not any("Ayrshire Roads Alliance" in bound for bound in clusters("2013-12-31"))


def test_limit_and_output(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "ranks.csv"
    result = run("report", "centrality", "--limit", "3", "--format", "csv", "--output", str(target))
    assert result.stdout == ""
    assert "The first 3 of 32 rows" in result.stderr
    assert len(target.read_text().splitlines()) == 4


def test_spreadsheets_do_not_calculate_what_we_write(run: Run) -> None:
    result = run("cypher", "RETURN '=1+1' AS a, '-5' AS b, -5 AS c", "--format", "csv")
    assert result.stdout == "a,b,c\n'=1+1,'-5,-5\n"


def test_cypher_takes_parameters_and_standard_input(run: Run) -> None:
    result = run(
        "cypher",
        "-",
        "--param",
        'ids=["GB-LAS-ANS"]',
        "--format",
        "jsonl",
        typed="MATCH (c:Council) WHERE c.id IN $ids RETURN c.name AS name",
    )
    assert result.stdout == '{"name": "Angus"}\n'


def test_doctor_is_content(run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert "BAD" not in result.stdout
    assert "32 councils" in result.stdout


@pytest.mark.parametrize("command", ["load", "show", "find", "candidates", "query", "cypher"])
def test_help_shows_an_example(run: Run, command: str) -> None:
    words = [command, "council"] if command == "show" else [command]
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert f"graphmodel {command}" in result.stdout.split("Example")[1]


def test_help_loads_nothing_heavy() -> None:
    """What takes long to import must wait until a command runs."""
    code = (
        "import sys\n"
        "from graphmodel.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'neo4j', 'pydantic', 'networkx', 'arcadedb', 'tabulate', 'rapidfuzz'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert found.stdout.splitlines()[-1] == "[]"
