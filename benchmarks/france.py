"""How often the scores find hidden members of French syndicates, among all communes.

Run with ``python -m benchmarks.france FOLDER``, FOLDER with syndicate_members_2021.csv
(BANATIC), commune_borders_2018.csv (IGN), and communes_2025.csv for the arrondissements,
which count as groupings. Looked into are only syndicates of those departments on which
nothing was chosen. It takes some 20 minutes and 2 GB.
"""

from __future__ import annotations

import csv
import sys
import time
import zlib
from collections import Counter
from pathlib import Path

from graphmodel.analytics.arrangements import Arrangements, arrangements
from graphmodel.analytics.backtest import (
    MEASURES,
    find_hidden,
    folds,
    measures,
    sampled,
    summarise,
)
from graphmodel.reports.backtest import SCORERS

LEAST, MOST, HIDDEN, SEED = 3, 200, 3000, 0


def read_france(folder: Path) -> Arrangements:
    """Syndicates, the communes that take part, and the communes that touch."""
    members: dict[str, set[str]] = {}
    with (folder / "syndicate_members_2021.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            members.setdefault(row["syndicat_siren"], set()).add(row["commune_insee"])
    with (folder / "commune_borders_2018.csv").open(encoding="utf-8", newline="") as file:
        lengths = {
            (row["code_a"], row["code_b"]): float(row["shared_border_km"])
            for row in csv.DictReader(file)
        }
    districts: dict[str, list[str]] = {}
    with (folder / "communes_2025.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            district = f"{row['departement']}-{row['arrondissement']}"
            districts.setdefault(district, []).append(row["insee"])
    return arrangements(members, list(lengths), lengths=lengths, groupings=districts)


def is_unseen(known: Arrangements, service: int) -> bool:
    """Whether no figure of the syndicate's department was looked at when choosing."""
    departments = Counter(known.councils[at][:2] for at in known.members_of(service).tolist())
    department = min(departments, key=lambda name: (-departments[name], name))
    return zlib.crc32(department.encode()) % 2 == 1


def main(folder: Path) -> None:
    known = read_france(folder).of_size(MOST)
    made = folds(known, least=LEAST, most=MOST)
    made = sampled([fold for fold in made if is_unseen(known, fold.service)], HIDDEN, SEED)
    services = len({fold.service for fold in made})
    print(f"{len(made)} memberships of {services} syndicates, {len(known.councils)} communes")
    for scorer in SCORERS:
        began = time.perf_counter()
        found = find_hidden(scorer, known, made)
        figures = summarise(measures(found.ranks), found.services, seed=SEED)
        shown = "  ".join(
            f"{name} {figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"
            for name, figure in zip(MEASURES, figures, strict=True)
        )
        print(f"{scorer.name}: {shown}; {time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
