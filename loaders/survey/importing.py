"""Taking in what councils send: read, keep, match, load."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graphmodel.errors import GraphmodelError
from graphmodel.names import NameIndex, slug
from graphmodel.store import Store
from graphmodel.store.lookup import known_names, names_of_others
from graphmodel.survey.evidence import Known
from graphmodel.survey.lists import lists_of
from loaders.datapackage import read_package
from loaders.pipeline import load_package
from loaders.report import LoadReport
from loaders.survey.context import Context
from loaders.survey.faults import Fault, FaultyReturnsError
from loaders.survey.filled import Filled
from loaders.survey.kept import KeptFile, Wave, surveys_folder, waves_kept
from loaders.survey.package import Books, tables_of
from loaders.survey.questions import Decisions, Question
from loaders.survey.reading import read_return
from loaders.survey.settling import settle

SUFFIXES = frozenset({".xlsx", ".xlsm", ".csv", ".xls", ".ods"})
"""Of what may be answers; the last two are refused with advice rather than passed over."""
_KNOWN = """
MATCH (s:Service) WHERE any(one IN s.datasets WHERE NOT one IN $later)
OPTIONAL MATCH (x:Council|Partner)-[r:PARTICIPATES_IN]->(s)
WHERE any(one IN r.datasets WHERE NOT one IN $later)
WITH s, collect(DISTINCT x.id) AS members
OPTIONAL MATCH (s)-[:IN_CATEGORY]->(a:Category)
RETURN s.id AS id, s.name AS name, s.aliases AS aliases, s.start AS start, members,
       min(a.id) AS category ORDER BY id
"""
"""What is known without a survey and those after it, so that these never change its answers."""


@dataclass
class Imported:
    """What an import did.

    Attributes
    ----------
    loads : list of LoadReport
        One a wave.
    taken : list of (str, str)
        Document and file that are new.
    same : list of (str, str)
        Document and file whose answers were there already.
    left_out : list of str
        Files with errors, where others were to be loaded.
    faults : list of Fault
        Warnings, and the errors of what was left out.
    questions : list of Question
        What waits for a decision, of the waves concerned.

    Examples
    --------
    >>> Imported().questions
    []
    """

    loads: list[LoadReport] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Files to import; of a folder those that may be answers.

    Parameters
    ----------
    paths : iterable of Path

    Returns
    -------
    list of Path

    Raises
    ------
    GraphmodelError
        If there is none.

    Examples
    --------
    >>> files_of([Path("nowhere")])
    Traceback (most recent call last):
    ...
    graphmodel.errors.GraphmodelError: nowhere does not exist.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            there = sorted(
                one
                for one in path.iterdir()
                if one.suffix.lower() in SUFFIXES and not one.name.startswith((".", "~"))
            )
            if not there:
                raise GraphmodelError(f"There is no .xlsx or .csv file in {path}.")
            found += there
        elif path.exists():
            found.append(path)
        else:
            raise GraphmodelError(f"{path} does not exist.")
    return list(dict.fromkeys(found))


def import_returns(
    store: Store,
    paths: Sequence[Path],
    *,
    council: str = "",
    wave: str = "",
    skip_faulty: bool = False,
    folder: Path | None = None,
) -> Imported:
    """Read files that councils sent, keep them, and load the waves that they belong to.

    Parameters
    ----------
    store : Store
        Open, for writing.
    paths : sequence of Path
        Files, or folders of files.
    council, wave : str
        Whose they are, where the files do not say so.
    skip_faulty : bool
        Load the files without errors although others have some.
    folder : Path, optional
        Where surveys are kept; by default under the user's folder.

    Returns
    -------
    Imported

    Raises
    ------
    FaultyReturnsError
        If a file has an error and `skip_faulty` is not given; nothing is written then.
    GraphmodelError
        If the store has returns of the wave that are not kept here.

    Examples
    --------
    >>> import_returns(store, [Path("nowhere.xlsx")])
    Traceback (most recent call last):
    ...
    graphmodel.errors.GraphmodelError: nowhere.xlsx does not exist.
    """
    files = files_of(paths)
    office = Office(store, folder)
    read = {path: office.read(path, council=council, wave=wave) for path in files}
    result = Imported(faults=[fault for one in read.values() for fault in one.faults])
    faulty = [path for path, one in read.items() if one.is_faulty]
    if faulty and (not skip_faulty or len(faulty) == len(files)):
        raise FaultyReturnsError(result.faults, [path.name for path in files])
    result.left_out = [path.name for path in faulty]
    right = {path: one for path, one in read.items() if not one.is_faulty}
    for name in sorted({one.wave for one in right.values()}):
        of_wave = {path: one for path, one in right.items() if one.wave == name}
        office.take(name, of_wave, result)
    return result


class Office:
    """Where the answers of surveys are worked on.

    Parameters
    ----------
    store : Store
        Open, for writing.
    folder : Path, optional
        Where surveys are kept.

    Examples
    --------
    >>> Office(store, Path("nowhere")).decisions.made
    {}
    """

    def __init__(self, store: Store, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder or surveys_folder()
        self.decisions = Decisions.read(self._folder)
        self._lists = lists_of(store)
        named = known_names(store, ["Council", "Service"])
        councils = [one for one in named if one.label == "Council"]
        self._services = NameIndex(one for one in named if one.label == "Service")
        if not councils:
            raise GraphmodelError("No council is loaded yet: 'graphmodel load' loads the 32.")
        self._councils = NameIndex(councils)
        self._names = {one.id: one.name for one in councils}

    def read(self, path: Path, name: str = "", council: str = "", wave: str = "") -> Filled:
        """Read a file.

        Parameters
        ----------
        path : Path
        name, council, wave : str
            What to call it, and whose it is, if the file does not say so.

        Returns
        -------
        Filled

        Examples
        --------
        >>> Office(store, Path("nowhere")).read(Path("nowhere.xlsx")).is_faulty
        True
        """
        context = Context(
            self._lists, self._councils, self.decisions, self._services, council, wave
        )
        return read_return(path, context, name)

    def take(self, wave: str, read: dict[Path, Filled], result: Imported) -> None:
        """Keep the files of a wave that say something new, and load the wave.

        Parameters
        ----------
        wave : str
        read : dict of Path to Filled
        result : Imported
            Gains what was done.
        """
        kept = Wave(wave, self._folder)
        filled = self._kept(kept)
        new: dict[str, tuple[KeptFile, bytes]] = {}
        for path, one in read.items():
            same = [document for document, each in filled.items() if each.content == one.content]
            if same:
                result.same.append((same[0], one.file))
                continue
            document = kept.next_document(slug(self._names[one.council]))
            stored = f"{document}{path.suffix.lower()}"
            kept.files[document] = KeptFile(document, one.file, stored, one.council, one.made)
            new[document] = (kept.files[document], path.read_bytes())
            filled[document] = one
            result.taken.append((document, one.file))
        self._require_whole(kept)
        _require_one_kind(filled)
        kept.keep(new)
        self._load(kept, filled, result)

    def reload(self, wave: str, result: Imported) -> None:
        """Load a wave anew from the files that are kept.

        Parameters
        ----------
        wave : str
        result : Imported
            Gains what was done.
        """
        kept = Wave(wave, self._folder)
        self._require_whole(kept)
        self._load(kept, self._kept(kept), result)

    def questions(self, wave: str) -> list[Question]:
        """What waits for a decision in a wave.

        Parameters
        ----------
        wave : str

        Returns
        -------
        list of Question

        Examples
        --------
        >>> Office(store, Path("nowhere")).questions("2027")
        []
        """
        kept = Wave(wave, self._folder)
        filled = self._kept(kept)
        dataset = _dataset(wave, filled)
        names = names_of_others(self._store, dataset)
        return settle(filled, self._known(wave), names, self.decisions).questions

    def _kept(self, kept: Wave) -> dict[str, Filled]:
        """Read the files that are kept, as they were read when they came."""
        filled = {}
        for document, one in kept.files.items():
            read = self.read(kept.path(document), one.sent, one.council, kept.wave)
            if read.is_faulty:
                raise FaultyReturnsError(read.faults, [one.sent])
            read.made = one.made
            filled[document] = read
        return filled

    def _known(self, wave: str) -> list[Known]:
        waves = {wave, *(one for one in waves_kept(self._folder) if one >= wave)}
        later = [f"{prefix}survey-{one}" for one in sorted(waves) for prefix in ("", "made-")]
        return [
            Known(
                row["id"],
                row["name"],
                tuple(row["aliases"] or ()),
                frozenset(row["members"]),
                row["category"],
                row["start"],
            )
            for row in self._store.read(_KNOWN, {"later": later})
        ]

    def _require_whole(self, kept: Wave) -> None:
        """Refuse where the store has returns whose files are not here: they would be lost."""
        there = self._store.read(
            "MATCH (d:Document) WHERE d.id STARTS WITH $prefix RETURN d.id AS id ORDER BY id",
            {"prefix": f"survey-{kept.wave}-"},
        )
        lost = [row["id"] for row in there if row["id"] not in kept.files]
        if lost:
            raise GraphmodelError(
                f"The store has returns of {kept.wave} whose files are not in "
                f"{kept.folder} ({', '.join(lost[:5])}{', …' if len(lost) > 5 else ''}); nothing "
                "was written. Copy that folder from where they were imported, or import those "
                "files together with these."
            )

    def _load(self, kept: Wave, filled: dict[str, Filled], result: Imported) -> None:
        dataset = _dataset(kept.wave, filled)
        made = any(one.made for one in filled.values())
        names = names_of_others(self._store, dataset)
        settled = settle(filled, self._known(kept.wave), names, self.decisions)
        files = {document: one.sent for document, one in kept.files.items()}
        books = Books.of(self._store, dataset)
        tables = tables_of(settled.returns, settled.newcomers, books, files, made=made)
        title = f"Survey of shared services {kept.wave}{', made for a trial' if made else ''}"
        path = kept.write_package(tables, dataset, title)
        # Files only ever come to be more, so what goes is what a decision has put elsewhere.
        result.loads.append(load_package(self._store, read_package(path), force=True))
        result.questions += settled.questions


def _dataset(wave: str, filled: dict[str, Filled]) -> str:
    made = any(one.made for one in filled.values())
    return f"{'made-' if made else ''}survey-{wave}"


def _require_one_kind(filled: dict[str, Filled]) -> None:
    """Never mix what was made for a trial with what councils said."""
    if len({one.made for one in filled.values()}) > 1:
        made = sorted(one.file for one in filled.values() if one.made)
        raise GraphmodelError(
            f"Workbooks made for a trial ({', '.join(made[:3])}) cannot be imported together with "
            "real returns; nothing was written. Use another GRAPHMODEL_HOME for a trial."
        )
