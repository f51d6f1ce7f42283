"""How often the scores find hidden members of French syndicates, among all communes.

Run with ``python -m benchmarks.france FOLDER``, FOLDER with syndicate_members_2021.csv
(BANATIC), commune_borders_2018.csv (IGN), and communes_2025.csv for the arrondissements,
which count as groupings. Looked into are only syndicates of those departments on which
nothing was chosen. With ``--all`` the score of candidates ranks all communes for every
syndicate instead, and the time and memory that this takes are printed.
"""

from __future__ import annotations

import csv
import sys
import time
import zlib
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks.peak import peak_memory
from graphmodel.analytics.arrangements import Arrangements, arrangements
from graphmodel.analytics.backtest import (
    MEASURES,
    Figure,
    compare,
    find_hidden,
    folds,
    measures,
    sampled,
    summarise,
)
from graphmodel.analytics.scores import Question
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


def shown(figure: Figure) -> str:
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"


def find(folder: Path) -> None:
    known = read_france(folder).of_size(MOST)
    made = folds(known, least=LEAST, most=MOST)
    made = sampled([fold for fold in made if is_unseen(known, fold.service)], HIDDEN, SEED)
    services = len({fold.service for fold in made})
    print(f"{len(made)} memberships of {services} syndicates, {len(known.councils)} communes")
    found = {}
    for scorer in SCORERS:
        began = time.process_time()
        found[scorer.name] = one = find_hidden(scorer, known, made)
        figures = summarise(measures(one.ranks), one.services, seed=SEED)
        row = "  ".join(map("{} {}".format, MEASURES, map(shown, figures)))
        print(f"{scorer.name}: {row}; {time.process_time() - began:.0f} s", flush=True)
    for name, figures in compare(found, SCORERS[-1].name, seed=SEED).items():
        row = "  ".join(map("{} {}".format, MEASURES, map(shown, figures)))
        print(f"{name}, less {SCORERS[-1].name}: {row}")


def rank_all(folder: Path) -> None:
    known = read_france(folder)
    began, worked = time.perf_counter(), time.process_time()
    fitted = SCORERS[-1].fit(known)
    first = {}
    for service, name in enumerate(known.services):
        members = np.zeros((1, len(known.councils)), bool)
        members[0, known.members_of(service)] = True
        question = Question(members, known.family(service), known.categories[service])
        scores = np.where(members[0], -np.inf, fitted.scores(question)[0])
        order = np.argsort(-scores, kind="stable")
        first[name] = known.councils[order[0]]
    took, worked = time.perf_counter() - began, time.process_time() - worked
    memory = peak_memory() / 1024
    print(
        f"{len(first)} syndicates, {len(known.councils)} communes ranked for each: "
        f"{took:.0f} s, {worked:.0f} s of a processor, {memory:.2f} GB at most"
    )


if __name__ == "__main__":
    [place] = [argument for argument in sys.argv[1:] if argument != "--all"]
    (rank_all if "--all" in sys.argv else find)(Path(place))
