"""France: communes, the syndicates they take part in, and their borders.

The files are not part of the program; `HELP` says where the public originals are.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from graphmodel.errors import GraphmodelError
from graphmodel.model.datapackage import DESCRIPTOR, descriptor

NAME = "france"
FILES = {
    "syndicate_members_2021.csv": ("syndicat_siren", "direct", "commune_insee"),
    "commune_borders_2018.csv": ("code_a", "code_b", "shared_border_km", "kind"),
    "communes_2018.csv": ("code", "nom"),
    "communes_2025.csv": ("insee", "nom", "departement", "arrondissement", "population"),
}
"""The files, and the columns that are read of each."""
HELP = (
    "The dataset 'france' needs --folder, a folder with "
    + ", ".join(FILES)
    + ". They are made from public originals under the Licence Ouverte: memberships from BANATIC "
    "(https://www.banatic.interieur.gouv.fr), borders from the IGN's outlines of communes "
    "(https://geoservices.ign.fr/adminexpress), communes and arrondissements from INSEE's Code "
    "officiel géographique (https://www.insee.fr/fr/information/2560452)."
)
_MEMBERS, _BORDERS, _OLD, _NEW = FILES
_DOCUMENTS = {
    _MEMBERS: (
        "banatic-2021",
        "BANATIC: communes in the perimeter of each syndicate, 2021",
        "Direction générale des collectivités locales",
        "https://www.banatic.interieur.gouv.fr",
    ),
    _BORDERS: (
        "commune-outlines-2018",
        "Outlines of communes, 2018: borders in common",
        "Institut national de l'information géographique et forestière",
        "https://geoservices.ign.fr/adminexpress",
    ),
    _OLD: (
        "communes-2018",
        "Communes, 2018",
        "Institut national de l'information géographique et forestière",
        "https://geoservices.ign.fr/adminexpress",
    ),
    _NEW: (
        "communes-2025",
        "Communes and arrondissements, 2025, with their population",
        "Institut national de la statistique et des études économiques",
        "https://www.insee.fr/fr/information/2560452",
    ),
}
_Rows = list[dict[str, str]]


def write_package(folder: Path, target: Path) -> None:
    """Write the French files as a data package of this model.

    Parameters
    ----------
    folder : Path
        With the files.
    target : Path
        A folder that exists; the package is written into it.

    Raises
    ------
    GraphmodelError
        If a file or one of its columns is missing, or it is not UTF-8.

    Examples
    --------
    >>> write_package(Path("nowhere"), Path("."))
    Traceback (most recent call last):
    ...
    graphmodel.errors.GraphmodelError: nowhere: there is no syndicate_members_2021.csv. ...
    """
    read = {file: list(_rows(folder, file)) for file in FILES}
    tables = {
        "documents": [_document(file) for file in FILES],
        "councils": _councils(read),
        "groupings": _groupings(read[_NEW]),
        "grouping_members": _grouping_members(read[_NEW]),
        "borders": [_border(row) for row in read[_BORDERS]],
        "services": _services(read[_MEMBERS]),
        "participations": [_participation(row) for row in read[_MEMBERS]],
    }
    for table, rows in tables.items():
        with (target / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]) if rows else ["id"])
            writer.writeheader()
            writer.writerows(rows)
    described = descriptor(NAME, "Syndicates of French communes, 2021", "2021", tables)
    (target / DESCRIPTOR).write_text(json.dumps(described), encoding="utf-8")


def _rows(folder: Path, file: str) -> Iterator[dict[str, str]]:
    path = folder / file
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            missing = [name for name in FILES[file] if name not in (reader.fieldnames or [])]
            if missing:
                raise GraphmodelError(
                    f"{path}, row 1: there is no column {', '.join(missing)}; "
                    f"expected {', '.join(FILES[file])}."
                )
            for row in reader:
                empty = [name for name in FILES[file] if row[name] is None]
                if empty:
                    raise GraphmodelError(
                        f"{path}, row {reader.line_num}, column {empty[0]}: the row ends before it."
                    )
                yield row
    except FileNotFoundError:
        raise GraphmodelError(f"{folder}: there is no {file}. {HELP}") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GraphmodelError(f"{path} cannot be read: {error}") from error


def _document(file: str) -> dict[str, str]:
    name, title, publisher, url = _DOCUMENTS[file]
    return {
        "id": name,
        "title": title,
        "publisher": publisher,
        "reference": "Licence Ouverte",
        "file": file,
        "url": url,
    }


def _cited(file: str, locator: str) -> dict[str, str]:
    return {"source": _DOCUMENTS[file][0], "locator": locator}


def council_id(insee: str) -> str:
    """Id of a commune in the graph.

    Parameters
    ----------
    insee : str
        Its code.

    Returns
    -------
    str

    Examples
    --------
    >>> council_id("01001")
    'FR-COM-01001'
    """
    return f"FR-COM-{insee}"


def _councils(read: dict[str, _Rows]) -> _Rows:
    """Those of today, those of 2018, and those that the memberships and borders name alone."""
    made: dict[str, dict[str, str]] = {}

    def add(file: str, insee: str, name: str, population: str = "") -> None:
        year = "2025" if population else ""
        made.setdefault(
            insee,
            {
                "id": council_id(insee),
                "name": name,
                "country": "France",
                "population": population,
                "population_year": year,
                **_cited(file, f"code {insee}"),
            },
        )

    for row in read[_NEW]:
        add(_NEW, row["insee"], row["nom"], row["population"])
    for row in read[_OLD]:
        add(_OLD, row["code"], row["nom"])
    for row in read[_MEMBERS]:
        add(_MEMBERS, row["commune_insee"], row["commune_insee"])
    for row in read[_BORDERS]:
        add(_BORDERS, row["code_a"], row["code_a"])
        add(_BORDERS, row["code_b"], row["code_b"])
    return [made[insee] for insee in sorted(made)]


def _district(row: dict[str, str]) -> str:
    return f"fr-arrondissement-{row['departement']}-{row['arrondissement']}".lower()


def _groupings(communes: _Rows) -> _Rows:
    named = {
        _district(row): f"Arrondissement {row['arrondissement']}"
        for row in communes
        if row["arrondissement"]
    }
    return [
        {"id": name, "name": title, "kind": "other", **_cited(_NEW, f"arrondissement {title[15:]}")}
        for name, title in sorted(named.items())
    ]


def _grouping_members(communes: _Rows) -> _Rows:
    return [
        {
            "council": council_id(row["insee"]),
            "grouping": _district(row),
            **_cited(_NEW, f"code {row['insee']}"),
        }
        for row in communes
        if row["arrondissement"]
    ]


def _border(row: dict[str, str]) -> dict[str, str]:
    return {
        "council": council_id(row["code_a"]),
        "neighbour": council_id(row["code_b"]),
        "kind": "land",
        "km": row["shared_border_km"] if row["kind"] == "edge" else "",
        "note": "" if row["kind"] == "edge" else "They touch at a point.",
        **_cited(_BORDERS, f"codes {row['code_a']} and {row['code_b']}"),
    }


def _services(memberships: _Rows) -> _Rows:
    return [
        {
            "id": f"fr-siren-{siren}",
            "name": f"Syndicate {siren}",
            "kind": "joint board",
            "status": "live",
            "status_as_of": "2021",
            **_cited(_MEMBERS, f"SIREN {siren}"),
        }
        for siren in sorted({row["syndicat_siren"] for row in memberships})
    ]


def _participation(row: dict[str, str]) -> dict[str, str]:
    direct = row["direct"] == "1"
    return {
        "participant": council_id(row["commune_insee"]),
        "service": f"fr-siren-{row['syndicat_siren']}",
        "role": "member",
        "note": "" if direct else "Through a body of communes that is a member.",
        **_cited(_MEMBERS, f"SIREN {row['syndicat_siren']}, commune {row['commune_insee']}"),
    }
