"""Writing rows as CSV whose lines end in a line break alone."""

from __future__ import annotations

import csv
from typing import Protocol


class _Text(Protocol):
    def write(self, text: str, /) -> object: ...


class Lines:
    r"""What a writer of CSV writes to, so that every reader sees the rows that were written.

    Told to end lines in a line break alone, the `csv` module of Python before 3.13 leaves
    a carriage return in a cell unquoted, and most readers begin a new row there: what
    follows it in the cell would be the first cell of a row, a formula perhaps.

    Parameters
    ----------
    file : text file
        Where the lines go.

    Examples
    --------
    >>> import sys
    >>> csv.writer(Lines(sys.stdout)).writerows([["source", "rank"], ["page 2\r=1+1", 1]])
    source,rank
    "page 2...=1+1",1
    """

    def __init__(self, file: _Text) -> None:
        self._file = file

    def write(self, row: str) -> None:
        """Write one row, which ends as the `csv` module ends rows unless told otherwise."""
        self._file.write(row.removesuffix(csv.excel.lineterminator) + "\n")
