"""The Cypher that writes, reads back and removes what the model declares.

Labels, types and property names come from the model alone; values are always
parameters. Rows travel as lists, which is faster than maps.
"""

from __future__ import annotations

from dataclasses import dataclass

from graphmodel.model import EDGE_KINDS, NODE_KINDS, Edge, Node


@dataclass(frozen=True)
class Shape:
    """What one statement can write: a label, or a type between two labels."""

    kind: type[Node] | type[Edge]
    tail: str = ""
    head: str = ""

    @property
    def name(self) -> str:
        """What the graph calls it: a label or a relationship type."""
        return self.kind.label if issubclass(self.kind, Node) else self.kind.type

    @property
    def pattern(self) -> str:
        """Pattern with the names that the statements use: ``x`` for what is written."""
        if issubclass(self.kind, Node):
            return f"(x:{self.name})"
        return f"(tail:{self.tail})-[x:{self.name}]->(head:{self.head})"

    def count(self) -> str:
        """How many there are in all."""
        if issubclass(self.kind, Node):
            return f"MATCH {self.pattern} RETURN count(x) AS number"
        return f"MATCH (:{self.tail})-[x:{self.name}]->(:{self.head}) RETURN count(x) AS number"

    def fetch(self) -> str:
        """Properties of those whose keys are in ``$keys``."""
        if issubclass(self.kind, Node):
            return (
                f"UNWIND $keys AS key MATCH (x:{self.name} {{id: key[0]}}) "
                "RETURN [x.id] AS key, properties(x) AS properties"
            )
        return (
            f"UNWIND $keys AS key "
            f"MATCH (tail:{self.tail} {{id: key[0]}})-[x:{self.name}{self._key_match()}]->"
            f"(head:{self.head} {{id: key[1]}}) "
            f"RETURN {self._key()} AS key, properties(x) AS properties"
        )

    def write(self) -> str:
        """Make or replace those in ``$rows``, each a key's parts and the properties."""
        if issubclass(self.kind, Node):
            return (
                f"UNWIND $rows AS row MERGE (x:{self.name} {{id: row[0][0]}}) "
                "SET x = row[1] RETURN count(*) AS number"
            )
        return (
            f"UNWIND $rows AS row MATCH (tail:{self.tail} {{id: row[0][0]}}) "
            f"MATCH (head:{self.head} {{id: row[0][1]}}) "
            f"MERGE (tail)-[x:{self.name}{self._key_match('row[0]')}]->(head) "
            "SET x = row[1] RETURN count(*) AS number"
        )

    def stated_by(self) -> str:
        """Keys of those of which ``$dataset`` speaks."""
        return (
            f"MATCH {self.pattern} WHERE $dataset IN x.datasets "
            f"RETURN {'[x.id]' if issubclass(self.kind, Node) else self._key()} AS key"
        )

    def delete(self) -> str:
        """Remove those whose keys are in ``$keys``; nodes only when nothing hangs on them."""
        if issubclass(self.kind, Node):
            return (
                f"UNWIND $keys AS key MATCH (x:{self.name} {{id: key[0]}}) "
                "WHERE NOT EXISTS { (x)--() } DELETE x RETURN count(*) AS number"
            )
        return (
            f"UNWIND $keys AS key "
            f"MATCH (tail:{self.tail} {{id: key[0]}})-[x:{self.name}{self._key_match()}]->"
            f"(head:{self.head} {{id: key[1]}}) DELETE x RETURN count(*) AS number"
        )

    def _key(self) -> str:
        discriminator = ", x.key" if self._has_key() else ""
        return f"[tail.id, head.id{discriminator}]"

    def _key_match(self, row: str = "key") -> str:
        return f" {{key: {row}[2]}}" if self._has_key() else ""

    def _has_key(self) -> bool:
        return issubclass(self.kind, Edge) and bool(self.kind.key_fields)


NODE_SHAPES = tuple(Shape(kind) for kind in NODE_KINDS)
EDGE_SHAPES = tuple(
    Shape(kind, tail, head)
    for kind in EDGE_KINDS
    for tail in kind.tail.labels
    for head in kind.head.labels
)

CONSTRAINED_LABELS = (*(kind.label for kind in NODE_KINDS), "LoadRun")
CONSTRAINTS = {
    f"{label.lower()}_id": f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS "
    f"FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for label in CONSTRAINED_LABELS
}
"""Name of each uniqueness constraint, and the statement that makes it."""
