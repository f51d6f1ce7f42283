"""What a file says once it is read, before its names are matched with those we know."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from graphmodel.dates import span
from graphmodel.names import normalised
from graphmodel.survey.answers import Answer, FindingAnswer, Party, SavingAnswer
from loaders.survey.faults import Fault
from loaders.survey.questions import Question


@dataclass
class Draft:
    """An activity while its rows are gathered from the sheets.

    Attributes
    ----------
    answer : Answer
        What its own row says.
    label : str
        The name under which other sheets refer to it.
    parties, savings, findings : list
        What the other sheets add.
    gone : list of Party
        Partners that no longer take part.

    Examples
    --------
    >>> draft = Draft(Answer("GB-LAS-ANS", "2027", "row 6", None, "Lab", False, "yes"), "Lab")
    >>> draft.add_party(Party("Fife"))
    >>> draft.add_party(Party("FIFE COUNCIL", role="lead"))
    >>> [(party.name, party.role) for party in draft.finished().parties]
    [('Fife', 'lead')]
    """

    answer: Answer
    label: str
    parties: list[Party] = field(default_factory=list)
    savings: list[SavingAnswer] = field(default_factory=list)
    findings: list[FindingAnswer] = field(default_factory=list)
    gone: list[Party] = field(default_factory=list)

    def add_party(self, party: Party) -> None:
        """Add a partner; one that was named already gains its role only.

        Parameters
        ----------
        party : Party

        Examples
        --------
        >>> draft = Draft(Answer("GB-LAS-ANS", "2027", "row 6", None, "Lab"), "Lab")
        >>> draft.add_party(Party("Fife"))
        """
        for at, other in enumerate(self.parties):
            if normalised(other.name) == normalised(party.name):
                if other.role is None:
                    self.parties[at] = replace(other, role=party.role)
                elif party.role not in (None, other.role):
                    break
                return
        self.parties.append(party)

    def finished(self) -> Answer:
        """The answer with all that was gathered; partners only of what goes on.

        Of what has ended it need not be said of each partner that it takes no part.

        Examples
        --------
        >>> Draft(Answer("GB-LAS-ANS", "2027", "row 6", None, "Lab"), "Lab").finished().parties
        ()
        """
        goes_on = self.answer.operational in ("yes", "changed")
        may_go_on = self.answer.operational != "no"
        gone = {normalised(one.name): one for one in reversed(self.gone)}
        parties = [one for one in self.parties if normalised(one.name) not in gone]
        return replace(
            self.answer,
            parties=tuple(parties) if goes_on else (),
            savings=tuple(dict.fromkeys(self.savings)),
            findings=tuple(dict.fromkeys(self.findings)),
            gone=tuple(gone[name] for name in sorted(gone)) if may_go_on else (),
        )


@dataclass
class Filled:
    """A file as it was read.

    Attributes
    ----------
    file : str
        What messages call it.
    council, wave, version : str
        Of whom, of when, and of which form; empty where it could not be told.
    made : bool
        Whether it was made for a trial.
    day : date or None
        Of the answer.
    answers : list of Answer
        Names as written.
    kinds : dict of str to str
        What sort of organisation a partner is, by normalised name.
    faults : list of Fault
        Errors and warnings.
    questions : list of Question
        Words and names of activities that only a person can decide.

    Examples
    --------
    >>> Filled("angus.xlsx").is_faulty
    False
    """

    file: str
    council: str = ""
    wave: str = ""
    version: str = ""
    made: bool = False
    day: date | None = None
    answers: list[Answer] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def is_faulty(self) -> bool:
        """Whether it has an error, so that it cannot be loaded.

        Examples
        --------
        >>> Filled("a", faults=[Fault("a", "", "", None, "a sheet")]).is_faulty
        True
        """
        return any(fault.is_error for fault in self.faults)

    @property
    def content(self) -> tuple[Any, ...]:
        """What makes it the same as another copy: all but its name and what was odd in it.

        Examples
        --------
        >>> Filled("a").content == Filled("b").content
        True
        """
        said = sorted((replace(one, place="") for one in self.answers), key=repr)
        return self.council, self.wave, self.made, self.day, said


def check_span(start: str | None, end: str | None) -> str:
    """Say why two dates cannot be true together; nothing if they can.

    Parameters
    ----------
    start, end : str or None
        Partial dates.

    Returns
    -------
    str

    Examples
    --------
    >>> check_span("2015", "2014"), check_span("2014", None)
    ('it ends (2014) before it starts (2015)', '')
    """
    try:
        span(start, end)
    except ValueError as error:
        return str(error)
    return ""
