"""The catalogue in Neo4j's own shell: ``graphmodel query NAME --browser | cypher-shell``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from click.testing import CliRunner

from graphmodel.cli import main
from graphmodel.query_catalogue import load_catalogue, parse_query
from graphmodel.query_catalogue.browser import browser_text
from graphmodel.reports.queries import query_report
from graphmodel.store import Store
from graphmodel.store.lookup import name_index
from tests.conftest import IN_CI, on_each_server
from tests.neo4j_servers import ask_by_shell, prepare_shell, shell_missing

Server = tuple[str, str, str]
AWKWARD = ["it's", 'say "so"', "back\\slash", "two\nlines", "// no; comment", "$day :param x => 1;"]


@pytest.fixture(scope="module", autouse=True)
def shell() -> None:
    """Skip where there is no shell; in CI fetch it, and fail if that cannot be."""
    if IN_CI:
        prepare_shell()
    elif lacking := shell_missing():
        pytest.skip(f"cypher-shell is not at hand ({lacking}): make neo4j fetches it")


def as_shell_prints(value: Any) -> str:
    """A value as cypher-shell prints it for other programs: it leaves backslashes alone."""
    match value:
        case None | bool():
            return {None: "NULL", True: "TRUE", False: "FALSE"}[value]
        case str():
            return '"' + value.replace('"', '\\"') + '"'
        case list():
            return f"[{', '.join(map(as_shell_prints, value))}]"
        case _:
            return str(value)


def printed(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    lines = [", ".join(columns), *(", ".join(map(as_shell_prints, row)) for row in rows)]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.slow
@on_each_server
def test_the_shell_answers_every_question_as_the_command_does(
    scotland: Store, neo4j_server: Server
) -> None:
    """Parameters are forgotten after each, so that none is left over for a later one."""
    settings = ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD")
    runner = CliRunner(env=dict(zip(settings, neo4j_server, strict=True)))
    texts, expected = [], {}
    asked: list[tuple[str, dict[str, str]]] = [(name, {}) for name in load_catalogue()]
    asked.append(("services-of-council", {"council": "Fife Council", "day": "2014"}))
    for name, given in asked:
        options = [word for key in given for word in ("--param", f"{key}={given[key]}")]
        text = runner.invoke(main, ["query", name, "--browser", *options])
        assert (text.exit_code, text.stderr) == (0, "")
        marked = " ".join([name, *given.values()])
        texts.append(f":param clear;\nRETURN '{marked}' AS `next question`;\n{text.stdout}")
        answer = query_report(scotland, name, given).tables[0]
        assert answer.rows
        expected[marked] = printed(answer.columns, answer.rows)
    said = ask_by_shell(*neo4j_server, "".join(texts))
    answers = (part[1:].split('"\n', 1) for part in said.split("next question\n")[1:])
    assert dict(answers) == expected


@on_each_server
def test_the_shell_takes_text_of_every_kind(scotland: Store, neo4j_server: Server) -> None:
    """Quotes, lines, and what looks like a comment or the shell's own words."""
    lines = ["// param text: text | T", "// column council: C", "// column day: D"]
    lines += ["// param council: council = Fife | C", "// param day: date = 2014-06 | D"]
    lines += ["// title: T", "// question: Q", "// column said: S"]
    returned = "RETURN $council AS council, $day AS day, $text AS said;"
    query = parse_query("mine", "\n".join([*lines, returned]))
    texts, expected = [], []
    for text in AWKWARD:
        values = query.bind({"text": text}, lambda *labels: name_index(scotland, *labels))
        texts.append(browser_text(query, values))
        expected.append(printed(["council", "day", "said"], [["GB-LAS-FIF", values["day"], text]]))
    assert ask_by_shell(*neo4j_server, "".join(texts)) == "".join(expected)
