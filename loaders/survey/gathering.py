"""The activities of one file while it is read: kept as they come, and found again by name."""

from __future__ import annotations

from dataclasses import replace

from graphmodel.errors import GraphmodelError
from graphmodel.names import Named, NameIndex, normalised
from graphmodel.survey.answers import ROW_DELETED, Answer
from graphmodel.survey.form import FORMS
from loaders.survey.context import Context
from loaders.survey.faults import Fault
from loaders.survey.filled import Draft, Filled
from loaders.survey.questions import DROP, NEW, Candidate, Question
from loaders.survey.recognise import Recognised
from loaders.survey.row import Row


class Activities:
    """What a file says of each activity, gathered from all of its sheets.

    Parameters
    ----------
    filled : Filled
        Gains what is wrong and what is to be decided.
    found : Recognised
        Its sheets.
    context : Context

    Examples
    --------
    >>> from loaders.survey.questions import Decisions
    >>> context = Context({}, NameIndex([]), Decisions(None))
    >>> Activities(Filled("angus.xlsx"), Recognised(), context).answers
    []
    """

    def __init__(self, filled: Filled, found: Recognised, context: Context) -> None:
        self._filled = filled
        self._found = found
        self._context = context
        self._drafts: list[Draft] = []
        self._indexed = 0, NameIndex([])

    @property
    def answers(self) -> list[Answer]:
        """What was gathered.

        Examples
        --------
        >>> from loaders.survey.questions import Decisions
        >>> context = Context({}, NameIndex([]), Decisions(None))
        >>> Activities(Filled("angus.xlsx"), Recognised(), context).answers
        []
        """
        return [draft.finished() for draft in self._drafts]

    def add(self, draft: Draft, row: Row) -> None:
        """Keep an activity; the same said twice counts once, two answers are an error.

        Parameters
        ----------
        draft : Draft
        row : Row
            Where it stands.
        """
        key = draft.answer.id or normalised(draft.label)
        for other in self._drafts:
            if key == (other.answer.id or normalised(other.label)):
                if replace(other.answer, place="") != replace(draft.answer, place=""):
                    advice = "Leave one of the two rows."
                    expected = f"one answer for it, as in {other.answer.place}"
                    row.fault("name", draft.label, expected, advice)
                for party in draft.parties:
                    other.add_party(party)
                return
        self._drafts.append(draft)

    def of(self, row: Row) -> Draft | None:
        """The activity that a row of another sheet speaks of; a question where none is.

        Parameters
        ----------
        row : Row

        Returns
        -------
        Draft or None
        """
        text = row.name("activity")
        index = self._index()
        try:
            return self._drafts[int(index.resolve(text).id)]
        except GraphmodelError:
            pass
        asked = [one for one, label in self._found.asked.items() if label == text]
        if asked:
            return self._written_over(asked[0], text)
        decided = self._context.decisions.of("activity", self._filled.council, text)
        if decided == DROP:
            return None
        service = decided or self._known_elsewhere(text)
        if service is not None:
            return self._unasked(row, text, None if service == NEW else service)
        near = [
            Candidate(one.answer.id or one.label, one.label)
            for name in index.nearest(text)
            for one in self._drafts
            if one.label == name
        ]
        question = Question("activity", self._filled.council, text, "", row.place, tuple(near))
        row.ask(question)
        advice = f"Did you mean {' or '.join(one.name for one in near)}?" if near else ""
        row.warn(
            "activity",
            text,
            "an activity of the sheets before this",
            f"{advice} The row waits for a decision.".strip(),
        )
        return None

    def _index(self) -> NameIndex:
        """The activities of this return by name; made anew when there are more."""
        if self._indexed[0] != len(self._drafts):
            named = (
                Named("Service", str(at), draft.label, (draft.answer.name,))
                for at, draft in enumerate(self._drafts)
            )
            self._indexed = len(self._drafts), NameIndex(named)
        return self._indexed[1]

    def _written_over(self, service: str, label: str) -> Draft:
        """What the form's own row stood for, where somebody wrote another name over its name.

        That the form lists its partners does not say that it goes on.
        """
        for draft in self._drafts:
            if draft.answer.id == service:
                return draft
        self._drafts.append(self._left_blank(service, label))
        return self._drafts[-1]

    def _left_blank(self, service: str, label: str) -> Draft:
        place = FORMS[self._filled.version].sheet("known").title + ROW_DELETED
        name = without_id(label, service)
        return Draft(Answer(self._filled.council, self._filled.wave, place, service, name), label)

    def _known_elsewhere(self, text: str) -> str | None:
        try:
            return self._context.services.resolve(text, ["Service"]).id
        except GraphmodelError:
            return None

    def _unasked(self, row: Row, text: str, service: str | None) -> Draft:
        """An activity that only a later sheet names; its first row stands for it."""
        for draft in self._drafts:
            if service is not None and service in (draft.answer.id, draft.label):
                return draft
        # Without the sheet that asks whether it goes on, other sheets do not say that it does.
        asked = service is not None and not self._found.has("known")
        answer = Answer(
            self._filled.council,
            self._filled.wave,
            row.place,
            service,
            text,
            asked=asked,
            operational=None if asked else "yes",
        )
        self._drafts.append(Draft(answer, text))
        return self._drafts[-1]

    def add_missing(self) -> None:
        """Count what was asked for and whose row is gone as left blank."""
        there = {draft.answer.id for draft in self._drafts}
        title = next((one.grid.title for one in self._found.sheets if one.sheet.key == "known"), "")
        for service, label in self._found.asked.items():
            if service not in there:
                self._drafts.append(self._left_blank(service, label))
                self._filled.faults.append(
                    Fault(
                        self._filled.file,
                        title,
                        "",
                        None,
                        f"the row of {label}",
                        "It counts as not answered.",
                        is_error=False,
                    )
                )


def without_id(name: str, service: str) -> str:
    """Take off the id that the form prints where two share a name.

    Parameters
    ----------
    name, service : str

    Returns
    -------
    str

    Examples
    --------
    >>> without_id("Roads (roads-alliance)", "roads-alliance")
    'Roads'
    """
    return name.removesuffix(f"({service})").strip() or name
