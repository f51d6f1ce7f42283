"""What the pages show of the program is what it prints."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import graphmodel
from docs.console import PAGES, ROOT, blocks, printed

README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n((?s:.*?))```", README)


LONG = dict.fromkeys(("analytics.md", "candidates.md"), pytest.mark.slow)
"""Pages whose commands count much."""


@pytest.mark.parametrize(
    "page", [pytest.param(page, marks=LONG.get(page.name, ()), id=page.name) for page in PAGES]
)
def test_commands_print_what_is_shown(page: Path, tmp_path: Path) -> None:
    """In order, as the first loads what the others show; ``...`` stands for anything."""
    checker = doctest.OutputChecker()
    shown = list(blocks(page))
    assert len(shown) >= 6
    for block in shown:
        output = printed(block.command, tmp_path, tmp_path)
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        assert checker.check_output(block.shown, output, flags), f"{block.command}:\n{output}"


def test_the_python_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GRAPHMODEL_HOME", str(tmp_path))
    monkeypatch.setenv("NEO4J_URI", "")
    assert len(PYTHON) == 1
    exec(PYTHON[0], {"graphmodel": graphmodel})
    assert "['Angus', 'Dundee City', 'Perth and Kinross']" in capsys.readouterr().out
