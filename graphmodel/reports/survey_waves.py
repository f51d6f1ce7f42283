"""The survey as it is in a store, with the names that its reports show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graphmodel.errors import NotFoundError
from graphmodel.reports.sheets import titles
from graphmodel.store import Store
from graphmodel.survey.answers import Return
from graphmodel.survey.asked import asked_in
from graphmodel.survey.known import ANSWER_GROUP
from graphmodel.survey.returns import TRIAL_TITLE, returns_of
from graphmodel.survey.waves import Wave

_WAVES = "MATCH (f:Statistic {group: $group}) RETURN DISTINCT f.wave AS wave ORDER BY wave"
_NONE_LOADED = (
    "No returns come with the program, only what the 2020 report published of them: 'graphmodel "
    "survey import FOLDER' loads the workbooks that councils sent back."
)
_ASKED = (
    "the councils for which 'graphmodel survey export' wrote a workbook on this machine, and those "
    "that answered."
)
_NOT_KNOWN = (
    "not known here, as no workbook of it was written on this machine; what is said of who "
    "answered is of all {} councils in the store."
)
MADE_NOTE = "Made for a trial: these are not real returns."


@dataclass(frozen=True)
class Survey:
    """All waves, and names.

    Attributes
    ----------
    waves : tuple of Wave
        Oldest first.
    councils, services : dict of str to str
        Names by id.
    documents : dict of str to str
        Titles by id.
    asked : dict of str to frozenset of str
        Councils for which workbooks were written here, by wave; of some nothing is known.

    Examples
    --------
    >>> Survey((), {"GB-LAS-ANS": "Angus"}, {}, {}).names
    ()
    """

    waves: tuple[Wave, ...]
    councils: Mapping[str, str]
    services: Mapping[str, str]
    documents: Mapping[str, str]
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Of the waves.

        Examples
        --------
        >>> Survey((Wave("2020", ()),), {}, {}, {}).names
        ('2020',)
        """
        return tuple(wave.name for wave in self.waves)

    def wave(self, name: str) -> Wave:
        """One wave.

        Parameters
        ----------
        name : str

        Returns
        -------
        Wave

        Raises
        ------
        NotFoundError
            If no return of it is loaded.

        Examples
        --------
        >>> Survey((Wave("2020", ()),), {}, {}, {}).wave("2016")
        Traceback (most recent call last):
        ...
        graphmodel.errors.NotFoundError: No return of a wave '2016' is loaded. There are: 2020.
        """
        for wave in self.waves:
            if wave.name == name:
                return wave
        there = ", ".join(self.names)
        hint = f"There are: {there}." if there else _NONE_LOADED
        raise NotFoundError(f"No return of a wave {name!r} is loaded.", hint)

    def pair(self, first: str, second: str) -> tuple[Wave, Wave]:
        """Two waves to compare.

        Parameters
        ----------
        first, second : str

        Returns
        -------
        tuple of two Wave

        Raises
        ------
        NotFoundError
            If not both are loaded; the message says which are.

        Examples
        --------
        >>> Survey((Wave("2020", ()),), {}, {}, {}).pair("2016", "2020")
        Traceback (most recent call last):
        ...
        graphmodel.errors.NotFoundError: Two waves are compared, and only 2020 is loaded. ...
        """
        if not self.waves:
            raise NotFoundError("Two waves are compared, and none is loaded.", _NONE_LOADED)
        if len(self.waves) == 1:
            [there] = self.names
            hint = "'graphmodel survey import FOLDER' loads the returns of another."
            raise NotFoundError(f"Two waves are compared, and only {there} is loaded.", hint)
        return self.wave(first), self.wave(second)

    def before(self, wave: Wave) -> Sequence[Wave]:
        """The waves before one, oldest first.

        Parameters
        ----------
        wave : Wave

        Returns
        -------
        sequence of Wave

        Examples
        --------
        >>> first, second = Wave("2016", ()), Wave("2020", ())
        >>> [one.name for one in Survey((first, second), {}, {}, {}).before(second)]
        ['2016']
        """
        return [one for one in self.waves if one.name < wave.name]

    def whom(self, wave: Wave) -> list[str]:
        """Who was asked: whose workbook was written here, or who answered; else all.

        Parameters
        ----------
        wave : Wave

        Returns
        -------
        list of str
            Ids.

        Examples
        --------
        >>> Survey((), {"a": "Angus", "b": "Bute"}, {}, {}, {"2027": {"b"}}).whom(Wave("2027", ()))
        ['b']
        """
        if wave.name not in self.asked:
            return list(self.councils)
        asked = self.asked[wave.name] | set(wave.answering)
        return [council for council in self.councils if council in asked]

    def on_whom(self, *waves: Wave) -> list[str]:
        """What is known of who was asked, as notes.

        Parameters
        ----------
        *waves : Wave

        Returns
        -------
        list of str

        Examples
        --------
        >>> Survey((), {"a": "Angus"}, {}, {}).on_whom(Wave("2027", ()))
        ['Asked in 2027: not known here, ... all 1 councils in the store.']
        """
        notes = []
        for known in (True, False):
            names = [wave.name for wave in waves if (wave.name in self.asked) is known]
            if names:
                said = _ASKED if known else _NOT_KNOWN.format(len(self.councils))
                notes.append(f"Asked in {' and '.join(names)}: {said}")
        return notes

    def notes(self, *waves: Wave) -> list[str]:
        """Whether what is shown was made for a trial.

        Parameters
        ----------
        *waves : Wave

        Returns
        -------
        list of str

        Examples
        --------
        >>> Survey((), {}, {}, {}).notes(Wave("2020", ()))
        []
        """
        made = any(
            TRIAL_TITLE in self.documents.get(one.document, "")
            for wave in waves
            for one in wave.returns
        )
        return [MADE_NOTE] if made else []


def survey_of(store: Store, folder: Path | None = None) -> Survey:
    """Read all waves out of a store.

    Parameters
    ----------
    store : Store
        An open store.
    folder : Path, optional
        Where it is kept who was asked, as from `graphmodel.survey.asked.surveys_folder`.

    Returns
    -------
    Survey

    Examples
    --------
    >>> survey_of(store).names
    ()
    """
    names = [row["wave"] for row in store.read(_WAVES, {"group": ANSWER_GROUP})]
    services = _named(store, "Service")
    return Survey(
        tuple(
            Wave(name, tuple(_called(one, services) for one in returns_of(store, name)))
            for name in names
        ),
        _named(store, "Council"),
        services,
        titles(store),
        asked_in(folder) if folder else {},
    )


def _called(one: Return, services: Mapping[str, str]) -> Return:
    """A return in which what was left blank has the name that we know it by."""
    answers = tuple(
        replace(answer, name=services.get(answer.id, answer.name))
        if answer.id == answer.name
        else answer
        for answer in one.answers
    )
    return replace(one, answers=answers)


def official_names(store: Store) -> dict[str, str]:
    """What councils are called in a letter.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    dict of str to str
        By id; the plain name where there is no official one.

    Examples
    --------
    >>> official_names(store)["GB-LAS-ANS"]
    'Angus Council'
    """
    rows = store.read(
        "MATCH (c:Council) RETURN c.id AS id, coalesce(c.official_name, c.name) AS name ORDER BY id"
    )
    return {row["id"]: row["name"] for row in rows}


def _named(store: Store, label: str) -> dict[str, str]:
    rows = store.read(f"MATCH (x:{label}) RETURN x.id AS id, x.name AS name ORDER BY id")
    return {row["id"]: row["name"] for row in rows}
