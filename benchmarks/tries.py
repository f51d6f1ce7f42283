"""Whether factors of all matrices at once, or whole sets, add anything to the score of candidates.

Run with ``python -m benchmarks.tries scotland`` where both datasets are loaded, ``made-up``, or
``france FOLDER`` (columns to try may follow); always on the part that weights may be chosen
on. Each column of `benchmarks.columns` is added to the score of the program with a weight that
is chosen on other families of services (five parts of them), so that what is shown was not
fitted to; the first line is the score as it is. ``python -m benchmarks.tries parts`` tries
instead to learn from workstreams of one whole in another way than one by one, on Scotland.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benchmarks.columns import COLUMNS, Case, Column
from benchmarks.france import is_unseen, read_france
from benchmarks.regions import MOST as MOST_MADE_UP
from benchmarks.regions import draw_country
from benchmarks.scotland import MOST, half_of
from graphmodel.analytics.arrangements import Arrangements, Matrix
from graphmodel.analytics.backtest import Fold, find_hidden, folds, measures, sampled, summarise
from graphmodel.analytics.blend import MODEL, Blend
from graphmodel.analytics.recorded import read_arrangements
from graphmodel.analytics.scores import Fitted, Question
from graphmodel.store import open_store

KEPT = 40
"""Candidates of a question that are looked at again: the best by the score as it is."""
PARTS = 5
FIXED = 0.1
"""What pieces would count for if Scotland alone decided."""
GRID = (-0.4, -0.2, -0.1, -0.05, 0.0, 0.05, 0.1, 0.2, 0.4, 0.8)
DEAR = ("set likelihood", "expected set")
"""Columns that would take hours over all of France."""
HIDDEN_FRANCE, HIDDEN_MADE_UP, SEEDS_MADE_UP = 300, 400, (0, 1)

Ranks = NDArray[np.int64]


@dataclass(frozen=True)
class Asked:
    """One hidden membership: its best candidates by the score, and what columns say of them.

    Attributes
    ----------
    family : str
        Name of the first service of its family.
    rank : int
        Place by the score as it is.
    right : int
        Place among the candidates that are kept, or -1.
    scores : array
        By the score as it is, best first.
    columns : mapping of str to array
        By name of the column.
    """

    family: str
    rank: int
    right: int
    scores: Matrix
    columns: Mapping[str, Matrix]


def ask(known: Arrangements, made: Sequence[Fold], columns: Sequence[Column]) -> Iterator[Asked]:
    """Answer each fold with the score, and take down every column for its best candidates."""
    fitted = Blend().fit(known)
    ready = [(column.name, column.fit(known)) for column in columns]
    for fold in made:
        shown = np.zeros((1, len(known.councils)), bool)
        shown[0, list(fold.shown)] = True
        family = known.family(fold.service)
        question = Question(shown, family, known.categories[fold.service])
        scores = fitted.scores(question)[0].round(9)
        scores[shown[0]] = -np.inf
        order = np.argsort(-scores, kind="stable")[: KEPT + 1]
        order = order[np.isfinite(scores[order])]
        [hidden] = fold.hidden
        better = np.count_nonzero(scores > scores[hidden])
        rank = int(better + np.count_nonzero(scores[:hidden] == scores[hidden])) + 1
        right = np.flatnonzero(order == hidden)
        case = Case(known, question, order, scores[order])
        yield Asked(
            known.services[family[0]],
            rank,
            int(right[0]) if len(right) else -1,
            scores[order],
            {name: told(case) for name, told in ready},
        )


def ranks(asked: Sequence[Asked], weights: Mapping[str, float]) -> Ranks:
    """Places of the hidden members with columns added; those beyond the kept stay there."""
    found = []
    for one in asked:
        if one.right < 0:
            found.append(one.rank)
            continue
        scores = one.scores + sum(
            (weight * one.columns[name] for name, weight in weights.items()), np.zeros(1)
        )
        scores = scores.round(9)
        better = np.count_nonzero(scores > scores[one.right])
        found.append(int(better + np.count_nonzero(scores[: one.right] == scores[one.right])) + 1)
    return np.array(found, np.int64)


def nested(asked: Sequence[Asked], names: Sequence[str]) -> tuple[Ranks, list[tuple[float, ...]]]:
    """Places with weights that each part of the families takes from the four others."""
    part = np.array([zlib.crc32(one.family.encode()) // 2 % PARTS for one in asked])
    tried = list(product(GRID, repeat=len(names)))
    by_weight = [ranks(asked, dict(zip(names, weights, strict=True))) for weights in tried]
    found, chosen = np.zeros(len(asked), np.int64), []
    for at in range(PARTS):
        inside = part == at
        best = max(
            range(len(tried)),
            key=lambda one: (
                round(float((1 / by_weight[one][~inside]).mean()), 9),
                -sum(map(abs, tried[one])),
            ),
        )
        found[inside] = by_weight[best][inside]
        chosen.append(tried[best])
    return found, chosen


def families(asked: Sequence[Asked]) -> Ranks:
    names = sorted({one.family for one in asked})
    return np.array([names.index(one.family) for one in asked], np.int64)


def line(name: str, found: Ranks, base: Ranks, groups: Ranks) -> str:
    """Right at first and MRR, and what they are more than without, drawn by families."""
    first, _, _, _, mrr = summarise(measures(found), groups)
    more = summarise(measures(found) - measures(base), groups)
    gains = "  ".join(
        f"{one.value:+.3f} ({one.low:+.3f} to {one.high:+.3f})" for one in (more[0], more[-1])
    )
    return f"{name}: at 1 {first.value:.3f}  mrr {mrr.value:.3f}; more by {gains}"


def show(title: str, asked: Sequence[Asked]) -> None:
    base, groups = ranks(asked, {}), families(asked)
    print(f"{title}: {len(asked)} memberships of {groups.max() + 1} families")
    print(line("as it is", base, base, groups), flush=True)
    for name in asked[0].columns:
        found, chosen = nested(asked, [name])
        weights = " ".join(f"{weight:g}" for (weight,) in chosen)
        print(line(f"with {name}", found, base, groups), f"; weights {weights}", flush=True)
    if "pieces" in asked[0].columns:
        found = ranks(asked, {"pieces": FIXED})
        print(line(f"with pieces, {FIXED:g} for each", found, base, groups), flush=True)
    if not {"factors", "pieces"} <= set(asked[0].columns):
        return
    found, chosen = nested(asked, ["factors", "pieces"])
    print(line("with factors and pieces", found, base, groups), f"; weights {chosen}")


def read_scotland() -> tuple[Arrangements, list[tuple[str, str]]]:
    """What is loaded, and which service is part of which."""
    with open_store() as store:
        parts = store.read("MATCH (a:Service)-[:PART_OF]->(b:Service) RETURN DISTINCT a.id, b.id")
        return read_arrangements(store).of_size(MOST), [tuple(row) for row in parts.rows]


def chosen_on(known: Arrangements) -> list[Fold]:
    """Hidden memberships of the half of Scotland that weights may be chosen on."""
    return [fold for fold in folds(known) if half_of(known, fold.service) == 0]


@dataclass(frozen=True)
class Lighter:
    """The score of the program, with each service's row counting less when it is learnt."""

    name: str
    weights: tuple[float, ...]

    def fit(self, known: Arrangements) -> Fitted:
        kept = known.without(np.flatnonzero(np.array(self.weights) == 0).tolist())
        rows = sparse.csr_array(sparse.diags_array(np.sqrt(self.weights)) @ kept.members)
        lighter = MODEL.fit(replace(kept, members=rows))
        return replace(Blend().fit(kept), learnt=lighter)  # type: ignore[type-var]


def within(known: Arrangements, parts: Iterable[tuple[str, str]]) -> tuple[bool, ...]:
    """Whether each service is part of another that all its members take part in."""
    joined = {
        name: frozenset(known.members_of(at).tolist()) for at, name in enumerate(known.services)
    }
    graph = nx.DiGraph(parts)
    above = {one: nx.descendants(graph, one) for one in graph}
    return tuple(
        bool(members)
        and any(
            members <= joined.get(whole, frozenset()) and name not in above[whole]
            for whole in above.get(name, ())
        )
        for name, members in joined.items()
    )


def show_parts() -> None:
    """The score as it is, beside learning from parts less or not at all."""
    known, parts = read_scotland()
    inside = within(known, parts)
    sets = [
        (known.kin[at], tuple(known.members_of(at).tolist())) for at in range(len(known.services))
    ]
    often, families_of = Counter(sets), Counter(kin for kin, members in sets if members)
    scorers = [
        Lighter("one by one", (1.0,) * len(sets)),
        Lighter("without parts", tuple(0.0 if one else 1.0 for one in inside)),
        Lighter("equal sets of a family as one", tuple(1 / often[one] for one in sets)),
        Lighter("equal sets, root of that", tuple(often[one] ** -0.5 for one in sets)),
        Lighter("a family as one", tuple(1 / max(families_of[kin], 1) for kin, _ in sets)),
    ]
    made = chosen_on(known)
    print(f"{len(made)} memberships; {sum(inside)} of {len(sets)} services are parts of a whole")
    for asked in (made, [fold for fold in made if not inside[fold.service]]):
        base = find_hidden(scorers[0], known, asked)
        groups = np.array([known.kin[service] for service in base.services], np.int64)
        print(f"{len(asked)} memberships")
        for scorer in scorers:
            found = find_hidden(scorer, known, asked)
            print(line(scorer.name, found.ranks, base.ranks, groups), flush=True)


def tries(words: Sequence[str]) -> None:
    match words:
        case ["parts"]:
            show_parts()
        case ["scotland"]:
            known, _ = read_scotland()
            show("Scotland", list(ask(known, chosen_on(known), COLUMNS)))
        case ["made-up"]:
            asked: list[Asked] = []
            for seed in SEEDS_MADE_UP:
                known = draw_country(seed).of_size(MOST_MADE_UP)
                made = sampled(folds(known, most=MOST_MADE_UP), HIDDEN_MADE_UP, seed)
                asked += [
                    replace(one, family=f"{seed} {one.family}") for one in ask(known, made, COLUMNS)
                ]
            show("Made-up countries", asked)
        case ["france", folder, *names]:
            known = read_france(Path(folder)).of_size(200)
            cheap = [
                column
                for column in COLUMNS
                if column.name not in DEAR and (not names or column.name in names)
            ]
            made = [one for one in folds(known, most=200) if not is_unseen(known, one.service)]
            show("France", list(ask(known, sampled(made, HIDDEN_FRANCE), cheap)))
        case _:
            sys.exit(f"{__doc__}")


if __name__ == "__main__":
    tries(sys.argv[1:])
