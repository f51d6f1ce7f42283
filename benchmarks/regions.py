"""How often the scores find hidden members in made-up countries of 390 councils.

Run with ``python -m benchmarks.regions`` from the top of the project. A country has 25
regions that growing from councils drawn by chance gives. Each of 22 kinds of service divides
it, mostly along them: some merge regions, some split them, some leave half of them out; 3 % of
the councils go with another side, 2 % stay away. 60 services of two to six councils that touch
lie over it, and twelve provinces as groupings. A kind is a category. With ``--unsorted`` the
same countries have no categories. The weights were chosen on countries drawn in much the same
way with other seeds; these were not looked at.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay

from graphmodel.analytics.arrangements import Arrangements, arrangements
from graphmodel.analytics.backtest import (
    MEASURES,
    compare,
    find_hidden,
    folds,
    measures,
    sampled,
    summarise,
)
from graphmodel.reports.backtest import SCORERS

SEEDS = (10, 11, 12)
HIDDEN = 1000
MOST = 40
COUNCILS, REGIONS, KINDS, SMALL, PROVINCES = 390, 25, 22, 60, 12
SHIFTED, ABSENT, ABSENT_IF_PARTIAL, PARTIAL, FAR = 0.03, 0.02, 0.15, 0.15, 0.12

Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Map:
    """Councils as points, and those that touch."""

    points: NDArray[np.float64]
    touching: list[list[int]]

    def divided(self, parts: int, chance: np.random.Generator) -> Labels:
        """The part of each council, grown from councils drawn by chance; small parts first."""
        part = np.full(len(self.points), -1)
        part[chance.choice(len(part), parts, replace=False)] = np.arange(parts)
        while (part < 0).any():
            edge = [
                council
                for council in np.flatnonzero(part < 0).tolist()
                if any(part[other] >= 0 for other in self.touching[council])
            ]
            if not edge:
                part[part < 0] = 0
                break
            council = edge[chance.integers(len(edge))]
            sizes = np.bincount(part[part >= 0], minlength=parts)
            around = [part[other] for other in self.touching[council] if part[other] >= 0]
            part[council] = min(around, key=lambda at: sizes[at] * chance.uniform(0.5, 1.5))
        return part


def draw_map(chance: np.random.Generator) -> Map:
    points = chance.random((COUNCILS, 2))
    touching: dict[int, set[int]] = defaultdict(set)
    for corners in Delaunay(points).simplices.tolist():
        for first in corners:
            for second in corners:
                if first != second and np.hypot(*(points[first] - points[second])) < FAR:
                    touching[first].add(second)
    return Map(points, [sorted(touching[council]) for council in range(COUNCILS)])


def varied(country: Map, part: Labels, chance: np.random.Generator) -> Labels:
    """A division with some parts merged or split, and some councils gone to another side."""
    part = part.copy()
    change = chance.random()
    if change < 0.25:
        for _ in range(chance.integers(3, 12)):
            council = int(chance.integers(COUNCILS))
            others = [part[other] for other in country.touching[council]]
            part[np.isin(part, others)] = part[council]
    elif change < 0.5:
        for at in chance.choice(np.unique(part), 10, replace=False):
            inside = np.flatnonzero(part == at)
            along = country.points[inside] @ chance.normal(size=2)
            part[inside[along > np.median(along)]] = part.max() + 1
    for council in np.flatnonzero(chance.random(COUNCILS) < SHIFTED).tolist():
        others = [part[other] for other in country.touching[council]]
        part[council] = chance.choice([one for one in others if one != part[council]] or others)
    return part


def draw_country(seed: int, *, sorted_by_kind: bool = True) -> Arrangements:
    """A country, always the same for a seed."""
    chance = np.random.default_rng(seed)
    country = draw_map(chance)
    regions = country.divided(REGIONS, chance)
    others = country.divided(REGIONS + 10, chance)
    provinces = country.divided(PROVINCES, chance)
    services: dict[str, list[int]] = {}
    for kind in range(KINDS):
        part = varied(country, regions if chance.random() < 0.7 else others, chance)
        partial = chance.random() < PARTIAL
        for at in np.unique(part).tolist():
            inside = np.flatnonzero(part == at)
            away = chance.random(len(inside)) < (ABSENT_IF_PARTIAL if partial else ABSENT)
            if not (partial and chance.random() < 0.5) and (~away).sum() > 1:
                services[f"kind{kind}-{at}"] = inside[~away].tolist()
    for at in range(SMALL):
        services[f"small{at % 15}-{at}"] = _small(country, regions, chance)
    name = [f"c{council:03}" for council in range(COUNCILS)]
    return arrangements(
        {service: [name[one] for one in members] for service, members in services.items()},
        [(name[one], name[two]) for one, near in enumerate(country.touching) for two in near],
        councils=name,
        categories={one: [one.split("-")[0]] for one in services} if sorted_by_kind else None,
        groupings={
            f"province{at}": [name[one] for one in np.flatnonzero(provinces == at)]
            for at in range(PROVINCES)
        },
    )


def _small(country: Map, regions: Labels, chance: np.random.Generator) -> list[int]:
    """Two to six councils that touch, mostly of one region."""
    members = [int(chance.integers(COUNCILS))]
    for _ in range(chance.integers(1, 6)):
        near = sorted({two for one in members for two in country.touching[one]} - set(members))
        alike = [one for one in near if regions[one] == regions[members[0]]]
        near = alike if alike and chance.random() < 0.8 else near
        if near:
            members.append(near[chance.integers(len(near))])
    return members


def main() -> None:
    for seed in SEEDS:
        known = draw_country(seed, sorted_by_kind="--unsorted" not in sys.argv).of_size(MOST)
        made = sampled(folds(known, most=MOST), HIDDEN, seed)
        services = len({fold.service for fold in made})
        print(f"country {seed}: {len(made)} memberships of {services} services")
        found = {scorer.name: find_hidden(scorer, known, made) for scorer in SCORERS}
        rows = {
            **{one: summarise(measures(it.ranks), it.services) for one, it in found.items()},
            **{
                f"{one}, less {SCORERS[-1].name}": figures
                for one, figures in compare(found, SCORERS[-1].name).items()
            },
        }
        for row, figures in rows.items():
            cells = "  ".join(
                f"{measure} {figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"
                for measure, figure in zip(MEASURES, figures, strict=True)
            )
            print(f"{row}: {cells}", flush=True)


if __name__ == "__main__":
    main()
