"""Printing answers of any length."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from graphmodel.cli.options import tell
from graphmodel.errors import GraphmodelError

if TYPE_CHECKING:
    from graphmodel.reports.streamed import Answer


def print_answer(answer: Answer, how: Any, output: Path | None, limit: int | None) -> None:
    """Print an answer row by row, or write it to a file, whole or not at all."""
    from graphmodel.reports.streamed import write_answer

    with _result_file(output) as file:
        notes = write_answer(answer, how, file, limit)
    tell(notes)


@contextmanager
def _result_file(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        # What is no plain file, such as a pipe, cannot be put in place of another.
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8") as file:
                yield file
            return
        with _replacing(path.resolve()) as file:
            yield file
    except OSError as error:
        raise GraphmodelError(f"{path} cannot be written: {error.strerror}") from error


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """A file beside the one that is asked for, which takes its place once it is complete."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            yield file
        beside.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
