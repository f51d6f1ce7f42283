"""Which keys come twice and which are there, also where most of them wait on the disk."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.fingerprints import Fingerprints, KeySet

KEYS = st.lists(st.lists(st.tuples(st.integers(0, 40).map(str), st.integers(0, 3).map(str))))


@pytest.mark.parametrize("held", [0, 5, 1_000])
@given(KEYS, KEYS)
def test_they_tell_what_counting_tells(
    held: int, chunks: list[list[tuple[str, str]]], later: list[list[tuple[str, str]]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loaders.fingerprints.HELD_NUMBERS", held)
        prints = Fingerprints()
        known: Counter[tuple[str, str]] = Counter()
        for chunk in (*chunks, *later):
            prints.add(chunk)
            known.update(chunk)
            assert all(key in prints for key in chunk)

    repeated = prints.repeated()
    assert {key for key in known if hash(key) in repeated} == {
        key for key, times in known.items() if times > 1
    }
    assert bool(repeated) == any(times > 1 for times in known.values())
    every = {(str(one), str(other)) for one in range(42) for other in range(4)}
    assert {key for key in every if key in prints} == set(known)


@pytest.mark.parametrize("held", [0, 5, 1_000])
@given(st.lists(st.lists(st.integers(0, 60).map(str))))
def test_ids_are_known_once_they_were_added(held: int, chunks: list[list[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loaders.fingerprints.HELD_KEYS", held)
        patch.setattr("loaders.fingerprints.HELD_NUMBERS", 7)
        ids: KeySet[str] = KeySet()
        for chunk in chunks:
            ids.add(chunk)

    added = {one for chunk in chunks for one in chunk}
    assert {one for one in map(str, range(62)) if one in ids} == added
