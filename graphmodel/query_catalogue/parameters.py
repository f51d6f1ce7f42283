"""Parameters of questions: their types, and values as typed turned into values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, get_args

from graphmodel import vocabulary
from graphmodel.dates import period
from graphmodel.errors import GraphmodelError
from graphmodel.model import EDGE_KINDS
from graphmodel.names import NameIndex

NAMED_TYPES = {
    "council": ("Council",),
    "partner": ("Partner",),
    "participant": ("Council", "Partner"),
    "service": ("Service",),
    "grouping": ("Grouping",),
    "category": ("Category",),
    "activity_type": ("ActivityType",),
    "document": ("Document",),
}
"""Types whose values are names, and the labels of what they name."""
WORD_TYPES: dict[str, tuple[str, ...]] = {
    "status": get_args(vocabulary.Status),
    "role": get_args(vocabulary.Role),
    "mechanism": get_args(vocabulary.DeliveryMechanism),
    "basis": get_args(vocabulary.SavingBasis),
    "grouping_kind": get_args(vocabulary.GroupingKind),
    "partner_kind": get_args(vocabulary.PartnerKind),
    "finding_kind": get_args(vocabulary.FindingKind),
    "spectrum": get_args(vocabulary.Spectrum),
    "reach": get_args(vocabulary.GeographicFocus),
    "link_kind": get_args(vocabulary.LinkKind),
    "relationship": tuple(kind.type for kind in EDGE_KINDS),
}
"""Types whose values are words of a closed list, and the list."""


def _boolean(text: str) -> bool:
    if text.casefold() not in ("true", "false"):
        raise ValueError("expected true or false")
    return text.casefold() == "true"


def _last_day(text: str) -> date:
    """Of a month or year the last day, as somebody means it who says "until 2014"."""
    return (period(text).end or date.max) - timedelta(days=1)


PLAIN_TYPES: dict[str, Callable[[str], Any]] = {
    "text": str,
    "integer": int,
    "number": float,
    "boolean": _boolean,
    "date": lambda text: period(text).start,
    "last_day": _last_day,
}
"""Types whose values are read from text as they are."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question.

    Attributes
    ----------
    name, type, description : str
        As the header gives them.
    required : bool
        Whether it must be given.
    default : str or None
        Value where it is not given, as typed; none for those left out.

    Examples
    --------
    >>> Parameter("council", "council", "Whose", False, "Angus").default
    'Angus'
    """

    name: str
    type: str
    description: str
    required: bool
    default: str | None

    @property
    def allowed(self) -> tuple[str, ...]:
        """Words that it may be; none where there is no closed list.

        Examples
        --------
        >>> Parameter("of_all", "boolean", "All?", False, "false").allowed
        ('true', 'false')
        """
        return ("true", "false") if self.type == "boolean" else WORD_TYPES.get(self.type, ())

    def value(self, query: str, given: str | None, names: Callable[..., NameIndex]) -> Any:
        """Check and convert what a user gave, or the default.

        Parameters
        ----------
        query : str
            Name of the question, for messages.
        given : str or None
            As typed; none if it is left out.
        names : callable
            Gives an index of the names of some labels.

        Returns
        -------
        object
            ``None`` if it is left out and has no default.

        Raises
        ------
        GraphmodelError
            If it is missing, not known or cannot be read.

        Examples
        --------
        >>> Parameter("most", "integer", "How many", False, "5").value("mine", None, NameIndex)
        5
        """
        text = given if given is not None else self.default
        if text is None:
            if self.required:
                raise GraphmodelError(f"{query} needs --param {self.name}=… ({self.description})")
            return None
        if self.type in NAMED_TYPES:
            return names(*NAMED_TYPES[self.type]).resolve(text).id
        if self.type in WORD_TYPES:
            if text not in self.allowed:
                raise GraphmodelError(
                    f"{query}: {self.name}={text!r} is not in the list. Expected one of: "
                    f"{', '.join(self.allowed)}."
                )
            return text
        try:
            return PLAIN_TYPES[self.type](text)
        except ValueError as error:
            raise GraphmodelError(
                f"{query}: {self.name}={text!r} cannot be read as {self.type} ({error})"
            ) from error
