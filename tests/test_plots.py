"""Pictures say in words and numbers what their colours say, and are the same every time."""

from __future__ import annotations

import re
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from graphmodel.analytics.geography import contiguity
from graphmodel.cli import main
from graphmodel.errors import GraphmodelError
from graphmodel.plots.figure import look
from graphmodel.plots.heat_map import draw_heat_map
from graphmodel.plots.network import draw_network
from graphmodel.plots.tile_map import draw_tile_map, strongest_ties, tile_places
from graphmodel.store import Store


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = {"GRAPHMODEL_HOME": str(tmp_path_factory.mktemp("plots")), "NEO4J_URI": ""}
    assert CliRunner(env=home).invoke(main, ["load", "scotland"]).exit_code == 0
    return home


def draw(home: dict[str, str], *words: str, report: str = "clusters") -> Result:
    return CliRunner(env=home).invoke(main, ["report", report, *words])


def texts(path: Path) -> set[str]:
    return set(re.findall(r"<text[^>]*>([^<]*)</text>", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("kind", ["network", "tiles"])
def test_a_picture_names_its_councils_and_numbers_its_clusters(
    home: dict[str, str], tmp_path: Path, kind: str
) -> None:
    """The five documents bind Angus, Dundee and Perth; Fife has no tie of its own in them."""
    file, again = tmp_path / "clusters.svg", tmp_path / "again.svg"
    done = draw(home, "--plot", str(file), "--plot-as", kind)
    assert (done.exit_code, done.stderr) == (0, f"Drawn: {file}\n")
    written = texts(file)
    assert {"Clusters of councils by shared services", "Angus", "1", "2", "3", "4"} <= written
    assert ("Fife" in written) == (kind == "tiles")
    draw(home, "--plot", str(again), "--plot-as", kind)
    assert again.read_bytes() == file.read_bytes()


def test_the_tables_come_with_the_picture(home: dict[str, str], tmp_path: Path) -> None:
    plain = draw(home).stdout
    assert draw(home, "--plot", str(tmp_path / "clusters.png")).stdout == plain
    assert (tmp_path / "clusters.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("clusters.gif", "a picture is a file in .svg, .png or .pdf."),
        ("nowhere/clusters.svg", "cannot be written: No such file or directory"),
    ],
)
def test_a_picture_that_cannot_be_is_refused(
    home: dict[str, str], tmp_path: Path, file: str, says: str
) -> None:
    done = draw(home, "--plot", str(tmp_path / file))
    assert (done.exit_code, done.stdout) == (1, "")
    assert says in done.stderr


def test_each_council_has_its_tile_near_those_that_it_touches(scotland: Store) -> None:
    """At most three steps from those that it touches by land; beside two in three of them."""
    places = {council: place[1:] for council, place in tile_places().items()}
    assert len(set(places.values())) == len(places) == 32
    steps = [
        max(abs(places[a][0] - places[b][0]), abs(places[a][1] - places[b][1]))
        for a, b in contiguity(scotland, ["land"]).edges
    ]
    assert set(places) == set(contiguity(scotland))
    assert max(steps) <= 3
    assert sum(step == 1 for step in steps) > 2 / 3 * len(steps)


def test_councils_without_a_tile_are_refused_by_name() -> None:
    with pytest.raises(GraphmodelError, match="has no tile for FR-1"):
        draw_tile_map(nx.Graph([("FR-1", "FR-2", {"weight": 1.0})]), [], title="Ties")


def test_groups_look_different() -> None:
    looks = [look(number) for number in range(28)]
    assert len(set(looks)) == 28


def test_only_the_strongest_ties_are_drawn() -> None:
    """By hand: with one a council, d keeps d-a; b-c is the strongest of neither b nor c."""
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        [("a", "b", 3.0), ("a", "c", 2.0), ("b", "c", 1.0), ("a", "d", 0.5)]
    )
    assert set(strongest_ties(graph, 1)) == {("a", "b"), ("a", "c"), ("a", "d")}
    drawn = draw_network(graph, [("All", list("abcd"))], title="Ties")
    assert len(drawn.axes[0].lines) == 4


def test_a_heat_map_writes_its_counts() -> None:
    figure = draw_heat_map(["Angus", "Fife"], ["Roads"], [[3], [0]], title="Coverage")
    assert [text.get_text() for text in figure.axes[0].texts] == ["3", ""]
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["Angus", "Fife"]
    with pytest.raises(GraphmodelError, match="nothing to draw"):
        draw_heat_map([], [], [], title="Coverage")


def test_coverage_is_drawn_as_a_heat_map(home: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "coverage.svg"
    done = draw(home, "--plot", str(file), report="coverage")
    assert (done.exit_code, done.stderr) == (0, f"Drawn: {file}\n")
    assert {"Services of each council by service area", "Angus", "HR"} <= texts(file)
