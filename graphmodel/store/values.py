"""Values as the driver gives them, turned into plain Python."""

from __future__ import annotations

from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date, DateTime, Duration, Time


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
        dictionaries for nodes and relationships; lists for paths.

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
            return {"labels": sorted(value.labels), **_properties(value)}
        case Relationship():
            return {"type": value.type, **_properties(value)}
        case Path():
            steps: list[Any] = [plain(value.start_node)]
            for relationship, node in zip(value.relationships, value.nodes[1:], strict=True):
                steps += [plain(relationship), plain(node)]
            return steps
        case list() | tuple():
            return [plain(item) for item in value]
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case _:
            return value


def _properties(entity: Node | Relationship) -> dict[str, Any]:
    return {key: plain(entity[key]) for key in sorted(entity.keys())}
