"""What README.md shows is what the program prints."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import graphmodel
from graphmodel.cli import main

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ (.*)\n((?s:.*?))```", README)
PYTHON = re.findall(r"```python\n((?s:.*?))```", README)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the README's commands keep their store, one after the other."""
    return {"GRAPHMODEL_HOME": str(tmp_path_factory.mktemp("readme")), "NEO4J_URI": ""}


def test_commands_print_what_is_shown(home: dict[str, str]) -> None:
    """In order, as the first loads what the others show; ``...`` stands for anything."""
    assert len(CONSOLE) >= 6
    checker = doctest.OutputChecker()
    for command, shown in CONSOLE:
        words = shlex.split(command)[1:]
        result = CliRunner(env=home).invoke(main, words, prog_name="graphmodel")
        printed = "\n".join(line.rstrip() for line in result.output.splitlines()) + "\n"
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        assert checker.check_output(shown, printed, flags), f"{command} prints:\n{printed}"


def test_the_python_example_runs(
    home: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in home.items():
        monkeypatch.setenv(name, value)
    assert len(PYTHON) == 1
    exec(PYTHON[0], {"graphmodel": graphmodel})
    assert "['Angus', 'Dundee City', 'Perth and Kinross']" in capsys.readouterr().out
