"""draw.io's CSV, which draws who takes part in what (Arrange, Insert, Advanced, CSV).

Source: draw.io blog, "Insert a diagram from specially formatted CSV data".
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

import networkx as nx

from graphmodel.foreign_text import defused, legible
from graphmodel.rows import Lines

HEADER = """\
## Councils and partners, and the services that they take part in
# label: %label%
# style: shape=%shape%;whiteSpace=wrap;html=0;fillColor=%fill%;strokeColor=#333333;
# namespace: graphmodel-
# connect: {"from": "takes_part_in", "to": "id", "style": "endArrow=none;strokeColor=#777777;"}
# width: 140
# height: 50
# ignore: id,shape,fill,takes_part_in
# nodespacing: 40
# layout: organic
"""
_LOOKS = {"Council": ("ellipse", "#dddddd"), "Partner": ("hexagon", "#ffffff")}
_SERVICE = ("rectangle", "#eeeeff")


def write(graph: nx.MultiDiGraph, file: Path) -> None:
    r"""Write one shape for each participant and service, and a line for each membership.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As from `graphmodel.exports.network.network`, with memberships only.
    file : Path
        To make.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> graph = nx.MultiDiGraph([("Council:a", "Service:b")])
    >>> graph.add_node("Council:a", type="Council", label="Angus")
    >>> graph.add_node("Service:b", type="Service", label="Roads")
    >>> with TemporaryDirectory() as folder:
    ...     write(graph, Path(folder, "graph.csv"))
    ...     print(*Path(folder, "graph.csv").read_text().splitlines()[-2:], sep="\n")
    Council:a,Angus,ellipse,#dddddd,Service:b
    Service:b,Roads,rectangle,#eeeeff,
    """
    services: dict[str, set[str]] = defaultdict(set)
    for participant, service in graph.edges():
        services[participant].add(service)
    out = io.StringIO()
    writer = csv.writer(Lines(out))
    writer.writerow(["id", "label", "shape", "fill", "takes_part_in"])
    for name, said in sorted(graph.nodes(data=True)):
        label = defused(legible(said["label"], 200))
        shape, fill = _LOOKS.get(said["type"], _SERVICE)
        writer.writerow([name, label, shape, fill, ",".join(sorted(services[name]))])
    file.write_text(HEADER + out.getvalue(), encoding="utf-8")
