"""Finding the form's sheets in what came back, by their column headers.

Tabs may be renamed, columns moved or added, and the form may be an older one: what
counts is which declared headers stand in one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from graphmodel.names import normalised
from graphmodel.survey.form import ABOUT, FORMS, LISTS
from graphmodel.survey.layout import required_mark
from graphmodel.survey.parts import Field, Sheet
from loaders.survey.annotating import is_ours
from loaders.survey.faults import Fault
from loaders.survey.opening import Cell, Grid, coordinate

LOOKED_AT = 60
"""Rows among which the headers are looked for."""
NEAR = 88
"""Least likeness, of 100, at which an altered header still counts."""
_LEAST = 3
_COVER_LEAST = 2


@dataclass
class Found:
    """A sheet of the form as it was found.

    Attributes
    ----------
    grid : Grid
        Where.
    sheet : Sheet
        Which, as declared.
    version : str
        Of the form.
    header : int
        Row of its headers.
    columns : dict of str to int
        By key of the field.

    Examples
    --------
    >>> Found(Grid("Savings"), FORMS["2"].sheet("savings"), "2", 5, {"amount": 2}).columns
    {'amount': 2}
    """

    grid: Grid
    sheet: Sheet
    version: str
    header: int
    columns: Mapping[str, int]

    def rows(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """The rows below the headers that hold anything, by key of the field.

        Examples
        --------
        >>> grid = Grid("Savings", {6: {2: Cell(100)}})
        >>> found = Found(grid, FORMS["2"].sheet("savings"), "2", 5, {"amount": 2})
        >>> [(number, row["amount"].text) for number, row in found.rows()]
        [(6, '100')]
        """
        for number in sorted(self.grid.rows):
            if number > self.header:
                row = {key: self.grid.at(number, at) for key, at in self.columns.items()}
                if any(row.values()):
                    yield number, row

    def place(self, key: str, row: int) -> str:
        """A cell as spreadsheets call it; of a column that is missing, the row.

        Parameters
        ----------
        key : str
        row : int

        Returns
        -------
        str

        Examples
        --------
        >>> found = Found(Grid("x"), FORMS["2"].sheet("savings"), "2", 5, {"amount": 2})
        >>> found.place("amount", 7), found.place("basis", 7)
        ('B7', 'A7')
        """
        return coordinate(row, self.columns.get(key, 1))


@dataclass
class Recognised:
    """What was found in a file.

    Attributes
    ----------
    sheets : list of Found
        In the order of the file.
    cover : dict of str to (Grid, int, int)
        Where each line of the cover has its answer, by key.
    about : dict of str to str
        What the hidden sheet says.
    asked : dict of str to str
        Names of the activities that were asked for, by id.
    warnings : list of Fault
        What was not recognised.

    Examples
    --------
    >>> Recognised().version
    '2'
    """

    sheets: list[Found] = field(default_factory=list)
    cover: dict[str, tuple[Grid, int, int]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    warnings: list[Fault] = field(default_factory=list)

    @property
    def version(self) -> str:
        """Of the form: as it says itself, else by what most sheets look like.

        Examples
        --------
        >>> Recognised(about={"form version": "1"}).version
        '1'
        """
        said = self.about.get("form version", "")
        if said in FORMS:
            return said
        seen = [found.version for found in self.sheets]
        return max(seen, key=seen.count, default=max(FORMS))

    def has(self, key: str) -> bool:
        """Whether a sheet of the form is there.

        Parameters
        ----------
        key : str

        Examples
        --------
        >>> Recognised().has("known")
        False
        """
        return any(one.sheet.key == key for one in self.sheets)


def recognise(grids: list[Grid], file: str) -> Recognised:
    """Find the sheets of the form in a file.

    Parameters
    ----------
    grids : list of Grid
        Its sheets.
    file : str
        What messages call it.

    Returns
    -------
    Recognised

    Examples
    --------
    >>> headers = {1: Cell("Amount saved"), 2: Cell("STATUS"), 3: Cell("Shared service")}
    >>> found = recognise([Grid("Sheet1", {3: headers})], "angus.xlsx")
    >>> [(one.sheet.key, one.version, one.columns["amount"]) for one in found.sheets]
    [('savings', '1', 1)]
    """
    found = Recognised()
    for grid in grids:
        if _is_lists(grid) or is_ours(grid):
            continue
        if _is_about(grid):
            _read_about(grid, found)
        elif (sheet := _sheet(grid)) is not None:
            found.sheets.append(sheet)
            found.warnings += _unknown_columns(sheet, file)
        elif lines := _cover(grid):
            found.cover.update(lines)
        elif grid.rows:
            found.warnings.append(
                Fault(
                    file,
                    grid.title,
                    "",
                    "headers of no sheet of the form",
                    "the header row of one of the form's sheets",
                    "This sheet was not read.",
                    is_error=False,
                )
            )
    return found


def _is_about(grid: Grid) -> bool:
    return grid.title == ABOUT or grid.at(1, 1).text == "form version"


def _is_lists(grid: Grid) -> bool:
    return grid.title == LISTS or {"role", "category"} <= {
        cell.text for cell in grid.rows.get(1, {}).values()
    }


def _read_about(grid: Grid, found: Recognised) -> None:
    into = found.about
    for number in sorted(grid.rows):
        key, value = grid.at(number, 1).text, grid.at(number, 2).text
        if key == "asked":
            into = found.asked
        elif key:
            into[key] = value


def _sheet(grid: Grid) -> Found | None:
    """The sheet of whatever version that fits best, if one fits."""
    best: tuple[tuple[int, float, str], Found] | None = None
    for number in sorted(grid.rows)[:LOOKED_AT]:
        texts = {
            at: key
            for at, cell in grid.rows[number].items()
            if (key := normalised(required_mark(cell.text)[:200]))
        }
        if len(texts) < _LEAST:
            continue
        for form in FORMS.values():
            for sheet in form.sheets:
                columns = _columns(texts, sheet)
                if len(columns) >= _LEAST and sheet.fields[0].key in columns:
                    score = (len(columns), len(columns) / len(sheet.fields), form.version)
                    if best is None or score > best[0]:
                        best = score, Found(grid, sheet, form.version, number, columns)
    return best[1] if best else None


def _columns(texts: Mapping[int, str], sheet: Sheet) -> dict[str, int]:
    """Where each field stands: by its header, or by one that is very much like it."""
    wanted = _headers(sheet)
    columns: dict[str, int] = {}
    for at, text in sorted(texts.items()):
        if text in wanted:
            columns.setdefault(wanted[text], at)
    if len(columns) >= _LEAST:
        _add_near(columns, texts, wanted)
    return columns


@cache
def _headers(sheet: Sheet) -> Mapping[str, str]:
    """Keys of the fields by normalised header."""
    return {normalised(one.header): one.key for one in sheet.fields}


def _add_near(columns: dict[str, int], texts: Mapping[int, str], wanted: Mapping[str, str]) -> None:
    from rapidfuzz import fuzz

    for header, key in wanted.items():
        free = [at for at in texts if at not in columns.values()]
        scored = [(fuzz.ratio(texts[at], header), -at) for at in free]
        if key not in columns and scored and max(scored)[0] >= NEAR:
            columns[key] = -max(scored)[1]


def _cover(grid: Grid) -> dict[str, tuple[Grid, int, int]]:
    """The lines of the cover: what stands right of each label."""
    best: dict[str, tuple[Grid, int, int]] = {}
    for form in FORMS.values():
        lines = {normalised(one.header): one.key for one in (*form.cover, *_FACTS)}
        found = _labelled(grid, lines)
        if len(found) > len(best):
            best = found
    return best if len(best) >= _COVER_LEAST else {}


_FACTS = (Field("council", "Council"), Field("wave", "Wave"))


def _labelled(grid: Grid, lines: Mapping[str, str]) -> dict[str, tuple[Grid, int, int]]:
    found: dict[str, tuple[Grid, int, int]] = {}
    for number in sorted(grid.rows)[:LOOKED_AT]:
        for at in sorted(grid.rows[number]):
            key = lines.get(normalised(required_mark(grid.at(number, at).text)[:200]))
            if key and key not in found:
                right = [other for other in sorted(grid.rows[number]) if other > at]
                found[key] = (grid, number, right[0] if right else at + 1)
    return found


def _unknown_columns(found: Found, file: str) -> list[Fault]:
    """Columns that somebody added: told, and not read."""
    known = set(found.columns.values())
    return [
        Fault(
            file,
            found.grid.title,
            coordinate(found.header, at),
            cell.text,
            "a column of the form",
            "What stands below it was not read.",
            is_error=False,
        )
        for at, cell in sorted(found.grid.rows[found.header].items())
        if at not in known and cell.text
    ]
