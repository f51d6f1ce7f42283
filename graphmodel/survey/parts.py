"""What a form is made of: fields, sheets, versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

What = Literal["text", "choice", "date", "period", "amount", "names", "reference"]
"""What may stand in a cell; `names` are several, divided by semicolons."""

REQUIRED = " (required)"
"""End of the header of what must be filled: said in words, not by colour alone."""


@dataclass(frozen=True)
class Field:
    """One column of a sheet, or one line of the cover.

    Attributes
    ----------
    key : str
        What it is called in the program.
    header : str
        As printed, without the mark that it is required.
    what : str
        What may stand there.
    choices : str
        The closed list that it draws on, by name; see `graphmodel.survey.lists`.
    required : bool
        Whether it must be filled where its row is.
    locked : bool
        Whether it is ours to fill.
    width : int
        Of the column, in characters.
    prompt : str
        Shown when the cell is entered.

    Examples
    --------
    >>> Field("name", "Activity", required=True).printed
    'Activity (required)'
    """

    key: str
    header: str
    what: What = "text"
    choices: str = ""
    required: bool = False
    locked: bool = False
    width: int = 20
    prompt: str = ""

    @property
    def printed(self) -> str:
        """The header as it stands on the form: what is required says so in words.

        Examples
        --------
        >>> Field("note", "Note").printed
        'Note'
        """
        return self.header + REQUIRED * self.required


@dataclass(frozen=True)
class Sheet:
    """A sheet of the form.

    Attributes
    ----------
    key, title : str
        What it is called in the program, and on its tab.
    heading : str
        What stands above it.
    lines : tuple of str
        What is to be done there; at most three lines.
    fields : tuple of Field
        Its columns, in order.
    blank : int
        Empty rows that it has to be filled.

    Examples
    --------
    >>> from graphmodel.survey.form import FORMS
    >>> FORMS["2"].sheet("savings").title
    'Savings'
    """

    key: str
    title: str
    heading: str
    lines: tuple[str, ...]
    fields: tuple[Field, ...]
    blank: int = 0


@dataclass(frozen=True)
class Form:
    """A version of the form.

    Attributes
    ----------
    version : str
    cover : tuple of Field
        The lines of the cover that are to be filled.
    sheets : tuple of Sheet

    Examples
    --------
    >>> from graphmodel.survey.form import FORMS
    >>> [sheet.key for sheet in FORMS["1"].sheets]
    ['known', 'new', 'partners', 'findings', 'savings']
    """

    version: str
    cover: tuple[Field, ...]
    sheets: tuple[Sheet, ...]

    def sheet(self, key: str) -> Sheet:
        """A sheet by its key.

        Parameters
        ----------
        key : str

        Returns
        -------
        Sheet

        Examples
        --------
        >>> from graphmodel.survey.form import FORMS
        >>> FORMS["1"].sheet("known").title
        'Existing services'
        """
        return next(sheet for sheet in self.sheets if sheet.key == key)
