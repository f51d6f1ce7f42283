"""Which waves there are to compare, and which councils were asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphmodel.cli import main
from graphmodel.store.embedded import EmbeddedStore
from tests.packages import country
from tests.surveys import Workbook

Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    with EmbeddedStore(folder) as store:
        country().load(store)
    return folder


@pytest.fixture
def run(home: Path) -> Run:
    """Run a command of the survey on a store of its own."""

    def runner(*words: str | Path) -> Result:
        runner = CliRunner(env={"GRAPHMODEL_HOME": str(home), "NEO4J_URI": ""})
        return runner.invoke(main, ["survey", *map(str, words)], prog_name="graphmodel")

    return runner


def returned(run: Run, folder: Path, wave: str, *councils: str) -> None:
    """Import what these councils answer."""
    for council in councils:
        assert (
            run("export", "--wave", wave, "--council", council, "--folder", folder).exit_code == 0
        )
    for path in sorted(folder.glob(f"survey-{wave}-*.xlsx")):
        assert run("import", Workbook(path).answered().answer_all().save()).exit_code == 0


@pytest.mark.parametrize("words", [(), ("--tables",)])
def test_who_has_no_two_waves_is_told_what_there_is(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    result = run("compare", "2020", "2027", *words)
    assert result.exit_code == 1
    assert "none is loaded" in result.stderr
    assert "only what the 2020 report published" in result.stderr
    assert "survey import FOLDER" in result.stderr
    returned(run, tmp_path / "out", "2027", "Ardshire")
    result = run("compare", "2020", "2027", *words)
    assert result.exit_code == 1
    assert "only 2027 is loaded" in result.stderr
    assert "survey import FOLDER" in result.stderr
