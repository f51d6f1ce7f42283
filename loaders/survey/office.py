"""Where the answers of a survey are worked on: read, kept, matched, loaded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from graphmodel.errors import GraphmodelError
from graphmodel.names import NameIndex, slug
from graphmodel.store import Store
from graphmodel.store.lookup import known_names, names_of_others
from graphmodel.survey.asked import surveys_folder
from graphmodel.survey.evidence import Known
from graphmodel.survey.lists import lists_of
from loaders.datapackage import read_package
from loaders.pipeline import load_package
from loaders.report import LoadReport
from loaders.survey.context import Context
from loaders.survey.faults import Fault
from loaders.survey.filled import Filled
from loaders.survey.kept import KeptFile, Wave, waves_kept
from loaders.survey.package import Books, tables_of
from loaders.survey.questions import Decisions, Question
from loaders.survey.reading import read_return
from loaders.survey.settling import settle

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
    back : list of (str, str)
        Document and file that had been withdrawn, and stand again.
    withdrawn : list of (str, str)
        Document and file that were taken back.
    replaced : dict of str to list of str
        Documents in whose place another came, by that.
    faults : list of Fault
        Warnings, and the errors of what was left out.
    questions : list of Question
        What waits for a decision, of the waves concerned.
    notes : list of str
        What else whoever imports should know.

    Examples
    --------
    >>> Imported().questions
    []
    """

    loads: list[LoadReport] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    back: list[tuple[str, str]] = field(default_factory=list)
    withdrawn: list[tuple[str, str]] = field(default_factory=list)
    replaced: dict[str, list[str]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


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

    def prepare(
        self,
        wave: str,
        read: Mapping[Path, Filled],
        result: Imported,
        *,
        in_place: bool = False,
    ) -> Callable[[], None]:
        """See which files of a wave say something new, and whether it can be loaded.

        Parameters
        ----------
        wave : str
        read : mapping of Path to Filled
        result : Imported
            Gains what was done.
        in_place : bool
            Whether each takes the place of all that its council sent before.

        Returns
        -------
        callable
            Keeps the files and loads the wave; nothing is written before.
        """
        kept = Wave(wave, self._folder)
        self._require_whole(kept)
        before, filled = set(kept.standing), self._read_kept(kept, kept.files)
        new: dict[str, tuple[KeptFile, bytes]] = {}
        told: dict[str, str] = {}
        for path, one in read.items():
            document = _same(one, filled, kept)
            if not document:
                document = kept.next_document(slug(self._names[one.council]))
                stored = f"{document}{path.suffix.lower()}"
                kept.files[document] = KeptFile(document, one.file, stored, one.council, one.made)
                new[document] = (kept.files[document], path.read_bytes())
                filled[document] = one
                result.taken.append((document, one.file))
            elif kept.files[document].withdrawn:
                kept.files[document] = replace(kept.files[document], withdrawn=False)
                result.back.append((document, one.file))
            else:
                result.same.append((document, one.file))
            told[document] = one.council
        _require_one_kind([filled[each] for each in sorted(before | set(kept.standing))])
        # By council the last, so that two that came together are told of once.
        for council, document in {whose: one for one, whose in told.items()}.items():
            others = [one for one in _of(kept, council) if one != document]
            if in_place and others:
                _withdraw(kept, others)
                result.replaced[document] = others
            elif others and document not in before:
                result.notes.append(_second(self._names[council], document, others))
        _require_readable(kept, filled)
        return partial(self._keep_and_load, kept, new, filled, result)

    def _keep_and_load(
        self,
        kept: Wave,
        new: Mapping[str, tuple[KeptFile, bytes]],
        filled: Mapping[str, Filled],
        result: Imported,
    ) -> None:
        kept.keep(new)
        self._load(kept, filled, result)

    def withdraw(self, wave: str, documents: Collection[str], result: Imported) -> None:
        """Take returns back: their files stay, and what they state goes.

        Parameters
        ----------
        wave : str
        documents : collection of str
            Of that wave. One that was withdrawn before stays so.
        result : Imported
            Gains what was done.
        """
        kept = Wave(wave, self._folder)
        self._require_whole(kept)
        made = any(kept.files[one].made for one in kept.standing or documents)
        _withdraw(kept, documents)
        filled = self._standing(kept)
        result.withdrawn += [(one, kept.files[one].sent) for one in sorted(documents)]
        kept.keep({})
        self._load(kept, filled, result, made=made)

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
        if kept.standing:
            self._load(kept, self._standing(kept), result)

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
        filled = self._standing(kept)
        dataset = _dataset(wave, made=any(one.made for one in filled.values()))
        names = list(names_of_others(self._store, dataset))
        return settle(filled, self._known(wave), names, self.decisions).questions

    def _standing(self, kept: Wave) -> dict[str, Filled]:
        filled = self._read_kept(kept, kept.standing)
        _require_readable(kept, filled)
        return filled

    def _read_kept(self, kept: Wave, documents: Collection[str]) -> dict[str, Filled]:
        """Read files that are kept, as they were read when they came."""
        filled = {}
        for document in documents:
            one = kept.files[document]
            filled[document] = self.read(kept.path(document), one.sent, one.council, kept.wave)
            filled[document].made = one.made
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

    def _load(
        self, kept: Wave, read: Mapping[str, Filled], result: Imported, *, made: bool = False
    ) -> None:
        filled = {document: read[document] for document in kept.standing}
        made = made or any(one.made for one in filled.values())
        dataset = _dataset(kept.wave, made=made)
        names = list(names_of_others(self._store, dataset))
        settled = settle(filled, self._known(kept.wave), names, self.decisions)
        files = {document: one.sent for document, one in kept.files.items()}
        books = Books.of(self._store, dataset)
        tables = tables_of(settled.returns, settled.newcomers, books, files, made=made)
        title = f"Survey of shared services {kept.wave}{', made for a trial' if made else ''}"
        path = kept.write_package(tables, dataset, title)
        # What goes was withdrawn, or a decision has put it elsewhere.
        result.loads.append(load_package(self._store, read_package(path), force=True))
        result.questions += settled.questions


def _dataset(wave: str, *, made: bool) -> str:
    return f"{'made-' if made else ''}survey-{wave}"


def _same(one: Filled, filled: Mapping[str, Filled], kept: Wave) -> str:
    """The document that says the same already, one that stands first; empty without one."""
    same = [
        document
        for document, each in filled.items()
        if not each.is_faulty and each.content == one.content
    ]
    return min(same, key=lambda document: kept.files[document].withdrawn, default="")


def _of(kept: Wave, council: str) -> list[str]:
    return [document for document in kept.standing if kept.files[document].council == council]


def _withdraw(kept: Wave, documents: Collection[str]) -> None:
    for document in documents:
        kept.files[document] = replace(kept.files[document], withdrawn=True)


def _second(name: str, document: str, others: list[str]) -> str:
    return (
        f"{name} has sent different answers: {document} stands beside {', '.join(others)}, and "
        "each counts. Where it corrects what came before, import its file with --replace; "
        "'graphmodel survey withdraw RETURN' takes one of them back."
    )


def _require_readable(kept: Wave, filled: Mapping[str, Filled]) -> None:
    """Refuse where a file that stands has errors now, as what is an error may have changed."""
    for document in kept.standing:
        faults = [fault for fault in filled[document].faults if fault.is_error]
        if faults:
            raise GraphmodelError(
                f"{document}, imported before, has {len(faults)} errors as files are read now; "
                f"nothing was written. {faults[0]}\nImport it put right with --replace, or take it "
                f"back: 'graphmodel survey withdraw {document}'."
            )


def _require_one_kind(filled: Collection[Filled]) -> None:
    """Never mix what was made for a trial with what councils said."""
    if len({one.made for one in filled}) > 1:
        made = sorted(one.file for one in filled if one.made)
        raise GraphmodelError(
            f"Workbooks made for a trial ({', '.join(made[:3])}) cannot be imported together with "
            "real returns; nothing was written. Use another GRAPHMODEL_HOME for a trial."
        )
