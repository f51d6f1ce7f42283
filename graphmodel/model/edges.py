"""The relationships of the graph, each declared once."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from graphmodel.model.element import Edge, Endpoint, Judged, PartialDate, Prose, Rank, Spell, Text
from graphmodel.model.nodes import (
    ActivityType,
    Category,
    Council,
    Document,
    Finding,
    Grouping,
    Partner,
    Saving,
    Service,
    Statistic,
)
from graphmodel.vocabulary import BodyRole, LinkKind, Role, Status


class ParticipatesIn(Spell, Edge):
    """Somebody takes part in a service; one spell is one edge.

    Examples
    --------
    >>> ParticipatesIn.key({"role": "lead", "since": "2009"})
    'lead|2009'
    """

    type: ClassVar = "PARTICIPATES_IN"
    table: ClassVar = "participations"
    tail: ClassVar = Endpoint("participant", (Council, Partner))
    head: ClassVar = Endpoint("service", (Service,))
    key_fields: ClassVar = ("role", "since")

    participant: Text = Field(description="Council or partner: id, name or alias")
    service: Text = Field(description="Service: id, name or alias")
    role: Role = Field(description="What it does there")
    status: Status | None = Field(None, description="Where it differs from the service's own")
    part_of_area: Text | None = Field(None, description="The part of its area that is covered")
    note: Prose | None = Field(None, description="What else is said of it")


class MemberOf(Spell, Edge):
    """Somebody belongs to a joint body, so that members of members can be asked for.

    Examples
    --------
    >>> MemberOf(member="a", partner="b", source="report", locator="§2").role
    'member'
    """

    type: ClassVar = "MEMBER_OF"
    table: ClassVar = "memberships"
    tail: ClassVar = Endpoint("member", (Council, Partner))
    head: ClassVar = Endpoint("partner", (Partner,))
    key_fields: ClassVar = ("role", "since")

    member: Text = Field(description="Council or partner: id, name or alias")
    partner: Text = Field(description="The joint body: id, name or alias")
    role: BodyRole = Field("member", description="What it does there")
    note: Prose | None = Field(None, description="What else is said of it")


class PartOf(Edge):
    """A workstream, working group or pilot belongs to a larger arrangement.

    Examples
    --------
    >>> PartOf(part="a", whole="a", source="report", locator="§2")
    Traceback (most recent call last):
    ...
    pydantic_core._pydantic_core.ValidationError: ... a is on both ends ...
    """

    type: ClassVar = "PART_OF"
    table: ClassVar = "service_parts"
    tail: ClassVar = Endpoint("part", (Service,))
    head: ClassVar = Endpoint("whole", (Service,))

    part: Text = Field(description="The smaller service: id or name")
    whole: Text = Field(description="The larger one: id or name")
    rank: Rank | None = Field(None, description="Its rank, where the source ranks them")
    note: Prose | None = Field(None, description="What else is said of it")


class Succeeds(Spell, Edge):
    """A service took the place of an earlier one.

    Examples
    --------
    >>> Succeeds.interval({"since": "2013-06"}).start
    datetime.date(2013, 6, 1)
    """

    type: ClassVar = "SUCCEEDS"
    table: ClassVar = "successions"
    tail: ClassVar = Endpoint("service", (Service,))
    head: ClassVar = Endpoint("predecessor", (Service,))

    service: Text = Field(description="The later service: id or name")
    predecessor: Text = Field(description="The earlier one: id or name")
    note: Prose | None = Field(None, description="What else is said of it")


class AdoptedFrom(Spell, Edge):
    """A service took over the model of another without joining it.

    Examples
    --------
    >>> [end.column for end in AdoptedFrom.ends()]
    ['service', 'model']
    """

    type: ClassVar = "ADOPTED_FROM"
    table: ClassVar = "adoptions"
    tail: ClassVar = Endpoint("service", (Service,))
    head: ClassVar = Endpoint("model", (Service,))

    service: Text = Field(description="The service that follows the model: id or name")
    model: Text = Field(description="The service that is the model: id or name")
    note: Prose | None = Field(None, description="What else is said of it")


class Prioritises(Edge):
    """A council has put a service among its priorities.

    Examples
    --------
    >>> Prioritises.key({"rank": 1, "as_of": "2019"})
    '2019'
    """

    type: ClassVar = "PRIORITISES"
    table: ClassVar = "priorities"
    tail: ClassVar = Endpoint("council", (Council,))
    head: ClassVar = Endpoint("service", (Service,))
    key_fields: ClassVar = ("as_of",)

    council: Text = Field(description="Council: id, name or alias")
    service: Text = Field(description="Service: id or name")
    rank: Rank | None = Field(None, description="Its rank, where the source ranks them")
    as_of: PartialDate | None = Field(None, description="When it was decided")
    note: Prose | None = Field(None, description="What else is said of it")


class InCategory(Edge):
    """A service belongs to one of the report's service areas.

    Examples
    --------
    >>> said = InCategory(service="a", category="b", basis="stated", source="report", locator="§2")
    >>> said.statement()["basis"]
    'stated'
    """

    type: ClassVar = "IN_CATEGORY"
    table: ClassVar = "service_categories"
    tail: ClassVar = Endpoint("service", (Service,))
    head: ClassVar = Endpoint("category", (Category,))

    service: Text = Field(description="Service: id or name")
    category: Text = Field(description="Category: id or name")
    basis: Judged = Field(description="Whether the source says so, or we judged")
    reason: Prose | None = Field(None, description="Why, where it is our judgement")


class OfType(Edge):
    """A service is one of the report's activity types.

    Examples
    --------
    >>> OfType.head.labels
    ('ActivityType',)
    """

    type: ClassVar = "OF_TYPE"
    table: ClassVar = "service_types"
    tail: ClassVar = Endpoint("service", (Service,))
    head: ClassVar = Endpoint("activity_type", (ActivityType,))

    service: Text = Field(description="Service: id or name")
    activity_type: Text = Field(description="Activity type: id or name")
    basis: Judged = Field(description="Whether the source says so, or we judged")
    reason: Prose | None = Field(None, description="Why, where it is our judgement")


class Borders(Edge):
    """Two councils touch, by land or over water; asked without direction.

    Examples
    --------
    >>> said = {"council": "a", "neighbour": "b", "source": "map", "locator": "sheet 1"}
    >>> Borders(kind="bridge", km="2.5", **said).km
    2.5
    """

    type: ClassVar = "BORDERS"
    table: ClassVar = "borders"
    tail: ClassVar = Endpoint("council", (Council,))
    head: ClassVar = Endpoint("neighbour", (Council,))
    key_fields: ClassVar = ("kind",)
    undirected: ClassVar = True

    council: Text = Field(description="Council: id, name or alias")
    neighbour: Text = Field(description="The other council: id, name or alias")
    kind: LinkKind = Field(description="land, bridge, ferry, or water without a crossing")
    km: float | None = Field(
        None, gt=0, le=10**5, allow_inf_nan=False, description="Length of the border in kilometres"
    )
    note: Prose | None = Field(None, description="Which bridge or ferry, or what else is said")


class InGrouping(Spell, Edge):
    """A council belongs to a grouping.

    Examples
    --------
    >>> InGrouping.key({"since": "2018"})
    '2018'
    """

    type: ClassVar = "IN_GROUPING"
    table: ClassVar = "grouping_members"
    tail: ClassVar = Endpoint("council", (Council,))
    head: ClassVar = Endpoint("grouping", (Grouping,))
    key_fields: ClassVar = ("since",)

    council: Text = Field(description="Council: id, name or alias")
    grouping: Text = Field(description="Grouping: id or name")
    part_of_area: Text | None = Field(None, description="The part of its area that is covered")
    note: Prose | None = Field(None, description="What else is said of it")


class FocusedOn(Edge):
    """A service is for the area of a grouping.

    Examples
    --------
    >>> FocusedOn.tail.labels, FocusedOn.head.labels
    (('Service',), ('Grouping',))
    """

    type: ClassVar = "FOCUSED_ON"
    table: ClassVar = "service_areas"
    tail: ClassVar = Endpoint("service", (Service,))
    head: ClassVar = Endpoint("grouping", (Grouping,))

    service: Text = Field(description="Service: id or name")
    grouping: Text = Field(description="Grouping: id or name")
    basis: Judged = Field(description="Whether the source says so, or we judged")
    reason: Prose | None = Field(None, description="Why, where it is our judgement")


class HasSaving(Edge):
    """A service is said to save an amount.

    Examples
    --------
    >>> HasSaving.table == Saving.table
    True
    """

    type: ClassVar = "HAS_SAVING"
    table: ClassVar = "savings"
    tail: ClassVar = Endpoint("service", (Service,))
    head: ClassVar = Endpoint("id", (Saving,))

    service: Text = Field(description="Service that saves: id or name")
    id: Text


class Reports(Edge):
    """A service is where a finding comes from; a document's own findings have none.

    Examples
    --------
    >>> Reports.optional
    True
    """

    type: ClassVar = "REPORTS"
    table: ClassVar = "findings"
    tail: ClassVar = Endpoint("service", (Service,))
    head: ClassVar = Endpoint("id", (Finding,))
    optional: ClassVar = True

    service: Text = Field(description="Service that it was learned from: id or name")
    id: Text


class StatedIn(Edge):
    """A published figure stands in a document.

    Examples
    --------
    >>> [end.column for end in StatedIn.ends()]
    ['id', 'source']
    """

    type: ClassVar = "STATED_IN"
    table: ClassVar = "statistics"
    tail: ClassVar = Endpoint("id", (Statistic,))
    head: ClassVar = Endpoint("source", (Document,))

    id: Text


EDGE_KINDS: tuple[type[Edge], ...] = (
    ParticipatesIn,
    MemberOf,
    PartOf,
    Succeeds,
    AdoptedFrom,
    Prioritises,
    InCategory,
    OfType,
    Borders,
    InGrouping,
    FocusedOn,
    HasSaving,
    Reports,
    StatedIn,
)
"""Every type of relationship that a dataset can state, in the order of writing."""
