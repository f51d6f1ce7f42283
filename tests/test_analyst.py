"""What analysts take home: the notebook runs, and Neo4j Browser gets what it understands."""

from __future__ import annotations

import io
import re
import runpy
import zipfile
from pathlib import Path

import pytest

import graphmodel
from docs.browser import saved_queries, style_sheet
from docs.generate import DOCS, SAVED_QUERIES
from graphmodel.model import EDGE_KINDS, NODE_KINDS
from graphmodel.model.element import declared_properties
from graphmodel.query_catalogue import AUDIENCES, load_catalogue
from graphmodel.query_catalogue.browser import browser_text
from graphmodel.reports.queries import bound
from graphmodel.store import Store


def test_the_notebook_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GRAPHMODEL_HOME", str(tmp_path))
    monkeypatch.setenv("NEO4J_URI", "")
    with graphmodel.open_store() as store:
        graphmodel.load(store, "scotland")
    found = runpy.run_path(str(DOCS / "analyst.py"))
    shown = capsys.readouterr().out
    assert "32 councils, 13 ties between them" in shown
    assert "['Angus', 'Dundee City', 'Perth and Kinross']" in shown
    assert len(found["services"]) == 103
    assert found["wide"].shape == (32, 27)


def test_the_style_sheet_has_a_rule_for_everything_that_the_model_declares() -> None:
    rules = re.findall(r"^(node|relationship)\.(\w+) \{$", style_sheet(), re.MULTILINE)
    assert rules == [
        *(("node", kind.label) for kind in NODE_KINDS),
        *(("relationship", kind.type) for kind in EDGE_KINDS),
    ]


def test_captions_are_properties_that_there_are() -> None:
    names = {kind.label: kind for kind in NODE_KINDS} | {kind.type: kind for kind in EDGE_KINDS}
    for name, body in re.findall(r"\.(\w+) \{(.*?)\n\}", style_sheet(), re.DOTALL):
        caption = re.search(r'  caption: "(?:\{(\w+)\}|<type>)"', body)
        assert caption, name
        known = {field.name for field in declared_properties(names[name])}
        assert caption[1] is None or caption[1] in known


def test_the_style_sheet_is_read_as_neo4j_browser_reads_it() -> None:
    """It knows no comments; quotes guard braces; each property has one colon and no other."""
    sheet = style_sheet()
    assert "/*" not in sheet
    rules = re.findall(r"([\w.]+) \{((?:\"[^\"]*\"|[^}\"])*)\}", sheet)
    assert len(rules) == 2 + len(NODE_KINDS) + len(EDGE_KINDS)
    known = re.compile(
        r"(?:(?:border-)?color|text-color-(?:in|ex)ternal): #[0-9a-f]{6}"
        r"|(?:diameter|border-width|font-size|padding|shaft-width): \d+px"
        r'|(?:defaultCaption|caption): "(?:\{\w+\}|<id>|<type>)"'
    )
    for selector, body in rules:
        properties = [one.strip() for one in body.split(";") if one.strip()]
        assert properties, selector
        assert [one for one in properties if not known.fullmatch(one)] == []


def as_browser_takes(content: str) -> list[str]:
    """Statements of a script: lines that begin as comments do are left out, ``;`` ends one."""
    lines = [line for line in content.splitlines() if not line.strip().startswith("//")]
    text = "\n".join(line for line in lines if line.strip())
    outside = r"(?:'(?:\\.|[^'\\])*'|[^;'])+"
    return [found.strip() for found in re.findall(outside, text) if found.strip()]


@pytest.mark.slow
def test_saved_queries_are_what_neo4j_browser_imports(scotland: Store) -> None:
    """Of a zip it takes what ends in .cypher: folders by its path, a name by its first line."""
    folders: dict[str, set[str]] = {}
    with zipfile.ZipFile(io.BytesIO(saved_queries())) as archive:
        for name in archive.namelist():
            folder, _, file = name.rpartition("/")
            assert file.endswith(".cypher")
            content = archive.read(name).decode()
            first = content.split("\n")[0]
            assert first.startswith("//")
            folders.setdefault(folder, set()).add(first.removeprefix("//").lstrip())
            query = load_catalogue()[file.removesuffix(".cypher")]
            *settings, statement = as_browser_takes(content)
            given = bound(scotland, query, {})
            assert [one.partition(" => ")[0] for one in settings] == [f":param {n}" for n in given]
            assert scotland.read(statement, given).rows == scotland.read(query.cypher, given).rows
    assert folders == {
        heading.replace(" ", "_"): {
            query.title for query in load_catalogue().values() if query.audience == audience
        }
        for audience, heading in AUDIENCES.items()
        if audience in {query.audience for query in load_catalogue().values()}
    }


def test_saved_queries_are_not_stale_and_say_what_the_command_prints(scotland: Store) -> None:
    assert SAVED_QUERIES.read_bytes() == saved_queries(), "stale: run make docs"
    with zipfile.ZipFile(io.BytesIO(saved_queries())) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    catalogue = load_catalogue()
    assert texts == {
        f"{AUDIENCES[query.audience].replace(' ', '_')}/{name}.cypher": (
            f"// {query.title}\n{browser_text(query, bound(scotland, query, {}))}"
        )
        for name, query in catalogue.items()
    }
