"""Values as the driver gives them, turned into plain Python, and lists to give it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time


class NodeValue(dict[str, Any]):
    """A node: its properties, and its labels under ``labels``.

    Examples
    --------
    >>> print(NodeValue(labels=["Council"], name="Angus"))
    (:Council {name: 'Angus'})
    """

    def __str__(self) -> str:
        return f"({_spaced(self._labels(), _map_text(self))})"

    def short(self) -> str:
        """Show what it is called, as in a path.

        Examples
        --------
        >>> NodeValue(labels=["Council"], id="GB-LAS-ANS", name="Angus").short()
        "(:Council {name: 'Angus'})"
        """
        called = next((name for name in _CALLED if self.get(name) is not None), None)
        return f"({_spaced(self._labels(), _map_text({called: self[called]} if called else {}))})"

    def _labels(self) -> str:
        return "".join(f":{label}" for label in self["labels"])


class RelationshipValue(dict[str, Any]):
    """A relationship: its properties, and its type under ``type``.

    Examples
    --------
    >>> print(RelationshipValue(type="BORDERS", kind="land"))
    [:BORDERS {kind: 'land'}]
    """

    def __str__(self) -> str:
        return f"[{_spaced(':' + self['type'], _map_text(self))}]"

    def short(self) -> str:
        """Show its type and, of a membership, the role.

        Examples
        --------
        >>> RelationshipValue(type="PARTICIPATES_IN", role="lead", since="2014").short()
        "[:PARTICIPATES_IN {role: 'lead'}]"
        """
        role = {"role": self["role"]} if "role" in self else {}
        return f"[{_spaced(':' + self['type'], _map_text(role))}]"


class PathValue(list[Any]):
    """Nodes and relationships by turns.

    Examples
    --------
    >>> angus, fife = (NodeValue(labels=["Council"], name=name) for name in ("Angus", "Fife"))
    >>> path = PathValue([angus, RelationshipValue(type="BORDERS"), fife], [True])
    >>> print(path)
    (:Council {name: 'Angus'})-[:BORDERS]->(:Council {name: 'Fife'})
    """

    def __init__(self, steps: Iterable[Any], forward: Iterable[bool]) -> None:
        super().__init__(steps)
        self.forward = list(forward)
        """Whether each relationship points along the path."""

    def __str__(self) -> str:
        shown = [step.short() for step in self]
        parts = shown[:1]
        for place, forward in enumerate(self.forward):
            before, after = ("-", "->") if forward else ("<-", "-")
            parts.append(f"{before}{shown[2 * place + 1]}{after}{shown[2 * place + 2]}")
        return "".join(parts)


def _spaced(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _map_text(properties: dict[str, Any]) -> str:
    """Properties as Cypher writes them, long ones cut: a page shows what something is."""
    shown = [
        f"{name}: {_literal(value)}" for name, value in properties.items() if name not in _LEFT_OUT
    ]
    return "{" + ", ".join(shown) + "}" if shown else ""


_LEFT_OUT = ("labels", "type", "datasets", "statements", "citations", "conflicts", "key")
"""What stands elsewhere, or is the program's own account of where a fact comes from."""
_CALLED = ("name", "title", "text", "id")
_LONGEST = 60


def _literal(value: Any) -> str:
    if isinstance(value, str):
        cut = value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
        return "'" + cut.replace("'", "\\'") + "'"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return str(value)


def plain(value: Any) -> Any:
    """Turn a value of the driver into one that any format can show.

    Parameters
    ----------
    value : object
        A property value, node, relationship, path, list or map.

    Returns
    -------
    object
        Dates and times of the standard library, or ISO text where it has none;
        dictionaries for nodes, relationships and points; lists for paths.

    Examples
    --------
    >>> plain([Date(2009, 1, 1)])
    [datetime.date(2009, 1, 1)]
    """
    match value:
        case Date() | DateTime() | Time():
            try:
                return value.to_native()
            except ValueError:
                # Python's finest is a microsecond, and the last one of a day cannot be rounded up.
                return value.iso_format()
        case Duration():
            return value.iso_format()
        case Node():
            return NodeValue(labels=sorted(value.labels), **_properties(value))
        case Relationship():
            return RelationshipValue(type=value.type, **_properties(value))
        case Path():
            return _path(value)
        case Point():
            return {"srid": value.srid, **dict(zip("xyz", value, strict=False))}
        case list() | tuple():
            return [plain(item) for item in value]
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case _:
            return value


def _properties(entity: Node | Relationship) -> dict[str, Any]:
    return {key: plain(entity[key]) for key in sorted(entity.keys())}


def _path(path: Path) -> PathValue:
    steps: list[Any] = [plain(path.start_node)]
    forward = []
    for before, relationship, after in zip(
        path.nodes, path.relationships, path.nodes[1:], strict=False
    ):
        steps += [plain(relationship), plain(after)]
        forward.append(relationship.start_node == before)
    return PathValue(steps, forward)


class Unprinted(list[Any]):
    """A list that does not print what is in it.

    The driver makes a text of all parameters for its log, whether that is wanted or not:
    for thousands of rows this takes as long as packing them.

    Examples
    --------
    >>> Unprinted([1.5, 2.5])
    <2 items>
    """

    def __repr__(self) -> str:
        return f"<{len(self):,} items>"
