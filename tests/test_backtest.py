"""The scores and the backtest: by hand on small countries, and nothing hidden is seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analytics.arrangements import Arrangements, Matrix, arrangements, border_shares
from graphmodel.analytics.backtest import (
    Answer,
    Fold,
    find_hidden,
    find_leak,
    folds,
    measures,
    sampled,
    summarise,
)
from graphmodel.analytics.blend import Blend
from graphmodel.analytics.calibration import calibrate
from graphmodel.analytics.ease import Ease
from graphmodel.analytics.inverse import SparseInverse
from graphmodel.analytics.rivals import Rivals
from graphmodel.analytics.scores import ByHand, Fitted, Neighbours, Question, Scorer, SharedServices
from graphmodel.reports.backtest import SCORERS

COUNCILS = "abcdefgh"
members_of_services = st.lists(
    st.sets(st.sampled_from(COUNCILS), min_size=1), min_size=2, max_size=8
)
maps = st.sets(st.tuples(st.sampled_from(COUNCILS), st.sampled_from(COUNCILS)), max_size=12)
kinships = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=2)


@st.composite
def countries(draw: st.DrawFn) -> Arrangements:
    members = draw(members_of_services)
    return arrangements(
        {f"s{at}": joined for at, joined in enumerate(members)},
        draw(maps),
        councils=COUNCILS,
        groupings={"region": draw(st.sets(st.sampled_from(COUNCILS)))},
        categories={
            f"s{at}": draw(st.sets(st.sampled_from(["roads", "waste"])))
            for at in range(len(members))
        },
        kin=[(f"s{first}", f"s{second}") for first, second in draw(kinships)],
    )


def asked(known: Arrangements, members: str, *without: int) -> Question:
    return Question(np.array([[council in members for council in known.councils]]), without)


def by_name(known: Arrangements, scores: Matrix) -> dict[str, float]:
    return dict(zip(known.councils, scores[0].round(6).tolist(), strict=True))


def test_simple_scores_by_hand() -> None:
    """Members a and b of roads. c touches b and d: 1 neighbour that takes part, half of its two.
    Beside roads it shares signs with a and b, lamps with b: 3. Its ties: signs (k=3) gives a and
    b 1/2 each, lamps (k=2) gives b 1: 2 of the 2 units that it spends. The region holds a and c:
    half of the members. 0.40 x 1 + 0.35 x 1/2 + 0.25 x 1/2 = 0.7."""
    known = arrangements(
        {"roads": "ab", "signs": "abc", "lamps": "bc"},
        ["ab", "bc", "cd"],
        groupings={"region": "ac"},
    )
    roads = known.services.index("roads")
    question = asked(known, "ab", roads)
    expected: dict[Scorer, float] = {
        Neighbours(): 1,
        Neighbours(share=True): 0.5,
        SharedServices(): 3,
        ByHand(): 0.7,
    }
    for scorer, score in expected.items():
        assert by_name(known, scorer.fit(known).scores(question))["c"] == score


def plain_ease(known: Arrangements, question: Question, model: Ease) -> Matrix:
    """EASE with an inverse of its own: the members asked about are one more row."""
    rows = known.without(question.without).members.toarray()
    rows = np.vstack([rows, question.members.astype(float)])
    side = known.borders.toarray() + np.eye(len(known.councils))
    gram = rows.T @ rows + model.borders * side.T @ side + model.ridge * np.eye(len(side))
    inverse = np.linalg.inv(gram)
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return np.asarray(question.members.astype(float) @ weights)


@settings(max_examples=25)
@given(countries(), st.sampled_from([0.0, 0.5]))
def test_ease_is_what_fitting_each_fold_anew_gives(known: Arrangements, borders: float) -> None:
    model = Ease(2.0, borders)
    fitted = model.fit(known)
    for fold in folds(known, least=2):
        question = asked(
            known, "".join(known.councils[at] for at in fold.shown), *known.family(fold.service)
        )
        shown = question.members[0]
        fast = fitted.scores(question)[0, ~shown]
        assert fast == pytest.approx(plain_ease(known, question, model)[0, ~shown])


@settings(max_examples=15)
@given(countries())
def test_no_score_sees_what_is_hidden(known: Arrangements) -> None:
    for scorer in SCORERS:
        assert find_leak(scorer, known, folds(known, least=2)) is None


@settings(max_examples=25)
@given(countries(), st.sets(st.integers(0, 7)))
def test_whatever_is_hidden_the_answer_is_the_same(
    known: Arrangements, other_members: set[int]
) -> None:
    """The hidden rows filled with anything else: nothing that is learnt changes."""
    family = known.family(0)
    rows = known.members.toarray()
    rows[list(family)] = [[float(at in other_members) for at in range(len(COUNCILS))]]
    changed = replace(known, members=type(known.members)(rows))
    question = asked(known, "ac", *family)
    for scorer in SCORERS:
        before, after = (scorer.fit(one).scores(question) for one in (known, changed))
        assert after == pytest.approx(before, abs=1e-9)


@dataclass(frozen=True)
class Leaking:
    """A score that counts all that a council takes part in, the hidden membership too."""

    name: str = "leaking"

    def fit(self, known: Arrangements) -> Fitted:
        counts = known.members.sum(axis=0)

        class Counting:
            def scores(self, question: Question) -> Matrix:
                return np.tile(counts, (len(question.members), 1))

        return Counting()


def test_the_blend_by_hand() -> None:
    """Roads of a and b, and nothing else on record. Of c's 40 km of border 30 are with b: 3/4, and
    it touches; d does neither."""
    known = arrangements(
        {"roads": "ab"},
        ["ab", "bc", "cd"],
        lengths={("a", "b"): 5.0, ("b", "c"): 30.0, ("c", "d"): 10.0},
        groupings={"region": "bc"},
    )
    question = asked(known, "ab", 0)
    learnt = by_name(known, Blend().model.fit(known).scores(question))
    score = by_name(known, Blend().fit(known).scores(question))
    assert score["c"] - learnt["c"] == pytest.approx(0.05 * 3 / 4 + 0.05, abs=1e-5)
    assert score["d"] == learnt["d"]


def test_neighbourhoods_and_groupings_are_further_arrangements() -> None:
    """Two councils apart, three in a row: with each its own neighbourhood row, c's of 2 neighbours
    by length, 3/4 and 1/4 of 2, itself 4; and the grouping a row of 0.5 squared."""
    known = arrangements(
        {"roads": "ab"},
        ["bc", "cd"],
        lengths={("b", "c"): 30.0, ("c", "d"): 10.0},
        groupings={"region": "ad"},
    )
    rows = np.array(
        [
            [1.0, 1.0, 0.0, 0.0],
            [0.5, 0.0, 0.0, 0.5],
            *(0.1**0.5 * np.array([[4, 0, 0, 0], [0, 4, 1, 0], [0, 1.5, 4, 0.5], [0, 0, 1, 4]])),
        ]
    )
    inverse = np.linalg.inv(rows.T @ rows + 2 * np.eye(4) + np.outer([0, 1, 0, 0], [0, 1, 0, 0]))
    model = Ease(2.0, borders=0.1, own=4.0, by_length=True, groupings=0.25)
    scores = model.fit(known).scores(asked(known, "b"))[0]
    by_hand = -inverse[1] / np.diag(inverse)
    assert scores[[0, 2, 3]] == pytest.approx(by_hand[[0, 2, 3]])


def divided(regions: list[str], kinds: int) -> Arrangements:
    """A row of councils, divided among services of each of some categories."""
    names = "".join(regions)
    services = {
        f"{kind}-{at}": inside for kind in range(kinds) for at, inside in enumerate(regions)
    }
    return arrangements(
        services,
        [names[at : at + 2] for at in range(len(names) - 1)],
        categories={service: [service[0]] for service in services},
    )


def test_who_is_served_already_by_hand() -> None:
    """Five categories divide abc from def. Of each of 8 services but those asked about (2 that are
    left: 0-1, whose category has no other; the other 8 tell) 3 members, 24, none in a rival; 1
    council beside it, 8, all in one. Usual is (0 + 8 + 1) / (24 + 8 + 2)."""
    known = divided(["abc", "def"], 5)
    question = replace(asked(known, "ab", 0), categories=frozenset("0"))
    usual = 9 / 34
    members, rivals = 20 * usual / 44, (8 + 20 * usual) / 28
    weight = np.log(rivals / (1 - rivals)) - np.log(members / (1 - members))
    scores = Rivals().fit(known).scores(question)[0]
    assert scores.tolist() == pytest.approx([0, 0, 0, -weight, -weight, -weight])


def test_a_second_service_of_the_category_is_no_obstacle_where_members_have_one() -> None:
    """Each service has a partner of the same category that shares just one of its members, so that
    members are in rivals as often as those beside them are."""
    services = {f"s{at}": "abcdefgh"[at : at + 2] for at in range(7)}
    known = arrangements(
        services, ["ab", "bc"], councils=COUNCILS, categories={one: ["roads"] for one in services}
    )
    question = replace(asked(known, "ab", 0), categories=frozenset(["roads"]))
    assert not Rivals().fit(known).scores(question).any()


def test_a_border_counts_by_its_length_where_all_are_known() -> None:
    """c's border with d has no length, so each of c's two neighbours counts half."""
    known = arrangements({}, ["ab", "bc", "cd"], lengths={("a", "b"): 5.0, ("b", "c"): 15.0})
    assert border_shares(known).toarray().tolist() == [
        [0.0, 0.25, 0.0, 0.0],
        [1.0, 0.0, 0.5, 0.0],
        [0.0, 0.75, 0.0, 1.0],
        [0.0, 0.0, 0.5, 0.0],
    ]


def test_a_score_that_leaks_is_caught() -> None:
    known = arrangements({"roads": "abc", "waste": "bcd"}, councils="ef")
    assert find_leak(Leaking(), known, folds(known)) == Fold(0, (1, 2), (0,))


def test_parts_are_hidden_with_the_whole() -> None:
    """Signs is a part of roads, lamps of signs: what they say of c must not help to find it."""
    known = arrangements(
        {"roads": "abc", "signs": "abc", "lamps": "abc", "waste": "abd"},
        kin=[("signs", "roads"), ("lamps", "signs")],
    )
    roads = known.services.index("roads")
    assert {known.services[at] for at in known.family(roads)} == {"roads", "signs", "lamps"}
    fold = Fold(roads, (0, 1), (2,))
    assert find_hidden(SharedServices(), known, [fold]).ranks.tolist() == [2]


def test_ranks_by_hand() -> None:
    """A chain a-b-c-d-e with roads of a, b, c. Hide a: b and c have one neighbour among b, c each,
    but are members; a and d touch one member: equal, so a, the smaller id, is first. Hide b: b
    touches two, d one: first. Hide c: c touches b alone, as do no other: first."""
    known = arrangements({"roads": "abc"}, ["ab", "bc", "cd", "de"])
    assert find_hidden(Neighbours(), known, folds(known)).ranks.tolist() == [1, 1, 1]
    mirrored = arrangements({"roads": "cde"}, ["ab", "bc", "cd", "de"])
    assert find_hidden(Neighbours(), mirrored, folds(mirrored)).ranks.tolist() == [1, 1, 2]


def test_hidden_together_are_no_rivals() -> None:
    """Of roads (a to d) a stays; b and c touch it, d does not. b, c and d are looked for apart:
    e touches a too, and stands after b and c only."""
    known = arrangements({"roads": "abcd"}, ["ab", "ac", "ae"])
    fold = Fold(0, (0,), (1, 2, 3))
    assert find_hidden(Neighbours(), known, [fold]).ranks.tolist() == [1, 1, 2]


@given(countries(), st.integers(1, 4), st.integers(0, 3))
def test_each_membership_is_hidden_once(known: Arrangements, hide: int, seed: int) -> None:
    made = folds(known, hide=hide, least=2, seed=seed)
    hidden = [(fold.service, council) for fold in made for council in fold.hidden]
    sizes = known.sizes
    tried = [at for at, size in enumerate(sizes) if size >= max(2, hide + 1)]
    assert sorted(hidden) == [
        (service, council) for service in tried for council in known.members_of(service).tolist()
    ]
    for fold in made:
        assert fold.shown
        assert sorted(fold.shown + fold.hidden) == known.members_of(fold.service).tolist()
    assert made == folds(known, hide=hide, least=2, seed=seed)


def test_a_sample_is_the_same_each_time() -> None:
    made = [Fold(0, (1,), (at,)) for at in range(100)]
    drawn = sampled(made, 10, seed=3)
    assert len(drawn) == 10
    assert drawn == sampled(made, 10, seed=3) != sampled(made, 10, seed=4)
    assert drawn == sorted(drawn, key=lambda fold: fold.hidden)


def test_intervals_are_of_services_not_of_memberships() -> None:
    """Two services, one always right, one never: many memberships make it no surer."""
    values = np.array([[1.0], [0.0]])
    few = summarise(values, np.array([0, 1]))
    many = summarise(np.repeat(values, 500, axis=0), np.repeat([0, 1], 500))
    assert few == many
    assert (few[0].value, few[0].low, few[0].high) == (0.5, 0.0, 1.0)


def test_measures_by_hand() -> None:
    assert measures(np.array([1, 2, 5, 11])).sum(axis=0).round(4).tolist() == [
        1.0,
        2.0,
        3.0,
        3.0,
        1.7909,
    ]


def test_chances_come_true_when_they_are_true() -> None:
    """Right ones drawn by the softmax of three times the scores: each band holds its share."""
    chance = np.random.default_rng(0)
    answers = []
    for service in range(400):
        scores = np.sort(chance.random(8))[::-1]
        odds = np.exp(3 * scores)
        answers.append(Answer(service, scores, int(chance.choice(8, p=odds / odds.sum()))))
    bands = calibrate(answers)
    assert sum(band.candidates for band in bands) == 400 * 8
    for band in bands:
        if band.candidates < 20:
            continue
        assert band.low <= band.said <= band.high
        assert band.came.low - 0.02 <= band.said <= band.came.high + 0.02


@settings(max_examples=25)
@given(countries())
def test_the_inverse_that_is_not_written_out_is_the_same(known: Arrangements) -> None:
    from scipy import sparse

    side = known.borders + sparse.eye_array(len(known.councils))
    base = sparse.csc_array(2 * sparse.eye_array(len(known.councils)) + 0.5 * side.T @ side)
    whole = np.linalg.inv((base + known.members.T @ known.members).toarray())
    parts = SparseInverse(base, known.members)
    assert parts.times(np.eye(len(whole))) == pytest.approx(whole)
    assert parts.diagonal == pytest.approx(whole.diagonal())


@pytest.mark.parametrize("scorer", [Ease(), Ease(borders=1.0), Blend()], ids=["", "map", "all"])
def test_many_councils_are_scored_like_few(scorer: Scorer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A grid of 24 by 24, far wider than what a council counts for reaches: to within 1e-7."""
    chance = np.random.default_rng(1)
    names = [[f"{row:02}{column:02}" for column in range(24)] for row in range(24)]
    flat = [name for row in names for name in row]
    corners = chance.integers(0, 21, (40, 2)).tolist()
    known = arrangements(
        {
            f"s{at}": [names[row + down][column] for down in range(3)]
            + chance.choice(flat, 2).tolist()
            for at, (row, column) in enumerate(corners)
        },
        [
            *((flat[at], flat[at + 1]) for at in range(len(flat) - 1) if (at + 1) % 24),
            *zip(flat, flat[24:], strict=False),
        ],
        groupings={f"g{row}": names[row] for row in range(24)},
        categories={f"s{at}": [str(at % 3)] for at in range(40)},
        kin=[("s0", "s1")],
    )
    made = folds(known)
    questions = [
        Question(known.members[[service]].toarray() > 0, known.family(service))
        for service in range(40)
    ]
    few, fitted = find_hidden(scorer, known, made), scorer.fit(known)
    monkeypatch.setattr("graphmodel.analytics.ease.DENSE_UP_TO", 10)
    assert find_hidden(scorer, known, made).ranks.tolist() == few.ranks.tolist()
    sparse = scorer.fit(known)
    for question in questions:
        expected = fitted.scores(question)
        assert sparse.scores(question) == pytest.approx(expected, rel=0, abs=1e-7)
