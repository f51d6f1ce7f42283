"""How often the scores find hidden members in Scotland, by halves of the services.

Run with ``python -m benchmarks.scotland`` where both datasets are loaded. The weights of
`graphmodel.analytics.blend` were chosen on the first half; the other was looked at once.
"""

from __future__ import annotations

import zlib

from graphmodel.analytics.arrangements import Arrangements
from graphmodel.analytics.backtest import (
    MEASURES,
    compare,
    find_hidden,
    folds,
    measures,
    summarise,
)
from graphmodel.analytics.recorded import read_arrangements
from graphmodel.reports.backtest import SCORERS
from graphmodel.store import open_store

MOST = 20


def half_of(known: Arrangements, service: int) -> int:
    """0 or 1, the same for all services of one family."""
    return zlib.crc32(known.services[known.family(service)[0]].encode()) % 2


def main() -> None:
    with open_store() as store:
        known = read_arrangements(store).of_size(MOST)
    for half, name in enumerate(["chosen on", "not looked at before"]):
        made = [fold for fold in folds(known) if half_of(known, fold.service) == half]
        services = len({fold.service for fold in made})
        print(f"{name}: {len(made)} memberships of {services} services")
        found = {scorer.name: find_hidden(scorer, known, made) for scorer in SCORERS}
        rows = {
            **{one: summarise(measures(it.ranks), it.services) for one, it in found.items()},
            **{
                f"{one}, less {SCORERS[-1].name}": figures
                for one, figures in compare(found, SCORERS[-1].name).items()
            },
        }
        for row, figures in rows.items():
            shown = "  ".join(
                f"{measure} {figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"
                for measure, figure in zip(MEASURES, figures, strict=True)
            )
            print(f"{row}: {shown}")


if __name__ == "__main__":
    main()
