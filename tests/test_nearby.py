"""Reasons in large countries: measured on what is near, as if on the whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from graphmodel.analytics.arrangements import arrangements
from graphmodel.analytics.candidates import find_candidates, measured_on
from graphmodel.analytics.inquiry import Inquiry
from graphmodel.analytics.learnt import learn
from graphmodel.analytics.nearby import KEPT, WHOLE_UP_TO
from graphmodel.analytics.plan import Plan
from graphmodel.analytics.reasons import parts_of, reasons_for
from tests.small_map import inquiry_of

SIDE = 34
KINDS, SPREAD = 4, 6
MOVED_WITHIN = 0.001
"""How far what a reason moved may be from what it moves in the whole country."""
AREA_WITHIN = 0.02
"""The same of service areas: how much they tell is counted on what is near."""


def name(row: int, column: int) -> str:
    return f"c{row:02}{column:02}"


def made_country() -> Inquiry:
    """1,156 councils on a grid: four kinds of service that each divide it into rectangles, every
    one with some councils left out; small services over them, a few whose members lie all over
    the country, and provinces."""
    chance = np.random.default_rng(3)
    services: dict[str, list[str]] = {}
    for kind in range(KINDS):
        height, width = chance.integers(2, 5, 2)
        for row in range(0, SIDE, height):
            for column in range(0, SIDE, width):
                inside = [
                    name(one, other)
                    for one in range(row, min(row + height, SIDE))
                    for other in range(column, min(column + width, SIDE))
                    if chance.random() > 0.15
                ]
                services[f"kind{kind}-{row}-{column}"] = inside
    for number in range(150):
        row, column = chance.integers(0, SIDE - 2, 2)
        services[f"small-{number}"] = [name(row, column), name(row + 1, column)]
        services[f"small-{number}"] += [name(row + 1, column + 1)] * (number % 2)
    everyone = [name(row, column) for row in range(SIDE) for column in range(SIDE)]
    for number in range(SPREAD):
        services[f"spread-{number}"] = chance.choice(everyone, 60, replace=False).tolist()
    pairs = [
        (name(row, column), name(row + down, column + 1 - down))
        for row in range(SIDE)
        for column in range(SIDE)
        for down in (0, 1)
        if row + down < SIDE and column + 1 - down < SIDE
    ]
    groupings = {
        f"province-{row}-{column}": [
            name(one, other)
            for one in range(row, min(row + 7, SIDE))
            for other in range(column, min(column + 7, SIDE))
        ]
        for row in range(0, SIDE, 7)
        for column in range(0, SIDE, 7)
    }
    categories = {service: [service.split("-")[0]] for service in services}
    known = arrangements(services, pairs, categories=categories, groupings=groupings)
    inquiry = inquiry_of(services, pairs)
    areas = {service: dict.fromkeys(found, ()) for service, found in categories.items()}
    return replace(inquiry, learnt=learn(known), around=replace(inquiry.around, categories=areas))


def asked(inquiry: Inquiry) -> list[Plan]:
    """Services in the middle, in a corner and at an edge."""
    known = inquiry.learnt.known
    found = []
    for row, column in ((17, 17), (0, 0), (33, 16)):
        at = known.councils.index(name(row, column))
        services = [
            service
            for number, service in enumerate(known.services)
            if at in known.members_of(number) and service.startswith("kind")
        ]
        found.append(inquiry.plan(services[-1]))
    return found


@pytest.mark.slow
def test_reasons_measured_near_are_those_of_the_whole() -> None:
    """Each moved as much, to within a thousandth, and so did each part of the score."""
    country = made_country()
    learnt, around = country.learnt, country.around
    assert len(learnt.known.councils) == SIDE**2 > WHOLE_UP_TO
    held_back: list[float] = []
    moved: list[float] = []
    for plan in asked(country):
        [council] = [one.council for one in find_candidates(country, plan, 0).ranked[1:2]]
        whole = learnt.known.without(learnt.family(sorted(plan.ignored)))
        part = measured_on(learnt, plan, [council])
        assert len(part.councils) == KEPT
        rest = (around, plan.members, plan.categories)
        exact = reasons_for(council, learnt.scorer, whole, *rest)
        close = reasons_for(council, learnt.scorer, part, *rest)
        wanted = {(one.kind, one.text, one.edges): one.moved for one in exact}
        found = {(one.kind, one.text, one.edges): one.moved for one in close}
        assert found == pytest.approx(wanted, abs=MOVED_WITHIN)
        moved += wanted.values()
        exact_parts = parts_of(council, learnt.scorer, whole, *rest)
        parts = parts_of(council, learnt.scorer, part, *rest)
        held_back.append(exact_parts["area"])
        assert parts.pop("area") == pytest.approx(exact_parts.pop("area"), abs=AREA_WITHIN)
        assert parts == pytest.approx(exact_parts, abs=MOVED_WITHIN)
    assert max(moved) > 50 * MOVED_WITHIN
    assert min(held_back) < -5 * AREA_WITHIN
