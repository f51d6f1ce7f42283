"""Where two copies of one council's return to a survey differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from graphmodel.survey.answers import Answer, Return

OWN_COPIES = "own copies of"
"""What a council's second copy contradicts in its first, with the wave."""
_WORDS = {
    "operational": "still operational",
    "category": "service area",
    "type": "type of activity",
    "region": "region",
}
"""Answers of which a council gives one, and no other report shows that it gave two."""

Difference = tuple[str, str, list[tuple[Any, list[str]]]]
"""Id of the activity, what differs, and each value with its citations."""


def differing_copies(returns: Iterable[Return], said: dict[str, str]) -> list[Difference]:
    """Find what one council answers differently in several returns to one survey.

    What only one copy answers is no difference: the other may have been made by somebody
    who did not know.

    Parameters
    ----------
    returns : iterable of Return
        Of one wave.
    said : dict of str to str
        How answers to "still operational?" are worded.

    Returns
    -------
    list of tuple

    Examples
    --------
    >>> yes, no = (Answer("a", "2027", "row 6", "roads", "Roads", operational=said)
    ...            for said in ("yes", "no"))
    >>> copies = [Return("a", "2027", "one", None, "2", (yes,)),
    ...           Return("a", "2027", "two", None, "2", (no,))]
    >>> differing_copies(copies, {})[0][2]
    [('yes', ['one#row 6']), ('no', ['two#row 6'])]
    """
    answers: dict[tuple[str, str], list[tuple[str, Answer]]] = defaultdict(list)
    for one in returns:
        for answer in one.answers:
            if answer.id is not None:
                answers[one.council, answer.id].append((one.document, answer))
    return [
        (service, what, claims)
        for (_, service), copies in sorted(answers.items())
        for what, claims in (*_words(copies, said), *_savings(copies))
        if len(claims) > 1
    ]


Claims = list[tuple[Any, list[str]]]


def _words(copies: list[tuple[str, Answer]], said: dict[str, str]) -> Iterator[tuple[str, Claims]]:
    for field, what in _WORDS.items():
        values: dict[str, list[str]] = defaultdict(list)
        for document, answer in copies:
            value = getattr(answer, field)
            if value is not None:
                shown = said.get(value, value) if field == "operational" else value
                values[shown].append(f"{document}#{answer.place}")
        yield what, list(values.items())


def _savings(copies: list[tuple[str, Answer]]) -> Iterator[tuple[str, Claims]]:
    """The amounts of one basis and period, in each copy that has any."""
    amounts: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    places: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for document, answer in copies:
        for saving in answer.savings:
            period = " to ".join(filter(None, dict.fromkeys((saving.start, saving.end))))
            what = ", ".join(filter(None, ("savings", saving.basis, period)))
            amounts[what][document].append(saving.amount)
            places[what][document].append(f"{document}#{saving.place or answer.place}")
    for what, of in sorted(amounts.items()):
        values: dict[str, list[str]] = defaultdict(list)
        for document, given in of.items():
            shown = "; ".join(f"£{amount:,.2f}".removesuffix(".00") for amount in sorted(given))
            values[shown] += places[what][document]
        yield what, list(values.items())
