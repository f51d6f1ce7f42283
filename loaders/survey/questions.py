"""What only a person can decide: which name or word is meant; and what was decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import shorten
from typing import Literal, NamedTuple

from graphmodel.errors import GraphmodelError
from graphmodel.names import normalised

Kind = Literal["activity", "partner", "word"]
NEW = "new"
DROP = "drop"
"""Decided where nothing is meant: what was written is passed over."""
_FILE = "decisions.json"
_MOST_NAMES = 6
_MOST_WORDS = 120


class Candidate(NamedTuple):
    """What a name or word may mean.

    Parameters
    ----------
    id, name : str
        Of a word of a list: its value, and how the list shows it.
    told : str
        What is known of it, where that helps to decide.

    Examples
    --------
    >>> print(Candidate("nhs-tayside", "NHS Tayside"), Candidate("lead", "lead"))
    NHS Tayside (nhs-tayside) lead
    """

    id: str
    name: str
    told: str = ""

    def __str__(self) -> str:
        return self.name if self.id == self.name else f"{self.name} ({self.id})"


@dataclass(frozen=True)
class Question:
    """A name or word that may be one that is known.

    Attributes
    ----------
    kind : str
        Of an activity, of a partner, or a word of a closed list.
    scope : str
        Whose name it is: of an activity, the council's id; of a word, the list.
    text : str
        As written.
    document, place : str
        Where it stands first.
    nearest : tuple of Candidate
        What it may be, best first.
    told : str
        What the return says of it, where that helps to decide.

    Examples
    --------
    >>> Question("partner", "", "NHS Tay", "survey-2027-angus", "Partners, row 6").key
    'partner||nhs tay'
    """

    kind: Kind
    scope: str
    text: str
    document: str
    place: str
    nearest: tuple[Candidate, ...] = ()
    told: str = ""

    @property
    def key(self) -> str:
        """Under which the decision is kept: one decision for all places.

        Examples
        --------
        >>> Question("word", "role", "Leads!", "survey-2027-angus", "Partners, row 6").key
        'word|role|leads'
        """
        return key_of(self.kind, self.scope, self.text)

    @property
    def written_in(self) -> str:
        """Document and place.

        Examples
        --------
        >>> Question("partner", "", "NHS Tay", "survey-2027-angus", "Partners, row 6").written_in
        'survey-2027-angus, Partners, row 6'
        """
        return f"{self.document}, {self.place}"


def key_of(kind: Kind, scope: str, text: str) -> str:
    """Under which a decision is kept.

    Parameters
    ----------
    kind, scope, text
        As of `Question`.

    Returns
    -------
    str

    Examples
    --------
    >>> key_of("activity", "GB-LAS-ANS", "The Joint Lab")
    'activity|GB-LAS-ANS|joint lab'
    >>> key_of("word", "operational", "?") == key_of("word", "operational", "-")
    False
    """
    return f"{kind}|{scope}|{plain(text)}"


def plain(text: str) -> str:
    """What counts when names and words are compared: of a mere sign, the sign.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> plain("The Joint Lab!"), plain("?")
    ('joint lab', '?')
    """
    return normalised(text) or text.strip()


def in_short(
    members: Iterable[str], start: str | None = None, description: str | None = None
) -> str:
    """What tells an activity from another of much the same name.

    Parameters
    ----------
    members : iterable of str
        Names of those who take part.
    start : str, optional
        Partial date.
    description : str, optional

    Returns
    -------
    str

    Examples
    --------
    >>> in_short(["Fife", "Angus"], "2013")
    'Angus; Fife; since 2013'
    """
    names = sorted(set(members))
    parts = names[:_MOST_NAMES]
    if len(names) > _MOST_NAMES:
        parts.append(f"and {len(names) - _MOST_NAMES} more")
    if start:
        parts.append(f"since {start}")
    if description:
        parts.append(shorten(description, _MOST_WORDS, placeholder=" …"))
    return "; ".join(parts)


@dataclass
class Decisions:
    """What was decided, kept in a file.

    Attributes
    ----------
    folder : Path or None
        Where the file is; none keeps them in memory only.
    made : dict of str to str
        An id, a word of the list, "new" or "drop", by key.

    Examples
    --------
    >>> decisions = Decisions(None)
    >>> decisions.take({"partner||nhs tay": "nhs-tayside"})
    >>> decisions.of("partner", "", "NHS Tay")
    'nhs-tayside'
    """

    folder: Path | None
    made: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Decisions:
        """Read those that were made before.

        Parameters
        ----------
        folder : Path

        Returns
        -------
        Decisions

        Raises
        ------
        GraphmodelError
            If the file is there and cannot be read.

        Examples
        --------
        >>> Decisions.read(Path("nowhere")).made
        {}
        """
        path = folder / _FILE
        if not path.is_file():
            return cls(folder)
        try:
            made = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise GraphmodelError(f"{path} cannot be read: {error}") from error
        if not isinstance(made, dict) or not all(isinstance(one, str) for one in made.values()):
            raise GraphmodelError(f"{path} is not a file of decisions: mend it, or move it away.")
        return cls(folder, made)

    def of(self, kind: Kind, scope: str, text: str) -> str | None:
        """What was decided of a name or word.

        Parameters
        ----------
        kind, scope, text
            As of `Question`.

        Returns
        -------
        str or None

        Examples
        --------
        >>> Decisions(None).of("word", "role", "leads") is None
        True
        """
        return self.made.get(key_of(kind, scope, text))

    def take(self, decisions: Mapping[str, str]) -> None:
        """Keep decisions, in the file too.

        Parameters
        ----------
        decisions : mapping of str to str
            By key.

        Raises
        ------
        GraphmodelError
            If the file cannot be written.

        Examples
        --------
        >>> Decisions(None).take({"word|role|leads": "lead"})
        """
        self._keep(self.made | dict(decisions))

    def forget(self, keys: Iterable[str]) -> None:
        """Take decisions back, in the file too.

        Parameters
        ----------
        keys : iterable of str

        Raises
        ------
        GraphmodelError
            If the file cannot be written.

        Examples
        --------
        >>> decisions = Decisions(None, {"word|role|leads": "lead"})
        >>> decisions.forget(["word|role|leads"])
        >>> decisions.made
        {}
        """
        gone = set(keys)
        self._keep({key: meant for key, meant in self.made.items() if key not in gone})

    def _keep(self, made: dict[str, str]) -> None:
        if self.folder is not None:
            text = json.dumps(dict(sorted(made.items())), indent=2, ensure_ascii=False)
            write_whole(self.folder / _FILE, (text + "\n").encode())
        self.made = made


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all.

    Parameters
    ----------
    path : Path
    content : bytes

    Raises
    ------
    GraphmodelError
        If it cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_whole(Path(folder, "a", "b"), b"content")
    ...     Path(folder, "a", "b").read_bytes()
    b'content'
    """
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise GraphmodelError(f"{path} cannot be written: {error.strerror}") from error


def first_of_each(questions: Iterable[Question]) -> list[Question]:
    """One question a decision, however often the name was written.

    Parameters
    ----------
    questions : iterable of Question

    Returns
    -------
    list of Question

    Examples
    --------
    >>> asked = Question("word", "role", "Leads", "survey-2027-angus", "Partners, row 6")
    >>> len(first_of_each([asked, asked]))
    1
    """
    kept: dict[str, Question] = {}
    for question in questions:
        kept.setdefault(question.key, question)
    return list(kept.values())
