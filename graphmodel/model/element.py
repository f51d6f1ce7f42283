"""What every node and edge of the graph is made of, and how a declaration is read."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Literal, Self, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from graphmodel.dates import Interval, financial_period, period, span
from graphmodel.vocabulary import Basis

Merge = Literal["first", "union", "prose", "name", "latest", "circumstance", "date"]
"""What becomes of a property of which several places speak.

``first``: the first place's value holds, and a different one is a contradiction;
``union``: a list of all; ``prose``: texts complement each other and are joined;
``name``: the first holds and the others become aliases; ``latest``: the value said
for the latest date holds, and only another for that same date contradicts it;
``circumstance``: the first holds, and a different one contradicts nothing;
``date``: the most precise holds, and only one that lies outside it contradicts it.
"""

LIST_DELIMITER = "|"


def _checked_date(text: str) -> str:
    period(text)
    return text


def _checked_financial_period(text: str) -> str:
    financial_period(text)
    return text


def _split_list(value: Any) -> Any:
    if isinstance(value, str):
        return [part.strip() for part in value.split(LIST_DELIMITER) if part.strip()]
    return value


def _slug_or_registry_id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*|[A-Z]{2}(-[A-Z0-9]+)+", text):
        raise ValueError(
            "expected small letters, digits and hyphens (city-council), or a registry's id "
            "(GB-SC-SC012345)"
        )
    return text


def _slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise ValueError("expected small letters, digits and hyphens, such as roads-alliance")
    return text


def _iso_day(value: Any) -> Any:
    """Take a day as text only: a bare number would pass for seconds since 1970."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is None:
        raise ValueError("expected a day as YYYY-MM-DD")
    return value


Text = Annotated[str, Field(min_length=1)]
Day = Annotated[date, BeforeValidator(_iso_day)]
Rank = Annotated[int, Field(ge=1, le=1_000_000)]
Slug = Annotated[str, AfterValidator(_slug)]
RegistryId = Annotated[str, AfterValidator(_slug_or_registry_id)]
PartialDate = Annotated[str, AfterValidator(_checked_date), "date"]
FinancialPeriod = Annotated[str, AfterValidator(_checked_financial_period)]
TextList = Annotated[list[Text], BeforeValidator(_split_list)]
Prose = Annotated[str, Field(min_length=1), "prose"]
Name = Annotated[str, Field(min_length=1), "name"]
Judged = Annotated[Basis, "circumstance"]
"""Whether the source says so, or it is our own judgement."""

MERGE_RULES: tuple[Merge, ...] = get_args(Merge)


class Element(BaseModel):
    """A node or an edge, as one row of a table states it.

    Raises
    ------
    pydantic.ValidationError
        If a column is missing, unknown, or has a value that cannot be.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, populate_by_name=True
    )

    table: ClassVar[str]
    """The table of the data package whose rows state it."""
    judged_together: ClassVar[tuple[str, ...]] = ()
    """Columns that must fit each other, or out of which its real dates are made."""

    def statement(self) -> dict[str, Any]:
        """What the row says, under the names of its columns, without what is missing.

        Returns
        -------
        dict
            Plain values (texts, numbers, lists of texts), ready to be compared or kept.

        Examples
        --------
        >>> from graphmodel.model import Document
        >>> Document(id="report-2020", title="A report").statement()
        {'id': 'report-2020', 'title': 'A report'}
        """
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    @classmethod
    def interval(cls, statement: dict[str, Any]) -> Interval | None:  # noqa: ARG003
        """The days for which the statement holds, or ``None`` for kinds without dates.

        Parameters
        ----------
        statement : dict
            As from `statement`.

        Returns
        -------
        Interval or None

        Examples
        --------
        >>> from graphmodel.model import Document
        >>> Document.interval({"published": "2020"}) is None
        True
        """
        return None


Circumstance = Annotated[str, Field(min_length=1), "circumstance"]


class Cited(BaseModel):
    """Something that a document says, at a place that a reader can find.

    Examples
    --------
    >>> Cited(source="report-2020", locator="§3.1, Contact Centre").locator
    '§3.1, Contact Centre'
    """

    source: Circumstance = Field(description="Document that says so (its id)")
    locator: Circumstance = Field(
        description='Place in the document, such as "§3.1, Contact Centre"'
    )


class Spell(BaseModel):
    """Something that holds from one date to another, as published.

    Raises
    ------
    pydantic.ValidationError
        If a date cannot be read, or the end lies before the start.
    """

    judged_together: ClassVar[tuple[str, ...]] = ("since", "until")

    since: PartialDate | None = Field(None, description="First day, month or year, as published")
    until: PartialDate | None = Field(None, description="Last day, month or year, as published")

    @model_validator(mode="after")
    def _end_after_start(self) -> Self:
        span(self.since, self.until)
        return self

    @classmethod
    def interval(cls, statement: dict[str, Any]) -> Interval | None:
        """From the first day of ``since`` to the day after the last of ``until``.

        Parameters
        ----------
        statement : dict
            As from `Element.statement`.

        Returns
        -------
        Interval
            Open where nothing was published.

        Raises
        ------
        ValueError
            If a date cannot be read, or the end lies before the start.

        Examples
        --------
        >>> Spell.interval({"since": "2009"})
        Interval(start=datetime.date(2009, 1, 1), end=None)
        """
        return span(statement.get("since"), statement.get("until"))


class Node(Element):
    """A node: a label, and an id that is unique among the nodes with that label."""

    label: ClassVar[str]
    derived_from: ClassVar[tuple[str, ...]] = ()
    """Columns that the id is made from, where the table gives none."""

    id: Text

    @classmethod
    def derive_id(cls, row: dict[str, Any]) -> str:
        """Make an id out of the columns that tell one such node from another.

        The same row always gives the same id, so a second load finds the first.

        Parameters
        ----------
        row : dict
            Values of the columns; a missing one counts as empty.

        Returns
        -------
        str
            The label in small letters, and 16 hexadecimal digits of a SHA-256 digest.

        Examples
        --------
        >>> from graphmodel.model import Saving
        >>> Saving.derive_id({"service": "roads", "amount": 1.0})
        'saving-...'
        """
        identity = "\x1f".join(str(row.get(column) or "") for column in cls.derived_from)
        digest = hashlib.sha256(identity.encode()).hexdigest()[:16]
        return f"{cls.label.lower()}-{digest}"


@dataclass(frozen=True)
class Endpoint:
    """One end of an edge: the column that names it, and what it may be.

    Attributes
    ----------
    column, kinds
        Of the table that states the edge; classes of nodes, at least one.
    """

    column: str
    kinds: tuple[type[Node], ...]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Labels of the nodes that it may be.

        Examples
        --------
        >>> from graphmodel.model import Council, Partner
        >>> Endpoint("participant", (Council, Partner)).labels
        ('Council', 'Partner')
        """
        return tuple(kind.label for kind in self.kinds)


class Edge(Element, Cited):
    """A relationship from a tail to a head, always with its source.

    Raises
    ------
    pydantic.ValidationError
        As for `Element`, or if both ends are the same.
    """

    type: ClassVar[str]
    tail: ClassVar[Endpoint]
    head: ClassVar[Endpoint]
    key_fields: ClassVar[tuple[str, ...]] = ()
    """Properties that tell it from others of its type between the same two nodes."""
    undirected: ClassVar[bool] = False
    """Stored once, smaller id first, and asked without direction."""
    optional: ClassVar[bool] = False
    """A row may leave its end empty; then the row states only the node."""

    @model_validator(mode="after")
    def _ends_differ(self) -> Self:
        """Nothing borders, belongs to or succeeds itself."""
        tail, head = self.ends()
        names = {getattr(self, end.column) for end in (tail, head)}
        if len(names) == 1 and set(tail.labels) & set(head.labels):
            raise ValueError(f"{names.pop()} is on both ends")
        return self

    @classmethod
    def ends(cls) -> tuple[Endpoint, Endpoint]:
        """Tail and head.

        Returns
        -------
        tuple of Endpoint

        Examples
        --------
        >>> from graphmodel.model import Borders
        >>> [end.column for end in Borders.ends()]
        ['council', 'neighbour']
        """
        return cls.tail, cls.head

    @classmethod
    def key(cls, statement: dict[str, Any]) -> str:
        """What tells this edge from others of its type between the same two nodes.

        Parameters
        ----------
        statement : dict
            As from `statement`; a missing property counts as empty.

        Returns
        -------
        str
            Values of its ``key_fields``, divided by ``|``; empty where it has none.

        Examples
        --------
        >>> from graphmodel.model import ParticipatesIn
        >>> ParticipatesIn.key({"role": "member"})
        'member|'
        """
        return LIST_DELIMITER.join(str(statement.get(field, "")) for field in cls.key_fields)


@dataclass(frozen=True)
class Property:
    """One property of a node or edge, as declared.

    Attributes
    ----------
    name, annotation, description
        Name of the property and of its column; type of its values; a few words.
    required : bool
        Whether a row must give it.
    merge : str
        What becomes of it where several places speak of it; see `Merge`.

    Examples
    --------
    >>> from graphmodel.model import Partner
    >>> [(field.name, field.merge) for field in declared_properties(Partner)[2:4]]
    [('id', 'first'), ('name', 'name')]
    """

    name: str
    annotation: Any
    description: str
    required: bool
    merge: Merge


@cache
def declared_properties(kind: type[Element]) -> tuple[Property, ...]:
    """List a kind's properties in the order of their declaration, without its ends.

    Parameters
    ----------
    kind : type of Element
        A node or edge class of the model.

    Returns
    -------
    tuple of Property

    Examples
    --------
    >>> from graphmodel.model import Borders
    >>> [field.name for field in declared_properties(Borders)]
    ['source', 'locator', 'kind', 'km', 'note']
    """
    ends = {kind.tail.column, kind.head.column} - {"source"} if issubclass(kind, Edge) else set()
    return tuple(
        Property(
            name=field.alias or name,
            annotation=field.annotation,
            description=field.description or "",
            required=field.is_required(),
            merge=_merge_rule(field.annotation, field.metadata),
        )
        for name, field in kind.model_fields.items()
        if (field.alias or name) not in ends
    )


def _merge_rule(annotation: Any, metadata: list[Any]) -> Merge:
    if get_origin(annotation) is list:
        return "union"
    notes = list(metadata)
    for part in get_args(annotation):
        notes.extend(getattr(part, "__metadata__", ()))
    return next((rule for rule in MERGE_RULES if rule in notes), "first")
