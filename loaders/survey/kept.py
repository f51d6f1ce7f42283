"""The files of a wave as they were sent, kept under the user's folder.

They are what everything else is made from: a later file or decision reads all of them
anew, so that the order in which they came has no say in what is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from graphmodel.errors import GraphmodelError
from graphmodel.model.datapackage import DESCRIPTOR, descriptor
from graphmodel.survey.asked import surveys_folder
from loaders.survey.package import Tables
from loaders.survey.questions import write_whole

_LIST = "returns.json"


@dataclass(frozen=True)
class KeptFile:
    """A file as it was sent.

    Attributes
    ----------
    document : str
        Id of the document that it became.
    sent : str
        Its name when it came.
    stored : str
        Its name in the folder.
    council : str
        Id of the council.
    made : bool
        Whether it was made for a trial.
    withdrawn : bool
        Whether it was taken back: it is kept then, and not loaded.

    Examples
    --------
    >>> KeptFile("survey-2027-angus", "Angus final.xlsx", "survey-2027-angus.xlsx", "GB-LAS-ANS")
    KeptFile(document='survey-2027-angus', ...)
    """

    document: str
    sent: str
    stored: str
    council: str
    made: bool = False
    withdrawn: bool = False


class Wave:
    """The files of one wave.

    Parameters
    ----------
    wave : str
        Such as "2027".
    folder : Path, optional
        Of all waves; by default that under the user's folder.

    Examples
    --------
    >>> Wave("2027", Path("nowhere")).files
    {}
    """

    def __init__(self, wave: str, folder: Path | None = None) -> None:
        self.wave = wave
        self.folder = (folder or surveys_folder()) / wave
        self.files: dict[str, KeptFile] = self._listed()
        self._on_disk = dict(self.files)

    @property
    def standing(self) -> list[str]:
        """Documents that were not withdrawn.

        Examples
        --------
        >>> Wave("2027", Path("nowhere")).standing
        []
        """
        return sorted(one.document for one in self.files.values() if not one.withdrawn)

    def _listed(self) -> dict[str, KeptFile]:
        path = self.folder / _LIST
        if not path.is_file():
            return {}
        try:
            listed = json.loads(path.read_text(encoding="utf-8"))
            return {one["document"]: KeptFile(**one) for one in listed}
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise GraphmodelError(
                f"{path} cannot be read ({error}). Mend it, or move {self.folder} away and import "
                "the wave's files again."
            ) from error

    def path(self, document: str) -> Path:
        """Where a document's file is.

        Parameters
        ----------
        document : str

        Returns
        -------
        Path

        Raises
        ------
        KeyError
            If there is none.

        Examples
        --------
        >>> Wave("2027", Path("nowhere")).path("survey-2027-angus")
        Traceback (most recent call last):
        ...
        KeyError: 'survey-2027-angus'
        """
        return self.folder / "files" / self.files[document].stored

    def next_document(self, slug: str) -> str:
        """The id that a further file of a council gets: none that was ever another's.

        Parameters
        ----------
        slug : str
            Of the council's name.

        Returns
        -------
        str

        Examples
        --------
        >>> Wave("2027", Path("nowhere")).next_document("angus")
        'survey-2027-angus'
        """
        first = f"survey-{self.wave}-{slug}"
        number = 1
        while (found := first if number == 1 else f"{first}-{number}") in self.files:
            number += 1
        return found

    def keep(self, contents: Mapping[str, tuple[KeptFile, bytes]]) -> None:
        """Keep further files, and which are withdrawn.

        Parameters
        ----------
        contents : mapping of str to (KeptFile, bytes)
            By document.

        Raises
        ------
        GraphmodelError
            If they cannot be written.

        Examples
        --------
        >>> Wave("2027", Path("nowhere")).keep({})
        """
        for one, content in contents.values():
            write_whole(self.folder / "files" / one.stored, content)
            self.files[one.document] = one
        if self.files == self._on_disk:
            return
        listed = [asdict(self.files[document]) for document in sorted(self.files)]
        text = json.dumps(listed, indent=2, ensure_ascii=False)
        write_whole(self.folder / _LIST, (text + "\n").encode())
        self._on_disk = dict(self.files)

    def write_package(self, tables: Tables, dataset: str, title: str) -> Path:
        """Write the data package of the wave.

        Parameters
        ----------
        tables : dict of str to list of dict
        dataset, title : str
            What it is called.

        Returns
        -------
        Path
            Of its folder.

        Raises
        ------
        GraphmodelError
            If it cannot be written.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Wave("2027", Path(folder)).write_package({}, "survey-2027", "A survey")
        ...     path.name
        'package'
        """
        import csv
        import io

        folder = self.folder / "package"
        described = descriptor(dataset, title, str(len(self.standing)), sorted(tables))
        for table, rows in tables.items():
            columns = list(dict.fromkeys(column for row in rows for column in row))
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
            write_whole(folder / f"{table}.csv", text.getvalue().encode())
        text_of = json.dumps(described, indent=2, ensure_ascii=False)
        write_whole(folder / DESCRIPTOR, (text_of + "\n").encode())
        return folder


def waves_kept(folder: Path | None = None) -> list[str]:
    """Which waves have files.

    Parameters
    ----------
    folder : Path, optional
        Of all waves.

    Returns
    -------
    list of str
        Oldest first.

    Examples
    --------
    >>> waves_kept(Path("nowhere"))
    []
    """
    return sorted(path.parent.name for path in (folder or surveys_folder()).glob(f"*/{_LIST}"))
