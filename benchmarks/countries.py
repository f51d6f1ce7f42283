"""Countries to measure loads with: the French files, and made ones of any size.

Each is written as a data package of the model, which every contender reads.
``python -m benchmarks.countries EDGES FOLDER`` writes a made one.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

SEED = 2026
MEMBERS = 44
"""Members of each service of a made country."""
NEIGHBOURS = 9
"""Borders that each council of a made country has to councils after it."""
CITED = ("source", "locator")

Cells = tuple[str | int | float, ...]

HEADERS = {
    "documents": ("id", "title"),
    "councils": ("id", "name", "population", *CITED),
    "services": ("id", "name", "kind", "status", "start", *CITED),
    "participations": ("participant", "service", "role", "since", *CITED),
    "borders": ("council", "neighbour", "kind", "km", *CITED),
}
ROLES = ("member", "member", "member", "lead", "customer")


def france(files: Path, folder: Path) -> Path:
    """Write the communes, syndicates, memberships and borders of France as a data package."""
    communes = {row["code"]: row["nom"] for row in _read(files / "communes_2018.csv")}
    members = list(_read(files / "syndicate_members_2021.csv"))
    later = {row["insee"]: row["nom"] for row in _read(files / "communes_2025.csv")}
    for row in members:
        code = row["commune_insee"]
        communes.setdefault(code, later.get(code, code))
    populations = {row["insee"]: row["population"] for row in _read(files / "communes_2025.csv")}
    borders = _read(files / "commune_borders_2018.csv")
    syndicates = dict.fromkeys(row["syndicat_siren"] for row in members)
    insee, banatic, ign = (("insee", "COG"), ("banatic", "2021"), ("ign", "contours 2018"))
    return write(
        folder,
        "france",
        {
            "documents": [("insee", "INSEE"), ("banatic", "BANATIC"), ("ign", "IGN")],
            "councils": (
                (code, name, populations.get(code, ""), *insee) for code, name in communes.items()
            ),
            "services": (
                (f"syndicat-{siren}", f"Syndicat {siren}", "joint board", "live", "", *banatic)
                for siren in syndicates
            ),
            "participations": (
                (row["commune_insee"], f"syndicat-{row['syndicat_siren']}", "member", "", *banatic)
                for row in members
            ),
            "borders": (
                (
                    row["code_a"],
                    row["code_b"],
                    "land",
                    row["shared_border_km"] if float(row["shared_border_km"]) > 0 else "",
                    *ign,
                )
                for row in borders
            ),
        },
    )


def made(edges: int, folder: Path, seed: int = SEED) -> Path:
    """Write a country with about so many edges: the same for the same seed, row by row."""
    councils = max(2 * MEMBERS, edges // 20)
    services = max(1, edges * 11 // 20 // MEMBERS)
    return write(
        folder,
        f"made-{edges}",
        {
            "documents": [("register", "Register"), ("map", "Map")],
            "councils": _councils(councils, seed),
            "services": _services(services, seed),
            "participations": _participations(services, councils, seed),
            "borders": _borders(councils, seed),
        },
    )


def _councils(number: int, seed: int) -> Iterator[Cells]:
    chance = random.Random(seed)
    for n in range(number):
        yield f"C-{n}", f"Council {n}", chance.randrange(100, 1_000_000), "register", f"row {n}"


def _services(number: int, seed: int) -> Iterator[Cells]:
    chance = random.Random(seed + 1)
    for n in range(number):
        start = chance.choice(("", "1999", "2009", "2013-06", "2015-04-01"))
        cited = ("register", f"row {n}")
        yield f"service-{n}", f"Service {n}", "shared service", "live", start, *cited


def _participations(services: int, councils: int, seed: int) -> Iterator[Cells]:
    chance = random.Random(seed + 2)
    for n in range(services):
        for member in chance.sample(range(councils), MEMBERS):
            since = chance.choice(("", "2001", "2014-04", "2020-01-01"))
            yield f"C-{member}", f"service-{n}", chance.choice(ROLES), since, "register", f"row {n}"


def _borders(councils: int, seed: int) -> Iterator[Cells]:
    chance = random.Random(seed + 3)
    for n in range(councils):
        for step in range(1, NEIGHBOURS + 1):
            km = round(chance.uniform(0.1, 80), 3) if step < 5 else ""
            yield f"C-{n}", f"C-{(n + step) % councils}", "land", km, "map", "sheet 1"


def sliced(package: Path, folder: Path, share: int) -> Path:
    """Write the first of so many parts of a package's edges, with the nodes that they need."""
    tables: dict[str, list[Cells]] = {}
    needed: set[str] = set()
    for table in reversed(HEADERS):
        rows = list(_read(package / f"{table}.csv"))
        if table in ("participations", "borders"):
            rows = rows[: len(rows) // share]
            needed.update(cell for row in rows for cell in list(row.values())[:2])
        elif table != "documents":
            rows = [row for row in rows if row["id"] in needed]
        tables[table] = [tuple(row.values()) for row in rows]
    return write(folder, package.name, {table: tables[table] for table in HEADERS})


def write(folder: Path, name: str, tables: dict[str, Iterable[Cells]]) -> Path:
    """Write tables as a data package."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = [{"name": table, "path": f"{table}.csv"} for table in tables]
    descriptor = {"name": name, "version": "1", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    for table, rows in tables.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADERS[table])
            writer.writerows(rows)
    return folder


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    print(made(int(sys.argv[1]), Path(sys.argv[2])))
