"""draw.io's CSV, which draws who takes part in what (Arrange, Insert, Advanced, CSV).

Source: draw.io blog, "Insert a diagram from specially formatted CSV data".
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

from graphmodel.exports.network import network, summary
from graphmodel.exports.summary import Exported
from graphmodel.foreign_text import defused, legible
from graphmodel.store import Store

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


def write(store: Store, file: Path, dataset: str | None) -> Exported:
    """Write one shape for each participant and service, and a line for each membership.

    Parameters
    ----------
    store : Store
        An open store.
    file : Path
        To make.
    dataset : str or None
        Whose words to write; everybody's if none.

    Returns
    -------
    Exported

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     exported = write(store, Path(folder, "graph.csv"), "scotland")
    >>> sorted(exported.rows["scotland"])
    ['Council', 'PARTICIPATES_IN', 'Partner', 'Service']
    """
    whole = network(store, dataset)
    taking_part = [
        edge
        for edge in whole.edges(keys=True)
        if whole.edges[edge]["relationship"] == "PARTICIPATES_IN"
    ]
    graph = whole.edge_subgraph(taking_part)
    services: dict[str, set[str]] = defaultdict(set)
    for participant, service in graph.edges():
        services[participant].add(service)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "label", "shape", "fill", "takes_part_in"])
    for name, said in sorted(graph.nodes(data=True)):
        label = defused(legible(said["label"], 200))
        shape, fill = _LOOKS.get(said["type"], _SERVICE)
        writer.writerow([name, label, shape, fill, ",".join(sorted(services[name]))])
    file.write_text(HEADER + out.getvalue(), encoding="utf-8")
    return summary(graph, dataset)
