"""One row of a sheet while it is read: each cell's value, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from graphmodel.foreign_text import legible
from graphmodel.names import normalised
from loaders.survey.annotating import without_ours
from loaders.survey.context import Context
from loaders.survey.faults import Fault
from loaders.survey.filled import Filled
from loaders.survey.opening import Cell
from loaders.survey.questions import DROP, NEW, Candidate, Question
from loaders.survey.recognise import Found
from loaders.survey.values import AMOUNT, DATE, PERIOD, read_amount, read_date, read_period

Value = TypeVar("Value")
_MOST_LISTED = 12
"""Words of a list that a message names."""
_LEADING = re.compile(
    r"(?P<word>yes|no)\b[\s,;:.\u2013\u2014-]*(?P<rest>.*)", re.DOTALL | re.IGNORECASE
)


class Row:
    """A row of a sheet.

    Parameters
    ----------
    found : Found
        The sheet.
    number : int
        Of the row.
    cells : mapping of str to Cell
        By key of the field.
    filled : Filled
        Gains what is wrong and what is to be decided.
    context : Context

    Examples
    --------
    >>> from graphmodel.names import NameIndex
    >>> from graphmodel.survey.form import FORMS
    >>> from loaders.survey.opening import Grid
    >>> from loaders.survey.questions import Decisions
    >>> found = Found(Grid("Sheet3"), FORMS["2"].sheet("savings"), "2", 5, {"amount": 2})
    >>> context = Context({}, NameIndex([]), Decisions(None))
    >>> row = Row(found, 7, {"amount": Cell("lots")}, Filled("angus.xlsx"), context)
    >>> row.amount("amount") is None, row.place
    (True, 'Savings, row 7')
    """

    def __init__(
        self,
        found: Found,
        number: int,
        cells: Mapping[str, Cell],
        filled: Filled,
        context: Context,
    ) -> None:
        self._found = found
        self._cells = cells
        self._filled = filled
        self._context = context
        self.number = number

    @property
    def place(self) -> str:
        """Where it stands, for citing: the sheet as the form calls it, and the row."""
        return f"{self._found.sheet.title}, row {self.number}"

    @property
    def texts(self) -> list[str]:
        """What stands in the cells of the row that are filled."""
        return [cell.text for cell in self._cells.values() if cell]

    def text(self, key: str) -> str:
        """The text of a cell; of a formula what it came to.

        Parameters
        ----------
        key : str
        """
        cell = self._cells.get(key, Cell())
        if cell.formula and cell.value is None:
            self.fault(
                key, "a formula without a result, or an error", "a value", "Type the value itself."
            )
            return ""
        return legible(cell.text)

    def name(self, key: str) -> str:
        """The text of a cell on one line.

        Parameters
        ----------
        key : str
        """
        return re.sub(r"\s+", " ", self.text(key))

    def date(self, key: str) -> str | None:
        """A partial date, or a fault.

        Parameters
        ----------
        key : str
        """
        return self._read(key, read_date, DATE)

    def period(self, key: str) -> str | None:
        """A financial year or a date, or a fault.

        Parameters
        ----------
        key : str
        """
        return self._read(key, read_period, PERIOD)

    def amount(self, key: str) -> float | None:
        """An amount, or a fault.

        Parameters
        ----------
        key : str
        """
        return self._read(key, read_amount, AMOUNT)

    def _read(self, key: str, read: Callable[[Cell], Value], expected: str) -> Value | None:
        if not self.text(key):
            return None
        try:
            value = read(self._cells[key])
        except ValueError as error:
            self.fault(key, self._cells[key].text, expected, str(error))
            return None
        shown = self._cells[key].text
        if isinstance(value, str) and shown != value and shown[:10] != value:
            self.warn(key, shown, expected, f"It was read as {value}.")
        elif isinstance(value, float) and re.search("[a-z]", shown.casefold()):
            self.warn(key, shown, expected, f"It was read as {value:.0f}.")
        return value

    def word(self, key: str, choices: str) -> str | None:
        """A word of a closed list, or a question.

        Parameters
        ----------
        key, choices : str
            Of the field, and of the list.
        """
        text = self.name(key)
        if not text:
            return None
        words = self._context.lists[choices]
        value = words.find(text)
        if value is None and choices == "operational":
            value = self._leading(key, text)
        if value is not None:
            return value
        decided = self._context.decisions.of("word", choices, text)
        if decided is not None:
            return None if decided in (NEW, DROP) else decided
        near = tuple(Candidate(words.shown[one], one) for one in words.nearest(text))
        self.ask(Question("word", choices, text, "", self.place, near))
        advice = f"Did you mean {' or '.join(one.name for one in near)}?" if near else ""
        listed = list(words.shown)
        if len(listed) > _MOST_LISTED:
            listed = [*listed[:3], f"{len(listed) - 3} more"]
        expected = f"one of the list: {'; '.join(listed)}"
        self.warn(key, text, expected, f"{advice} It waits for a decision.".strip())
        return None

    def says_nothing(self, key: str, choices: str) -> bool:
        """Whether a cell is empty, or nothing is meant by what stands there.

        Parameters
        ----------
        key, choices : str
            As for `word`.
        """
        text = self.name(key)
        return not text or self._context.decisions.of("word", choices, text) == DROP

    def _leading(self, key: str, text: str) -> str | None:
        """An answer that begins with yes or no, and goes on."""
        found = _LEADING.fullmatch(text)
        if found is None:
            return None
        if normalised(found["rest"]) in ("yes", "no", "or no", "or yes"):
            return None
        value = "no" if found["word"].casefold() == "no" else "changed"
        if value == "no" and normalised(found["rest"]).startswith(("change", "longer led")):
            return None
        if value == "no" and normalised(found["rest"]).startswith(("we have left", "we left")):
            value = "left"
        shown = self._context.lists["operational"].label(value)
        self.warn(key, text, "one of the list", f"It was read as {shown}.")
        return value

    def ask(self, question: Question) -> None:
        """Put a question to whoever imports.

        Parameters
        ----------
        question : Question
        """
        self._filled.questions.append(question)

    def fault(self, key: str, found: str | None, expected: str, advice: str = "") -> None:
        """Tell of an error.

        Parameters
        ----------
        key, found, expected, advice : str
            Of the field; the rest as for `Fault`.
        """
        self._tell(key, found, expected, advice, is_error=True)

    def warn(self, key: str, found: str | None, expected: str, advice: str = "") -> None:
        """Tell of what was taken all the same.

        Parameters
        ----------
        key, found, expected, advice : str
            As for `fault`.
        """
        self._tell(key, found, expected, advice, is_error=False)

    def warn_blank(self, key: str, expected: str) -> None:
        """Tell of a cell that was left blank, with what somebody wrote beside it instead.

        Parameters
        ----------
        key, expected : str
            As for `fault`.
        """
        beside = without_ours(self._cells[key].comment) if key in self._cells else ""
        advice = "It is in a comment, which is no answer. " if beside else ""
        self.warn(key, beside or None, expected, f"{advice}Please ask again.")

    def _tell(
        self, key: str, found: str | None, expected: str, advice: str, *, is_error: bool
    ) -> None:
        cell = self._found.place(key, self.number)
        title = self._found.grid.title
        fault = Fault(self._filled.file, title, cell, found, expected, advice, is_error)
        if fault not in self._filled.faults:
            self._filled.faults.append(fault)

    def require(self, key: str) -> bool:
        """Tell whether a cell that the row needs is filled, and of an error if not.

        Parameters
        ----------
        key : str
        """
        if self.text(key):
            return True
        header = next(one.header for one in self._found.sheet.fields if one.key == key)
        if key not in self._found.columns:
            self.fault(key, None, f"the column {header}", "Put it back, as on the form.")
        elif not self._cells[key].formula:
            self.fault(key, None, header.casefold(), "Fill it, or empty the whole row.")
        return False
