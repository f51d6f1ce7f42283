"""The graph's model: every node and relationship, declared once.

From these declarations come validation, constraints, statements, the schema and
the tables of a data package. Import kinds from here; the files beside are where
they are written down.
"""

from graphmodel.model.edges import (
    EDGE_KINDS,
    AdoptedFrom,
    Borders,
    FocusedOn,
    HasSaving,
    InCategory,
    InGrouping,
    MemberOf,
    OfType,
    ParticipatesIn,
    PartOf,
    Prioritises,
    Reports,
    StatedIn,
    Succeeds,
)
from graphmodel.model.element import Edge, Element, Endpoint, Node, declared_properties
from graphmodel.model.nodes import (
    NODE_KINDS,
    ActivityType,
    Category,
    Council,
    Document,
    Finding,
    Grouping,
    LoadRun,
    Partner,
    Saving,
    Service,
    Statistic,
)

__all__ = [
    "EDGE_KINDS",
    "NODE_KINDS",
    "ActivityType",
    "AdoptedFrom",
    "Borders",
    "Category",
    "Council",
    "Document",
    "Edge",
    "Element",
    "Endpoint",
    "Finding",
    "FocusedOn",
    "Grouping",
    "HasSaving",
    "InCategory",
    "InGrouping",
    "LoadRun",
    "MemberOf",
    "Node",
    "OfType",
    "PartOf",
    "ParticipatesIn",
    "Partner",
    "Prioritises",
    "Reports",
    "Saving",
    "Service",
    "StatedIn",
    "Statistic",
    "Succeeds",
    "declared_properties",
]
