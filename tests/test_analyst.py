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
