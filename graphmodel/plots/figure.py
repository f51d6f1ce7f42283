"""What all pictures have in common: paper, colours that survive a grey printer, saving."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from graphmodel.errors import GraphmodelError

FORMATS = (".svg", ".png", ".pdf")
# Okabe and Ito 2008, "Color Universal Design", in an order in which neighbours differ in grey too.
_COLOURS = ("#56B4E9", "#E69F00", "#F0E442", "#009E73", "#CC79A7", "#0072B2", "#D55E00")
_HATCHES = ("", "///", "...", "xxx")
_DARK = ("#0072B2", "#009E73", "#D55E00")


class Look(NamedTuple):
    """How the members of a group are filled; no two groups look alike in colour or in grey.

    Attributes
    ----------
    colour, hatch : str
        As Matplotlib takes them.
    ink : str
        Colour of text on it.

    Examples
    --------
    >>> Look("#F0E442", "", "black").hatch
    ''
    """

    colour: str
    hatch: str
    ink: str


ALONE = Look("white", "", "black")
"""Of what belongs to no group."""


def look(number: int) -> Look:
    """How a group is filled.

    Parameters
    ----------
    number : int
        Of the group, from 0.

    Returns
    -------
    Look

    Examples
    --------
    >>> look(0) == look(7)
    False
    """
    colour = _COLOURS[number % len(_COLOURS)]
    hatch = _HATCHES[number // len(_COLOURS) % len(_HATCHES)]
    return Look(colour, hatch, "white" if colour in _DARK else "black")


def blank(width: float, height: float, title: str) -> tuple[Figure, Axes]:
    """Make an empty picture.

    Parameters
    ----------
    width, height : float
        In inches.
    title : str
        What stands above it.

    Returns
    -------
    matplotlib.figure.Figure
    matplotlib.axes.Axes

    Examples
    --------
    >>> blank(4, 3, "Ties")[1].get_title(loc="left")
    'Ties'
    """
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=12)
    axes.set_axis_off()
    return figure, axes


def legend(axes: Axes, names: Sequence[str], *, loc: Literal["best", "upper left"]) -> None:
    """Say which group is filled how; each has its number, so that no colour is needed.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Of the picture.
    names : sequence of str
        Of the groups, in the order of their numbers.
    loc : str
        Where, as Matplotlib takes it.

    Examples
    --------
    >>> axes = blank(4, 3, "Ties")[1]
    >>> legend(axes, ["Ayrshire", "Tayside"], loc="best")
    >>> [text.get_text() for text in axes.get_legend().get_texts()]
    ['1  Ayrshire', '2  Tayside']
    """
    handles = [
        Patch(
            facecolor=look(at).colour,
            hatch=look(at).hatch,
            edgecolor="black",
            label=f"{at + 1}  {name}",
        )
        for at, name in enumerate(names)
    ]
    axes.legend(handles=handles, loc=loc, frameon=False, fontsize=9)


def save(figure: Figure, path: Path) -> None:
    """Write a picture to a file; the same picture gives the same file every time.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The picture.
    path : Path
        Its ending says how: svg, png or pdf.

    Raises
    ------
    GraphmodelError
        If the ending is another, or the file cannot be written.

    Examples
    --------
    >>> save(blank(4, 3, "Ties")[0], Path("ties.gif"))
    Traceback (most recent call last):
    ...
    graphmodel.errors.GraphmodelError: ties.gif: a picture is a file in .svg, .png or .pdf.
    """
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise GraphmodelError(f"{path}: a picture is a file in .svg, .png or .pdf.")
    undated: dict[str, Any] = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}, ".png": {}}
    try:
        with mpl.rc_context({"svg.hashsalt": "graphmodel", "svg.fonttype": "none"}):
            figure.savefig(path, dpi=150, metadata=undated[kind])
    except OSError as error:
        raise GraphmodelError(f"{path} cannot be written: {error.strerror}") from error
