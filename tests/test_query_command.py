"""``graphmodel query``: lists the questions, and asks them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graphmodel.cli import main
from graphmodel.query_catalogue import load_catalogue
from loaders.datasets import locate
from tests.test_query_catalogue import QUERIES

Ask = Callable[..., Result]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The command line on an embedded store of its own, with the Scottish picture."""
    home = str(tmp_path_factory.mktemp("home"))
    runner = CliRunner(env={"GRAPHMODEL_HOME": home, "NEO4J_URI": None})

    def run(*arguments: str) -> Result:
        return runner.invoke(main, arguments)

    loaded = run("load")
    assert loaded.exit_code == 0, loaded.output
    return run


def rows_of(table: str) -> list[dict[str, str]]:
    path = locate("scotland") / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def adopted_from_ayrshire() -> list[dict[str, Any]]:
    """Who follows the model of the Ayrshire Roads Alliance, from the tables themselves."""
    services = {row["id"]: row for row in reversed(rows_of("services"))}
    councils = {row["id"]: row["name"] for row in rows_of("councils")}
    found = [
        {
            "service": services[row["service"]]["name"],
            "status": services[row["service"]]["status"],
            "councils": sorted(
                {
                    councils[other["participant"]]
                    for other in rows_of("participations")
                    if other["service"] == row["service"] and other["participant"] in councils
                }
            ),
            "model": "Ayrshire Roads Alliance",
            "since": None,
            "note": None,
            "citations": [f"{row['source']}#{row['locator']}"],
        }
        for row in rows_of("adoptions")
        if row["model"] == "ayrshire-roads-alliance"
    ]
    return sorted(found, key=lambda row: row["service"])


def test_the_command_lists_all_questions(ask: Ask) -> None:
    listed = ask("query", "--format", "json")
    assert (listed.exit_code, listed.stderr) == (
        0,
        "Ask one with: graphmodel query NAME --param NAME=VALUE\n"
        "What one takes and gives: graphmodel query NAME --describe\n",
    )
    assert json.loads(listed.stdout) == [
        {
            "name": query.name,
            "question": query.question,
            "parameters": [f"{one.name}={one.default or '…'}" for one in query.parameters],
        }
        for query in load_catalogue().values()
    ]
    as_page = ask("query").stdout
    assert [name for name in QUERIES if not re.search(rf"^{name} ", as_page, re.M)] == []


def test_the_command_answers_in_json(ask: Ask) -> None:
    found = ask("query", "models-adopted", "-p", "model=ayrshire roads alliance", "--format=json")
    assert (found.exit_code, found.stderr) == (0, "")
    assert json.loads(found.stdout) == adopted_from_ayrshire() != []


def test_the_command_answers_in_csv(ask: Ask) -> None:
    found = ask(
        "query", "models-adopted", "--param", "model=ayrshire-roads-alliance", "--format", "csv"
    )
    assert (found.exit_code, found.stderr) == (0, "")
    expected = [
        {
            name: "|".join(value) if isinstance(value, list) else value or ""
            for name, value in row.items()
        }
        for row in adopted_from_ayrshire()
    ]
    assert list(csv.DictReader(io.StringIO(found.stdout))) == expected != []


def test_as_of_is_the_parameter_day(ask: Ask) -> None:
    as_of = ask("query", "services-on-day", "--as-of", "2003", "--format", "json")
    by_day = ask("query", "services-on-day", "--param", "day=2003-01-01", "--format", "json")
    default = ask("query", "services-on-day", "--format", "json")
    assert json.loads(as_of.stdout) == json.loads(by_day.stdout) != json.loads(default.stdout)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("no-such-question",), 1, "Error: There is no question 'no-such-question'. Did you mean "),
        (
            ("services-of-council", "-p", "council=Agnus"),
            1,
            "Error: 'Agnus' is not known. Did you mean Angus",
        ),
        (
            ("services-of-council", "-p", "counsil=Angus"),
            1,
            "Error: services-of-council has no parameter counsil. It takes: council, status, day.",
        ),
        (
            ("savings-by-basis", "--as-of", "2014"),
            1,
            "Error: savings-by-basis does not ask about a day, so --as-of means nothing here.",
        ),
        (("services-of-council", "-p", "Angus"), 2, "Usage: "),
    ],
)
def test_the_command_says_what_is_wrong(
    ask: Ask, arguments: tuple[str, ...], code: int, message: str
) -> None:
    found = ask("query", *arguments)
    assert (found.exit_code, found.stdout) == (code, "")
    assert found.stderr.startswith(message)
