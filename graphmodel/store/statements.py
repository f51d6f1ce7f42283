"""The Cypher that writes, reads back and removes what the model declares.

Labels, types and property names come from the model alone; values are always
parameters. Rows travel as lists, which is faster than maps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graphmodel.model import EDGE_KINDS, NODE_KINDS, Edge, LoadRun, Node
from graphmodel.model.written import ON_MEMBERS

_FREE = f"NOT EXISTS {{ (x)-[y]-() WHERE NOT type(y) IN {list(ON_MEMBERS)} }}"
"""That nothing hangs on an ``x`` save what analyses have written."""


def _by_id(variable: str, label: str) -> str:
    """Look a node up by the index of ids, whatever the planner believes.

    While a Neo4j has not counted anew what is in an index that was empty, it takes going
    through all of it for cheap: a thousand times slower, for the first seconds after a load.
    """
    return f"USING INDEX SEEK {variable}:{label}(id) "


@dataclass(frozen=True)
class Shape:
    """What one statement can write: a label, or a type between two labels.

    Attributes
    ----------
    kind : type of Node or Edge
        The class.
    tail, head : str
        Labels of an edge's ends; empty for a node.

    Examples
    --------
    >>> from graphmodel.model import Council, OfType
    >>> Shape(Council).name, Shape(OfType, "Service", "ActivityType").name
    ('Council', 'OF_TYPE')
    """

    kind: type[Node] | type[Edge]
    tail: str = ""
    head: str = ""

    @property
    def name(self) -> str:
        """What the graph calls it: a label or a relationship type.

        Examples
        --------
        >>> from graphmodel.model import Council
        >>> Shape(Council).name
        'Council'
        """
        return self.kind.label if issubclass(self.kind, Node) else self.kind.type

    @property
    def ends(self) -> int:
        """How many ids tell where it is: its own, or those of tail and head.

        Examples
        --------
        >>> from graphmodel.model import Council, OfType
        >>> Shape(Council).ends, Shape(OfType, "Service", "ActivityType").ends
        (1, 2)
        """
        return 1 if issubclass(self.kind, Node) else 2

    @property
    def has_key(self) -> bool:
        """Whether there may be several of it between the same two nodes.

        Examples
        --------
        >>> from graphmodel.model import Borders, OfType
        >>> Shape(Borders, "Council", "Council").has_key
        True
        >>> Shape(OfType, "Service", "ActivityType").has_key
        False
        """
        return issubclass(self.kind, Edge) and bool(self.kind.key_fields)

    def fetch(self) -> str:
        """Properties of those whose keys are in ``$keys``.

        Returns
        -------
        str
            Cypher; its rows have ``key`` and ``properties``.

        Examples
        --------
        >>> from graphmodel.model import Council
        >>> print(Shape(Council).fetch())
        UNWIND $keys AS key MATCH (x:Council {id: key[0]}) USING INDEX SEEK x:Council(id)
        RETURN [x.id] AS key, properties(x) AS properties
        """
        return f"{self._keyed()}RETURN {self._key()} AS key, properties(x) AS properties"

    def stated(self) -> str:
        """Count those whose keys are in ``$keys`` and that ``$dataset`` states.

        Returns
        -------
        str
            Cypher; its one row has the ``number``.

        Examples
        --------
        >>> from graphmodel.model import Council
        >>> print(Shape(Council).stated())
        UNWIND $keys AS key MATCH (x:Council {id: key[0]}) USING INDEX SEEK x:Council(id)
        WHERE $dataset IN x.datasets RETURN count(*) AS number
        """
        return f"{self._keyed()}WHERE $dataset IN x.datasets RETURN count(*) AS number"

    def write(self) -> str:
        """Make or replace those in ``$rows``, each a key's parts and the properties.

        Returns
        -------
        str
            Cypher; its one row has the ``number`` of those written.

        Examples
        --------
        >>> from graphmodel.model import OfType
        >>> print(Shape(OfType, "Service", "ActivityType").write())
        UNWIND $rows AS row
        MATCH (tail:Service {id: row[0][0]}) USING INDEX SEEK tail:Service(id)
        MATCH (head:ActivityType {id: row[0][1]}) USING INDEX SEEK head:ActivityType(id)
        MERGE (tail)-[x:OF_TYPE]->(head) SET x = row[1] RETURN count(*) AS number
        """
        if issubclass(self.kind, Node):
            return (
                f"UNWIND $rows AS row MERGE (x:{self.name} {{id: row[0][0]}}) "
                "SET x = row[1] RETURN count(*) AS number"
            )
        return (
            f"UNWIND $rows AS row {self._ends_match('row[0]')}"
            f"MERGE (tail)-[x:{self.name}{self._key_match('row[0]')}]->(head) "
            "SET x = row[1] RETURN count(*) AS number"
        )

    def create(self, columns: Sequence[str], constants: Iterable[str]) -> str:
        """Make those in ``$rows``, of which none may be there yet.

        Parameters
        ----------
        columns : sequence of str
            Properties whose values follow the id (for edges, both ids) in each row.
        constants : iterable of str
            Properties that all share, each the parameter of its name.

        Returns
        -------
        str
            Cypher; its one row has the ``number`` of those written.

        Examples
        --------
        >>> from graphmodel.model import Council
        >>> print(Shape(Council).create(["name"], ["datasets"]))
        UNWIND $rows AS row CREATE (x:Council {id: row[0], name: row[1], datasets: $datasets})
        RETURN count(*) AS number
        """
        said = self._literal(columns, constants)
        made = f"CREATE (x:{self.name} {said})"
        if self.ends == 2:
            made = f"{self._ends_match()}CREATE (tail)-[x:{self.name} {said}]->(head)"
        return f"UNWIND $rows AS row {made} RETURN count(*) AS number"

    def same(self, columns: Sequence[str], constants: Iterable[str]) -> str:
        """Count those in ``$rows`` that are there already, with just these properties.

        Parameters
        ----------
        columns, constants
            As for `create`.

        Returns
        -------
        str
            Cypher; its one row has the ``number``.

        Examples
        --------
        >>> from graphmodel.model import Council
        >>> print(Shape(Council).same(["name"], []))
        UNWIND $rows AS row MATCH (x:Council {id: row[0]}) USING INDEX SEEK x:Council(id)
        WHERE properties(x) = {id: row[0], name: row[1]} RETURN count(*) AS number
        """
        found = self._matched("x", self.name, "row[0]")
        if self.ends == 2:
            found = f"{self._ends_match()}MATCH (tail)-[x:{self.name}]->(head) "
        said = self._literal(columns, constants)
        return f"UNWIND $rows AS row {found}WHERE properties(x) = {said} RETURN count(*) AS number"

    def same_around(self, end: int, columns: Sequence[str], constants: Iterable[str]) -> str:
        """Count edges as `same` does, those of one node together: one look for each node.

        Parameters
        ----------
        end : {0, 1}
            Whether the nodes are tails or heads.
        columns, constants
            As for `create`.

        Returns
        -------
        str
            Cypher, for ``$groups``: the id of a node, and values by the id of the other end.

        Examples
        --------
        >>> from graphmodel.model import OfType
        >>> print(Shape(OfType, "Service", "ActivityType").same_around(0, ["basis"], []))
        UNWIND $groups AS around
        MATCH (tail:Service {id: around[0]})-[x:OF_TYPE]->(head:ActivityType)
        USING INDEX SEEK tail:Service(id)
        WITH x, around[1][head.id] AS row WHERE row IS NOT NULL
        AND properties(x) = {basis: row[0]} RETURN count(*) AS number
        """
        chosen, other = (" {id: around[0]}", "") if end == 0 else ("", " {id: around[0]}")
        hint, far = _by_id("tail", self.tail), "head"
        if end:
            hint, far = _by_id("head", self.head), "tail"
        said = self._literal(columns, constants, first=0)
        return (
            f"UNWIND $groups AS around MATCH (tail:{self.tail}{chosen})-[x:{self.name}]->"
            f"(head:{self.head}{other}) {hint}WITH x, around[1][{far}.id] AS row "
            f"WHERE row IS NOT NULL AND properties(x) = {said} RETURN count(*) AS number"
        )

    def _literal(
        self, columns: Sequence[str], constants: Iterable[str], first: int | None = None
    ) -> str:
        """Properties as a map, out of a row and parameters."""
        said = ["id: row[0]"] if self.ends == 1 else []
        said += [
            f"{name}: row[{place}]"
            for place, name in enumerate(columns, self.ends if first is None else first)
        ]
        said += [f"{name}: ${name}" for name in constants]
        return "{" + ", ".join(said) + "}"

    def _ends_match(self, ids: str = "row") -> str:
        tail = self._matched("tail", self.tail, f"{ids}[0]")
        return tail + self._matched("head", self.head, f"{ids}[1]")

    @staticmethod
    def _matched(variable: str, label: str, place: str) -> str:
        return f"MATCH ({variable}:{label} {{id: {place}}}) {_by_id(variable, label)}"

    def count(self) -> str:
        """How many there are of its label or type: a number that the database keeps.

        Returns
        -------
        str
            Cypher; its one row has ``number``.

        Examples
        --------
        >>> from graphmodel.model import Council
        >>> Shape(Council).count()
        'MATCH (x:Council) RETURN count(x) AS number'
        """
        if issubclass(self.kind, Node):
            return f"MATCH (x:{self.name}) RETURN count(x) AS number"
        return f"MATCH ()-[x:{self.name}]->() RETURN count(x) AS number"

    def unstate(self) -> str:
        """Mark the nodes whose keys are in ``$keys`` as stated by nobody.

        Returns
        -------
        str
            Cypher, without rows; for nodes only.

        Examples
        --------
        >>> from graphmodel.model import Council
        >>> print(Shape(Council).unstate())
        UNWIND $keys AS key MATCH (x:Council {id: key[0]}) USING INDEX SEEK x:Council(id)
        SET x.datasets = [] REMOVE x.statements, x.citations, x.conflicts
        """
        return f"{self._keyed()}SET x.datasets = [] REMOVE x.statements, x.citations, x.conflicts"

    def delete(self) -> str:
        """Remove those whose keys are in ``$keys``; nodes only if nobody states or needs them.

        Returns
        -------
        str
            Cypher; its one row has the ``number`` of those removed.

        Examples
        --------
        >>> from graphmodel.model import Council
        >>> print(Shape(Council).delete())
        UNWIND $keys AS key MATCH (x:Council {id: key[0]}) USING INDEX SEEK x:Council(id)
        WHERE x.datasets = [] AND NOT EXISTS { (x)-[y]-()
        WHERE NOT type(y) IN ['IN_CLUSTER', 'RANKED_IN', 'TIED_TO'] }
        DETACH DELETE x RETURN count(*) AS number
        """
        if self.ends == 1:
            free = f"WHERE x.datasets = [] AND {_FREE}"
            return f"{self._keyed()}{free} DETACH DELETE x RETURN count(*) AS number"
        return f"{self._keyed()}DELETE x RETURN count(*) AS number"

    def _keyed(self) -> str:
        """Find each ``x`` whose key is in ``$keys``."""
        if self.ends == 1:
            return f"UNWIND $keys AS key {self._matched('x', self.name, 'key[0]')}"
        return (
            f"UNWIND $keys AS key {self._ends_match('key')}"
            f"MATCH (tail)-[x:{self.name}{self._key_match()}]->(head) "
        )

    def _key(self) -> str:
        """Expression for the key of an ``x`` that the pattern has matched."""
        if issubclass(self.kind, Node):
            return "[x.id]"
        discriminator = ", x.key" if self.has_key else ""
        return f"[tail.id, head.id{discriminator}]"

    def _key_match(self, row: str = "key") -> str:
        return f" {{key: {row}[2]}}" if self.has_key else ""


NODE_SHAPES = tuple(Shape(kind) for kind in NODE_KINDS)
EDGE_SHAPES = tuple(
    Shape(kind, tail, head)
    for kind in EDGE_KINDS
    for tail in kind.tail.labels
    for head in kind.head.labels
)
SHAPES = (*NODE_SHAPES, *EDGE_SHAPES)
"""Everything that a dataset can state, in the order of writing."""

# The scans below look at everything by intent. One statement a shape would be planned
# thirty times over, which takes a cold server ten seconds and more.
LABELS = [kind.label for kind in NODE_KINDS]
TYPES = [kind.type for kind in EDGE_KINDS]
_LABEL_OF = "[label IN labels({0}) WHERE label IN $labels][0]"
_OURS = "any(label IN labels({0}) WHERE label IN $labels)"
NODES_STATED_BY = (
    f"MATCH (x) WHERE $dataset IN x.datasets AND {_OURS.format('x')} "
    f"RETURN {_LABEL_OF.format('x')} AS label, x.id AS id"
)
EDGES_STATED_BY = (
    "MATCH (tail)-[x]->(head) WHERE $dataset IN x.datasets "
    f"AND {_OURS.format('tail')} AND {_OURS.format('head')} AND type(x) IN $types "
    f"RETURN type(x) AS type, {_LABEL_OF.format('tail')} AS tail_label, tail.id AS tail, "
    f"{_LABEL_OF.format('head')} AS head_label, head.id AS head, x.key AS key"
)
STATED_NUMBER = (
    f"MATCH (x) WHERE $dataset IN x.datasets AND {_OURS.format('x')} RETURN count(*) AS number "
    "UNION ALL MATCH ()-[x]->() WHERE $dataset IN x.datasets AND type(x) IN $types "
    "RETURN count(*) AS number"
)
"""How many nodes, and how many edges, a dataset states."""
ALL_NUMBER = " UNION ALL ".join(
    [f"MATCH (x:{label}) RETURN count(x) AS number" for label in LABELS]
    + [f"MATCH ()-[x:{name}]->() RETURN count(x) AS number" for name in TYPES]
)
"""How many there are of each kind: numbers that the database keeps, so nothing is looked at."""
UNSTATED = (
    f"MATCH (x) WHERE x.datasets = [] AND {_OURS.format('x')} AND {_FREE} "
    f"RETURN {_LABEL_OF.format('x')} AS label, x.id AS id"
)
CITED = " UNION ".join(
    f"MATCH {pattern} UNWIND coalesce(x.citations, [x.source]) AS place "
    "WITH split(place, '#')[0] AS id WHERE id IN $ids RETURN DISTINCT id"
    for pattern in ("(x)", "()-[x]->()")
)
"""Which of the documents in ``$ids`` something still cites."""

STRIPES = ("load", "load-2")
"""Parts of the lock of loads. Whoever holds one part keeps all others from taking the whole."""
_TAKE = "MERGE ({0}:LoadLock {{id: {1}}}) SET {0}.taken = coalesce({0}.taken, 0) + 1"
LOCK = " ".join([_TAKE.format("l", repr(STRIPES[0])), _TAKE.format("m", repr(STRIPES[1]))])
"""Makes transactions of loads that run at once wait for each other."""
LOCK_STRIPE = _TAKE.format("l", "$stripe")
"""Lets transactions of one load run at once, and no other load's beside them."""
LATEST_LAST = "ORDER BY coalesce(r.number, 0), r.started, r.id"
LATEST_FIRST = "ORDER BY coalesce(r.number, 0) DESC, r.started DESC, r.id DESC"
"""Order of the loads ``r``, whatever the clocks said."""

CONSTRAINED_LABELS = (*(kind.label for kind in NODE_KINDS), LoadRun.label, "LoadLock")
CONSTRAINTS = {
    f"{label.lower()}_id": f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS "
    f"FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for label in CONSTRAINED_LABELS
}
"""Name of each uniqueness constraint, and the statement that makes it."""
