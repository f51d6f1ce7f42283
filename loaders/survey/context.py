"""What reading a return draws on, and telling whose return a file is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graphmodel.errors import GraphmodelError
from graphmodel.names import NameIndex
from graphmodel.survey.lists import Choices
from loaders.survey.faults import Fault
from loaders.survey.filled import Filled
from loaders.survey.opening import coordinate
from loaders.survey.questions import Decisions
from loaders.survey.recognise import Recognised

_FILE_NAME = re.compile(r"survey-(?P<wave>\d{4})-(?P<council>[a-z]+(?:-[a-z]+)*)\b.*", re.I)
_WAVE = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Context:
    """What reading draws on.

    Attributes
    ----------
    lists : mapping of str to Choices
        The closed lists.
    councils : NameIndex
        Of the councils.
    decisions : Decisions
        What was decided before.
    services : NameIndex
        Of the services that are known.
    council, wave : str
        As the user said, for files that do not say so themselves.

    Examples
    --------
    >>> Context({}, NameIndex([]), Decisions(None)).wave
    ''
    """

    lists: Mapping[str, Choices]
    councils: NameIndex
    decisions: Decisions
    services: NameIndex = field(default_factory=lambda: NameIndex([]))
    council: str = ""
    wave: str = ""


def tell_whose(filled: Filled, found: Recognised, context: Context, path: Path) -> bool:
    """Find out of which council and wave a file is; an error where that cannot be told.

    The user's word comes first, then the hidden sheet, the references of the rows, the
    cover, and the file's name.

    Parameters
    ----------
    filled : Filled
        Gains council, wave and version, or a fault.
    found : Recognised
        Its sheets.
    context : Context
    path : Path
        Of the file.

    Returns
    -------
    bool
        Whether both are known.

    Examples
    --------
    >>> filled = Filled("answers.csv")
    >>> context = Context({}, NameIndex([]), Decisions(None))
    >>> tell_whose(filled, Recognised(), context, Path("answers.csv"))
    False
    >>> [fault.expected for fault in filled.faults]
    ['the name of a council on the cover', 'the year of the survey on the cover']
    """
    cover = {key: grid.at(row, at).text for key, (grid, row, at) in found.cover.items()}
    named = _FILE_NAME.fullmatch(path.stem)
    by_name = (named["wave"], named["council"].replace("-", " ")) if named else ("", "")
    wave, council = _most_rows(found)
    filled.version, filled.made = found.version, found.about.get("purpose") == "trial"
    said = found.about.get("wave", ""), cover.get("wave", "")
    waves = (context.wave, said[0], wave, said[1], by_name[0])
    filled.wave = next((one for one in waves if _WAVE.fullmatch(one)), "")
    if context.council:
        filled.council = context.councils.resolve(context.council, ["Council"]).id
    texts = (found.about.get("council id", ""), council, cover.get("council", ""), by_name[1])
    for text in texts:
        if text and not filled.council:
            filled.council = _resolved(text, context.councils)
    on_cover = _resolved(cover.get("council", ""), context.councils)
    if on_cover and filled.council not in ("", on_cover) and not context.council:
        _two_councils(filled, found)
    for value, what, said_on, advice in (
        (filled.council, "the name of a council", cover.get("council"), "--council NAME says it."),
        (filled.wave, "the year of the survey", cover.get("wave"), "--wave YEAR says it."),
    ):
        if not value:
            filled.faults.append(
                Fault(filled.file, "", "", said_on or None, f"{what} on the cover", advice)
            )
    return bool(filled.council and filled.wave)


def _two_councils(filled: Filled, found: Recognised) -> None:
    """Refuse a form that went to one council and whose cover names another."""
    grid, row, at = found.cover["council"]
    place = (grid.title, coordinate(row, at), grid.at(row, at).text)
    expected = f"the council that the form went to, {filled.council}"
    filled.faults.append(Fault(filled.file, *place, expected, "--council NAME says whose it is."))


def _resolved(text: str, councils: NameIndex) -> str:
    try:
        return councils.resolve(text, ["Council"]).id
    except GraphmodelError:
        return ""


def _most_rows(found: Recognised) -> tuple[str, str]:
    """Wave and council in the references of most rows."""
    seen: Counter[tuple[str, str]] = Counter()
    for sheet in found.sheets:
        for _, row in sheet.rows():
            parts = row["reference"].text.split("/") if "reference" in row else []
            if len(parts) == 3:
                seen[parts[0], parts[1]] += 1
    return seen.most_common(1)[0][0] if seen else ("", "")
