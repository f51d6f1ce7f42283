"""Finding questions: those that come with the program, and those of a user's own folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from graphmodel.errors import GraphmodelError, NotFoundError
from graphmodel.foreign_text import legible
from graphmodel.query_catalogue.header import parse_query
from graphmodel.query_catalogue.question import CatalogueQuery

AUDIENCES = {
    "officers": "For council officers",
    "improvement-body": "For an improvement body",
    "analysts": "For analysts",
    "own": "Of your own",
}
"""Folders of the catalogue, and whom they serve."""


def load_catalogue(folder: Path | None = None) -> dict[str, CatalogueQuery]:
    """Read the questions that come with the program, and those of a folder.

    Parameters
    ----------
    folder : Path, optional
        With files of your own, also in folders within.

    Returns
    -------
    dict of str to CatalogueQuery
        By name, sorted.

    Raises
    ------
    GraphmodelError
        If a file of the folder cannot be read, or has the name of another question.

    Examples
    --------
    >>> "services-of-council" in load_catalogue()
    True
    """
    shipped = _shipped()
    if folder is None:
        return dict(shipped)
    return dict(sorted({**shipped, **_of_folder(folder, shipped)}.items()))


@cache
def _shipped() -> dict[str, CatalogueQuery]:
    found = [
        parse_query(_name(file), file.read_text(encoding="utf-8"), audience=group.name)
        for group in files("queries").iterdir()
        if group.name in AUDIENCES
        for file in group.iterdir()
        if file.name.endswith(".cypher")
    ]
    return {query.name: query for query in sorted(found, key=lambda query: query.name)}


def _name(file: Traversable) -> str:
    return file.name.removesuffix(".cypher")


def _of_folder(folder: Path, shipped: dict[str, CatalogueQuery]) -> dict[str, CatalogueQuery]:
    if not folder.is_dir():
        raise GraphmodelError(
            f"There is no folder {legible(str(folder), 500)} with questions (--queries, "
            "GRAPHMODEL_QUERIES)."
        )
    found: dict[str, CatalogueQuery] = {}
    for file in _files(folder):
        shown = legible(str(file), 500)
        if file.stem in shipped:
            raise GraphmodelError(
                f"{shown}: a question of the program has the name {file.stem!r}. Give yours "
                "another name."
            )
        if file.stem in found:
            raise GraphmodelError(f"{shown}: another file of the folder has the same name.")
        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise GraphmodelError(f"{shown}, line {line}: this is not UTF-8 text.") from error
        except OSError as error:
            raise GraphmodelError(f"{shown} cannot be read: {error.strerror}.") from error
        found[file.stem] = parse_query(file.stem, text, file=shown, audience="own")
    return found


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*.cypher")) if file.is_file())


def find_query(name: str, folder: Path | None = None) -> CatalogueQuery:
    """Find a question of the catalogue.

    Parameters
    ----------
    name : str
        Name under which it is asked.
    folder : Path, optional
        With questions of your own.

    Returns
    -------
    CatalogueQuery

    Raises
    ------
    NotFoundError
        If there is none of this name; the message names the nearest.

    Examples
    --------
    >>> find_query("services-of-council").name
    'services-of-council'
    """
    catalogue = load_catalogue(folder)
    if name not in catalogue:
        from rapidfuzz import process

        near = [found[0] for found in process.extract(name[:200], list(catalogue), limit=3)]
        raise NotFoundError(
            f"There is no question {legible(name, 200)!r}. Did you mean {' or '.join(near)}? "
            "'graphmodel query' lists all."
        )
    return catalogue[name]
