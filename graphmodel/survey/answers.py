"""What one council's return to the survey says: the shape that everything else works on.

A return is read from a workbook (`loaders.survey`) or out of a store that it was loaded
into (`graphmodel.survey.returns`); both give the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from graphmodel.vocabulary import FindingKind, Role, SavingBasis

ROW_DELETED = ", row deleted"
"""End of the place of an activity whose row is no longer in the workbook."""
Operational = Literal["yes", "changed", "no", "left"]
"""Answers to "still operational?"; "left": it is, but without the council that answers.

`None` stands for asked and left blank.
"""


@dataclass(frozen=True)
class Party:
    """Somebody who takes part in an activity, as one return says it.

    Attributes
    ----------
    name : str
        As written.
    id : str or None
        Of the council or partner, once matched.
    role : str or None
        A role of the vocabulary; none where it was left blank.
    place : str
        Where this stands; does not count when two are compared.

    Examples
    --------
    >>> Party("Dundee", "GB-LAS-DND", "lead").role
    'lead'
    """

    name: str
    id: str | None = None
    role: Role | None = None
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class SavingAnswer:
    """An amount that one return says an activity saves.

    Attributes
    ----------
    amount : float
        In pounds.
    basis : str
        Projected, anticipated or realised.
    start, end : str or None
        First and last year, month or day of the period, as written.
    note : str or None
        What else is said.
    place : str
        Where this stands; does not count when two are compared.

    Examples
    --------
    >>> SavingAnswer(250000.0, "realised", "2025/26").start
    '2025/26'
    """

    amount: float
    basis: SavingBasis
    start: str | None = None
    end: str | None = None
    note: str | None = None
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class FindingAnswer:
    """A benefit, a challenge or the like that one return tells of an activity.

    Attributes
    ----------
    kind : str
        As in the vocabulary.
    text : str
        In the council's words.
    theme : str or None
        What it is about, in a word or two.
    place : str
        Where this stands; does not count when two are compared.

    Examples
    --------
    >>> FindingAnswer("benefit", "Fewer depots.").kind
    'benefit'
    """

    kind: FindingKind
    text: str
    theme: str | None = None
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class Answer:
    """What one return says of one activity.

    Attributes
    ----------
    council : str
        Id of the council that answers.
    wave : str
        Such as "2020".
    place : str
        Where it stands: "Known activities, row 12".
    id : str or None
        The service's: from the hidden column, or once matched; `None` for new ones
        and lost ids.
    name : str
        As written.
    asked : bool
        Whether it was on the form that went out.
    operational : str or None
        `None`: asked and left blank.
    role : str or None
        The council's own.
    parties : tuple of Party
        Without the council itself.
    category, type : str or None
        Ids of the service area and the activity type.
    reach, region : str or None
        Geographic focus; and the region's label, as the report's table has it.
    mechanism, spectrum : str or None
        How it is run, and how deep it goes.
    start, end : str or None
        Partial dates.
    description : str or None
        What it does.
    savings : tuple of SavingAnswer
    findings : tuple of FindingAnswer
    gone : tuple of Party
        Those of whom the council says that they no longer take part.

    Examples
    --------
    >>> answer = Answer("GB-LAS-ANS", "2027", "Known activities, row 12", "roads", "Roads")
    >>> answer.asked, answer.operational
    (True, None)
    """

    council: str
    wave: str
    place: str
    id: str | None
    name: str
    asked: bool = True
    operational: Operational | None = None
    role: Role | None = None
    parties: tuple[Party, ...] = ()
    category: str | None = None
    type: str | None = None
    reach: str | None = None
    region: str | None = None
    mechanism: str | None = None
    spectrum: str | None = None
    start: str | None = None
    end: str | None = None
    description: str | None = None
    savings: tuple[SavingAnswer, ...] = ()
    findings: tuple[FindingAnswer, ...] = ()
    gone: tuple[Party, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """A name or word in a return that only a person can place, and nobody has yet.

    Attributes
    ----------
    kind : str
        Of an activity or a partner; or a word of a list.
    text : str
        As written.
    place : str
        Where it stands first.

    Examples
    --------
    >>> Waiting("partner", "NHS Tay", "New activities, row 6").text
    'NHS Tay'
    """

    kind: str
    text: str
    place: str


@dataclass(frozen=True)
class Return:
    """One copy of the form that a council sent back.

    Attributes
    ----------
    council : str
        Id of the council.
    wave : str
        Such as "2027".
    document : str
        Id of the document that the graph cites: ``survey-2027-angus``.
    date : date or None
        Day of the answer, as written.
    version : str
        Of the form.
    answers : tuple of Answer
        What was asked first, what is new after it.
    waiting : tuple of Waiting
        What is not among the answers, or not whole, until somebody decides.

    Examples
    --------
    >>> Return("GB-LAS-ANS", "2027", "survey-2027-angus", date(2027, 3, 1), "2").answers
    ()
    """

    council: str
    wave: str
    document: str
    date: date | None
    version: str
    answers: tuple[Answer, ...] = ()
    waiting: tuple[Waiting, ...] = ()
