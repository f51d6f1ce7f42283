"""The lock file belongs to pyproject.toml, and its check finds what does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.lock import faults

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_lock_is_right() -> None:
    assert faults(LOCK, PROJECT) == []
    assert not re.search(r"https?://|--index|--find-links|@ file|/home/|/root/", LOCK)


@pytest.mark.parametrize(
    ("lock", "project", "said"),
    [
        (LOCK, PROJECT.replace("click>=8.1", "click>=99"), "click>=99 is not in it"),
        (LOCK, PROJECT.replace('"click>=8.1"', '"clack>=8.1"'), "clack>=8.1 is not in it"),
        (LOCK.replace("click==", "click>="), PROJECT, "is not pinned"),
        (LOCK + "leftpad==1.0\n", PROJECT, "without hashes: 'leftpad==1.0'"),
        (LOCK + "--index-url x\n", PROJECT, "not understood"),
        (LOCK.replace("sha256:", "sha256:z", 1), PROJECT, "has a hash that is none"),
    ],
    ids=["newer wanted", "missing", "not pinned", "no hash", "an index", "broken hash"],
)
def test_a_lock_that_does_not_fit_is_found(lock: str, project: str, said: str) -> None:
    assert any(said in fault for fault in faults(lock, project))
