"""Arrangements of any country from a data package, and the French files as one."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphmodel.analytics.arrangements import Arrangements
from graphmodel.analytics.recorded import read_arrangements
from graphmodel.cli import main
from graphmodel.errors import GraphmodelError
from graphmodel.store import Store
from loaders.datapackage import read_package
from loaders.datasets import located
from loaders.france import write_package
from loaders.learning import read_for_learning
from loaders.pipeline import load_package

SHIPPED = Path(__file__).parents[1] / "loaders"
COUNTRY = {
    "councils": "id,name,aliases\na,Alpha,\nb,Beta,Second|Beth\nc,Gamma,\nd,Delta,\n",
    "partners": "id,name\nboard,Health Board\n",
    "services": "id,name,status\nroads,Roads,live\nwaste,Waste,rejected\n",
    "participations": "participant,service,status\nAlpha,Roads,\nBeth,roads,ended\nc,roads,\n"
    "d,roads,proposed\nHealth Board,roads,\na,waste,\n",
    "borders": "council,neighbour,kind,km\na,Beta,land,4\nb,a,bridge,1\nb,c,land,\nc,d,ferry,2\n",
    "service_categories": "service,category\nRoads,transport\n",
    "grouping_members": "council,grouping\na,north\nBeta,north\nc,served\n",
    "service_areas": "service,grouping\nroads,served\n",
}


def write(folder: Path, tables: dict[str, str]) -> Path:
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    resources = [{"name": table, "path": f"{table}.csv"} for table in tables]
    descriptor = {"name": "country", "version": "1", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def told(known: Arrangements) -> dict[str, object]:
    """All that arrangements say, in plain values."""
    return {
        "councils": known.councils,
        "services": dict(
            zip(known.services, map(tuple, known.members.toarray().tolist()), strict=True)
        ),
        "borders": known.borders.toarray().tolist(),
        "lengths": known.lengths.toarray().tolist(),
        "categories": known.categories,
        "groupings": dict(known.groupings),
        "families": {known.family(service) for service in range(len(known.services))},
    }


def test_a_small_country_by_hand(tmp_path: Path) -> None:
    """Plans and refusals teach nothing, nor do partners; a ferry is no border; of two borders
    between a and b the lengths add up; what a service serves is no grouping."""
    known = read_for_learning(write(tmp_path, COUNTRY))
    assert told(known) == {
        "councils": ("a", "b", "c", "d"),
        "services": {"roads": (1.0, 1.0, 1.0, 0.0)},
        "borders": [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]],
        "lengths": [[0, 5, 0, 0], [5, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
        "categories": (frozenset({"transport"}),),
        "groupings": {"north": (0, 1)},
        "families": {(0,)},
    }


def test_only_councils_and_participations_are_needed(tmp_path: Path) -> None:
    needed = {table: COUNTRY[table] for table in ("councils", "participations")}
    needed["participations"] = "participant,service\nAlpha,anything\nb,anything\n"
    known = read_for_learning(write(tmp_path, needed))
    assert known.services == ("anything",)
    assert known.members.toarray().tolist() == [[1.0, 1.0, 0.0, 0.0]]
    without = {"councils": COUNTRY["councils"]}
    with pytest.raises(GraphmodelError, match="no table participations"):
        read_for_learning(write(tmp_path, without))


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        ("borders", "council,neighbour,kind\na,Bate,land\n", "borders.csv, row 2, column neigh"),
        ("participations", "participant,service\nz,roads\n", "row 2, column participant: 'z'"),
        ("participations", "participant\na\n", "participations.csv, row 1, column service"),
    ],
)
def test_what_is_wrong_is_said_by_file_row_and_column(
    table: str, text: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(GraphmodelError) as refused:
        read_for_learning(write(tmp_path, {**COUNTRY, table: text}))
    assert said in str(refused.value)


def test_a_package_teaches_what_it_teaches_when_loaded(scotland: Store) -> None:
    learnt = told(read_for_learning(SHIPPED / "scotland"))
    loaded = told(read_arrangements(scotland))
    assert learnt == loaded


def test_the_command_takes_a_package(tmp_path: Path) -> None:
    folder = str(write(tmp_path, COUNTRY))
    home = {"GRAPHMODEL_HOME": str(tmp_path / "home"), "NEO4J_URI": ""}
    runner = CliRunner(env=home)
    result = runner.invoke(main, ["backtest", "--package", folder, "--format", "json"])
    assert result.exit_code == 0, result.output
    assert "3 memberships of 1 services" in result.output
    refused = runner.invoke(main, ["backtest", "--package", folder, "--forward", "2010"])
    assert (refused.exit_code, "--package is taken as a whole" in refused.output) == (2, True)


FRANCE = {
    "syndicate_members_2021.csv": "syndicat_siren,direct,commune_siren,commune_insee\n"
    "200,1,1,01001\n200,0,2,01002\n300,0,2,01002\n300,0,9,01009\n",
    "commune_borders_2018.csv": "code_a,code_b,shared_border_km,kind\n"
    "01001,01002,2.5,edge\n01002,01003,0.0,point\n",
    "communes_2018.csv": "code,nom,vertex_mean_lon,vertex_mean_lat\n01003,Trois,1,2\n",
    "communes_2025.csv": "insee,nom,siren,departement,region,arrondissement,population\n"
    "01001,Un,1,01,84,012,860\n01002,Deux,2,01,84,,270\n",
}


def french(folder: Path, **changed: str) -> Path:
    folder.mkdir(exist_ok=True)
    for file, text in FRANCE.items():
        (folder / file).write_text(changed.get(file[:-4], text), encoding="utf-8")
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_french_files_are_loaded_like_any_other(store: Store, tmp_path: Path) -> None:
    """Every commune that any file names, also 01009, of which only a membership is known."""
    with located("france", french(tmp_path)) as path:
        report = load_package(store, read_package(path))
        learnt = read_for_learning(path)
    assert report.rejected == []
    assert told(read_arrangements(store)) == told(learnt)
    assert learnt.councils == tuple(f"FR-COM-0100{at}" for at in (1, 2, 3, 9))
    assert learnt.groupings == {"fr-arrondissement-01-012": (0,)}
    uncited = store.read(
        "MATCH ()-[r]->() WHERE r.source IS NULL OR r.locator IS NULL RETURN count(r) AS many"
    )
    assert list(uncited) == [{"many": 0}]
    found = store.read(
        "MATCH (c:Council)-[r:PARTICIPATES_IN]->(s:Service {id: 'fr-siren-200'}) "
        "RETURN c.id AS council, r.source AS source, r.locator AS locator, r.note AS note "
        "ORDER BY council"
    )
    assert list(found) == [
        {
            "council": "FR-COM-01001",
            "source": "banatic-2021",
            "locator": "SIREN 200, commune 01001",
            "note": None,
        },
        {
            "council": "FR-COM-01002",
            "source": "banatic-2021",
            "locator": "SIREN 200, commune 01002",
            "note": "Through a body of communes that is a member.",
        },
    ]


def test_french_borders_at_a_point_have_no_length(tmp_path: Path) -> None:
    target = tmp_path / "made"
    target.mkdir()
    write_package(french(tmp_path / "files"), target)
    found = [(row["neighbour"], row["km"], row["note"]) for row in rows(target / "borders.csv")]
    assert found == [("FR-COM-01002", "2.5", ""), ("FR-COM-01003", "", "They touch at a point.")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,name\n01001,Un\n", "communes_2018.csv, row 1: there is no column nom"),
        ("code,nom\n01001\n", "communes_2018.csv, row 2, column nom: the row ends before it"),
    ],
)
def test_other_files_than_the_french_are_refused(text: str, said: str, tmp_path: Path) -> None:
    folder = french(tmp_path, communes_2018=text)
    result = CliRunner(env={"GRAPHMODEL_HOME": str(tmp_path), "NEO4J_URI": ""}).invoke(
        main, ["load", "france", "--folder", str(folder)]
    )
    assert (result.exit_code, said in result.output) == (1, True), result.output


def test_without_the_files_it_says_where_they_are_from(tmp_path: Path) -> None:
    env = {"GRAPHMODEL_HOME": str(tmp_path), "NEO4J_URI": ""}
    result = CliRunner(env=env).invoke(main, ["load", "france"])
    assert (result.exit_code, "banatic.interieur.gouv.fr" in result.output) == (1, True)
