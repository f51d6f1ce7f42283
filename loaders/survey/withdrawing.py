"""Taking back what a council has sent."""

from __future__ import annotations

from pathlib import Path

from graphmodel.errors import NotFoundError
from graphmodel.foreign_text import legible
from graphmodel.store import Store
from graphmodel.store.lookup import name_index
from loaders.survey.kept import Wave, waves_kept
from loaders.survey.office import Imported, Office

_MOST_LISTED = 5


def withdraw(
    store: Store,
    document: str = "",
    *,
    council: str = "",
    wave: str = "",
    folder: Path | None = None,
) -> Imported:
    """Take a return back, or all of a council to a wave.

    Its file stays where returns are kept, marked as withdrawn; what it states goes.

    Parameters
    ----------
    store : Store
        Open, for writing.
    document : str
        Id of the return, such as ``survey-2027-angus``.
    council, wave : str
        Whose returns, and of which survey, instead.
    folder : Path, optional
        Where surveys are kept.

    Returns
    -------
    Imported

    Raises
    ------
    NotFoundError
        If there is no such return.

    Examples
    --------
    >>> withdraw(store, "survey-2027-angus", folder=Path("nowhere"))
    Traceback (most recent call last):
    ...
    graphmodel.errors.NotFoundError: 'survey-2027-angus' is no return that was imported. ...
    """
    kept = [Wave(each, folder) for each in waves_kept(folder)]
    if document:
        whose, wanted = "", document.strip()
        what = f"{legible(document, 80)!r} is no return that was imported."
    else:
        named = name_index(store, "Council").resolve(council)
        whose, wanted = named.id, ""
        what = f"{named.name} has no return to the survey of {legible(wave, 20)!r}."
    found = {
        one.wave: [
            each.document
            for each in one.files.values()
            if each.document == wanted or (each.council == whose and one.wave == wave)
        ]
        for one in kept
    }
    result = Imported()
    for one in kept:
        # What was withdrawn before is so again only where nothing else stands.
        documents = [each for each in found[one.wave] if each in one.standing] or found[one.wave]
        if documents:
            Office(store, folder).withdraw(one.wave, documents, result)
            return result
    standing = [each for one in kept for each in one.standing]
    listed = "; ".join(standing[:_MOST_LISTED]) + "; …" * (len(standing) > _MOST_LISTED)
    raise NotFoundError(what, f"There is: {listed}." if listed else "None stands.")
