"""Taking decisions on names and words, and loading what they set free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graphmodel.errors import GraphmodelError, NotFoundError
from graphmodel.foreign_text import legible
from graphmodel.names import NameIndex, normalised
from graphmodel.store import Store
from graphmodel.store.lookup import known_names, name_index
from graphmodel.survey.lists import lists_of
from loaders.survey.decision_sheet import SAYS_DROP, SAYS_NEW, read_decisions, row_key
from loaders.survey.faults import Fault, FaultyDecisionsError
from loaders.survey.importing import Imported, Office
from loaders.survey.kept import waves_kept
from loaders.survey.questions import DROP, NEW, Question, plain

_MOST_LISTED, _MOST_CHARACTERS = 5, 60
"""Names that a message gives, and characters of each."""
_LABELS = {"activity": ("Service",), "partner": ("Council", "Partner")}


@dataclass
class Decided:
    """What decisions did.

    Attributes
    ----------
    taken : list of (Question, str)
        Each with an id, a word, "new" or "drop".
    imported : Imported
        What was loaded, and what is left to decide.
    gone : int
        How many rows of a file are of something that does not wait, or no longer.

    Examples
    --------
    >>> Decided().taken
    []
    """

    taken: list[tuple[Question, str]] = field(default_factory=list)
    imported: Imported = field(default_factory=Imported)
    gone: int = 0


def open_questions(
    store: Store, wave: str = "", folder: Path | None = None
) -> list[tuple[str, Question]]:
    """What waits for a decision.

    Parameters
    ----------
    store : Store
        An open store.
    wave : str
        Only of this wave.
    folder : Path, optional
        Where surveys are kept.

    Returns
    -------
    list of (str, Question)
        With the wave.

    Raises
    ------
    NotFoundError
        If nothing of that wave was imported.

    Examples
    --------
    >>> open_questions(store, folder=Path("nowhere"))
    []
    """
    kept = waves_kept(folder)
    if wave and wave not in kept:
        raise NotFoundError(
            f"Nothing of the survey {wave!r} was imported.",
            f"There is: {', '.join(kept)}." if kept else "'graphmodel survey import' does it.",
        )
    office = Office(store, folder) if kept else None
    return [
        (each, question)
        for each in kept
        if wave in ("", each) and office is not None
        for question in office.questions(each)
    ]


def decide(
    store: Store,
    name: str,
    meant: str | None,
    *,
    drop: bool = False,
    wave: str = "",
    council: str | None = None,
    folder: Path | None = None,
) -> Decided:
    """Decide what a name or word means, and load the waves concerned anew.

    Parameters
    ----------
    store : Store
        Open, for writing.
    name : str
        As a council wrote it.
    meant : str or None
        Id or name of what is known, or a word of the list; none for something new.
    drop : bool
        Nothing is meant: what was written is to be passed over.
    wave, council : str
        Only there.
    folder : Path, optional
        Where surveys are kept.

    Returns
    -------
    Decided

    Raises
    ------
    NotFoundError
        If nothing of that name waits, or what is meant is not known.

    Examples
    --------
    >>> decide(store, "NHS Tay", "nhs-tayside", folder=Path("nowhere"))
    Traceback (most recent call last):
    ...
    graphmodel.errors.NotFoundError: 'NHS Tay' does not wait for a decision. ...
    """
    waiting = open_questions(store, wave, folder)
    whose = name_index(store, "Council").resolve(council).id if council else None
    asked = [
        (each, question)
        for each, question in waiting
        if plain(question.text) == plain(name) and (whose is None or question.scope in ("", whose))
    ]
    if not asked:
        texts = [question.text for _, question in waiting]
        raise _not_there(
            f"{_quoted(name)} does not wait for a decision.",
            texts,
            "Nothing does.",
        )
    keys = {question.key: DROP if drop else _meant(store, question, meant) for _, question in asked}
    if len(set(keys.values())) > 1:
        raise GraphmodelError(f"{_quoted(name)} waits as several things: give the id with --as.")
    return _take(store, [(each, one, keys[one.key]) for each, one in asked], folder)


def decide_all(store: Store, path: Path, *, wave: str = "", folder: Path | None = None) -> Decided:
    """Take the decisions that a workbook of `loaders.survey.decision_sheet` was filled with.

    Parameters
    ----------
    store : Store
        Open, for writing.
    path : Path
        The workbook, or its sheet as CSV.
    wave : str
        Only of this wave.
    folder : Path, optional
        Where surveys are kept.

    Returns
    -------
    Decided

    Raises
    ------
    FaultyDecisionsError
        If the file cannot be read, or a decision in it is none; nothing is written then.
    NotFoundError
        If nothing of that wave was imported.

    Examples
    --------
    >>> decide_all(store, Path("nowhere.xlsx"), folder=Path("nowhere"))
    Traceback (most recent call last):
    ...
    loaders.survey.faults.FaultyDecisionsError: 1 error in nowhere.xlsx; nothing was decided.
      nowhere.xlsx: found 'a file that cannot be read': ...
    """
    waiting = {row_key(each, one): (each, one) for each, one in open_questions(store, wave, folder)}
    taken: list[tuple[str, Question, str]] = []
    faults: list[Fault] = []
    gone = 0
    for row in read_decisions(path):
        if row.key not in waiting:
            gone += 1
            continue
        each, question = waiting[row.key]
        try:
            taken.append((each, question, _as_written(store, question, row.text)))
        except GraphmodelError as error:
            faults.append(row.fault(path.name, str(error)))
    if faults:
        raise FaultyDecisionsError(faults)
    return replace(_take(store, taken, folder), gone=gone)


def _take(store: Store, taken: Sequence[tuple[str, Question, str]], folder: Path | None) -> Decided:
    """Keep decisions, load each wave concerned once, and look what waits in the others."""
    result = Decided([(question, meant) for _, question, meant in taken])
    concerned = list(dict.fromkeys(each for each, _, _ in taken))
    if taken:
        office = Office(store, folder)
        office.decisions.take({question.key: meant for _, question, meant in taken})
        for each in concerned:
            office.reload(each, result.imported)
    others = [each for each in waves_kept(folder) if each not in concerned]
    if others:
        # Made anew, as what was just loaded is known now.
        office = Office(store, folder)
        result.imported.questions += [one for each in others for one in office.questions(each)]
    return result


def _quoted(name: str) -> str:
    return repr(legible(name, _MOST_CHARACTERS))


def _not_there(what: str, texts: Iterable[str], nothing: str) -> NotFoundError:
    """Say what there is instead."""
    names = [legible(text, _MOST_CHARACTERS) for text in dict.fromkeys(texts)]
    more = [f"and {len(names) - _MOST_LISTED} more"] * (len(names) > _MOST_LISTED)
    listed = "; ".join([*names[:_MOST_LISTED], *more])
    return NotFoundError(what, f"There is: {listed}." if listed else nothing)


def forget(
    store: Store, name: str, *, council: str | None = None, folder: Path | None = None
) -> Decided:
    """Take back what was decided of a name or word, so that it is asked for again.

    Parameters
    ----------
    store : Store
        Open, for writing.
    name : str
        As a council wrote it.
    council : str, optional
        Only what this council wrote.
    folder : Path, optional
        Where surveys are kept.

    Returns
    -------
    Decided

    Raises
    ------
    NotFoundError
        If nothing of that name was decided.

    Examples
    --------
    >>> forget(store, "NHS Tay", folder=Path("nowhere"))
    Traceback (most recent call last):
    ...
    graphmodel.errors.NotFoundError: Nothing was decided of 'NHS Tay'. ...
    """
    whose = name_index(store, "Council").resolve(council).id if council else None
    office = Office(store, folder)
    parts = {key: key.split("|", 2) for key in office.decisions.made}
    keys = [
        key
        for key, (_, scope, text) in parts.items()
        if text == plain(name) and (whose is None or scope in ("", whose))
    ]
    if not keys:
        texts = [text for _, _, text in parts.values()]
        raise _not_there(f"Nothing was decided of {_quoted(name)}.", texts, "Nothing was.")
    office.decisions.forget(keys)
    result = Decided()
    for each in waves_kept(folder):
        office.reload(each, result.imported)
    return result


def _as_written(store: Store, question: Question, text: str) -> str:
    """The decision that a cell holds."""
    if normalised(text) in SAYS_DROP:
        return DROP
    return _meant(store, question, None if normalised(text) in SAYS_NEW else text)


def _meant(store: Store, question: Question, meant: str | None) -> str:
    """The id or word that is decided on."""
    if meant is None:
        return NEW
    for one in question.nearest:
        if meant in (one.id, str(one)) or normalised(meant) == normalised(one.name):
            return one.id
    if question.kind == "word":
        choices = lists_of(store)[question.scope]
        value = choices.find(meant)
        if value is None:
            raise NotFoundError(
                f"{meant!r} is no word of the list.", f"Expected: {'; '.join(choices.shown)}."
            )
        return value
    labels = _LABELS[question.kind]
    return NameIndex(known_names(store, labels)).resolve(meant, labels).id
