"""What a score means: the chance that a council is the one that joins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from graphmodel.analytics.arrangements import Matrix
from graphmodel.analytics.backtest import Answer, Figure, summarise

BANDS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
PARTS = 5
"""Parts of the services, each judged by a scale fitted on the others."""


@dataclass(frozen=True)
class Band:
    """Candidates whose chance was said to lie between two bounds.

    Attributes
    ----------
    low, high : float
        The bounds.
    candidates : int
        How many there were.
    said : float
        Their mean chance as said.
    came : Figure
        The share of them that was right.

    Examples
    --------
    >>> Band(0.0, 0.5, 10, 0.1, Figure(0.1, 0.0, 0.2)).candidates
    10
    """

    low: float
    high: float
    candidates: int
    said: float
    came: Figure


def fit_scale(answers: Iterable[Answer]) -> float:
    """The factor on scores that makes their softmax the likeliest chances.

    Parameters
    ----------
    answers : iterable of Answer
        With what was right; those where none was do not count.

    Returns
    -------
    float

    Notes
    -----
    The conditional logit of McFadden 1974, with the score as its one variable.

    Examples
    --------
    >>> first, second = (Answer(0, np.array([1.0, 0.0]), right) for right in (0, 1))
    >>> fit_scale([first, second]) < 0.1 < fit_scale([first, first])
    True
    """
    usable = [one for one in answers if one.right >= 0]

    def loss(power: float) -> float:
        scale = np.exp(power)
        return sum(
            float(np.logaddexp.reduce(scale * one.scores) - scale * one.scores[one.right])
            for one in usable
        )

    return float(np.exp(minimize_scalar(loss, bounds=(-4, 7), method="bounded").x))


def calibrate(answers: Sequence[Answer], *, seed: int = 0) -> list[Band]:
    """Say a chance for every candidate, and see how often it came true.

    The chances of a service are scaled by what was found for others, never by itself.

    Parameters
    ----------
    answers : sequence of Answer
        As from `graphmodel.analytics.backtest.find_hidden`.
    seed : int
        Of the intervals' draws.

    Returns
    -------
    list of Band
        Those with candidates, from the lowest; none where there are too few services.

    Examples
    --------
    >>> calibrate([Answer(0, np.array([1.0, 0.5]), 0)])
    []
    """
    services = sorted({one.service for one in answers})
    if len(services) < 2 * PARTS:
        return []
    part_of = {service: at % PARTS for at, service in enumerate(services)}
    scales = [
        fit_scale(one for one in answers if part_of[one.service] != part) for part in range(PARTS)
    ]
    said, came, service = [], [], []
    for one in answers:
        scores = scales[part_of[one.service]] * one.scores
        said.append(np.exp(scores - np.logaddexp.reduce(scores)))
        came.append((np.arange(len(scores)) == one.right).astype(float))
        service.append(np.full(len(scores), one.service))
    return _bands(np.concatenate(said), np.concatenate(came), np.concatenate(service), seed)


def _bands(said: Matrix, came: Matrix, service: NDArray[np.int64], seed: int) -> list[Band]:
    bands = []
    for low, high in pairwise(BANDS):
        inside = (said >= low) & ((said < high) | (high == 1.0))
        if inside.any():
            [share] = summarise(came[inside][:, None], service[inside], seed=seed)
            mean = float(said[inside].mean())
            bands.append(Band(low, high, int(inside.sum()), mean, share))
    return bands
