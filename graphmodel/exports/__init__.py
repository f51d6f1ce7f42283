"""What is in a store, written out for other programs and for safe-keeping.

A format is one module of this package with a function ``write``, and one entry in
``FORMATS``. The module only writes what `graphmodel.exports.network.network` read; that
nothing half-written is ever left, and that no load went on meanwhile, is seen to here.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from graphmodel.errors import GraphmodelError
from graphmodel.exports.summary import Exported

if TYPE_CHECKING:
    # The command line lists the formats in its help, which must come quickly.
    from graphmodel.store import Store

__all__ = ["DEFAULT", "FORMATS", "Exported", "Format", "export"]


@dataclass(frozen=True)
class Format:
    """One way to write the graph out.

    Attributes
    ----------
    module : str
        Of this package.
    description : str
        What it is for, in a line.
    relationship : str, optional
        The only one that it has room for; all by default.
    function : str
        Of the module; takes a graph and where to write it.

    Examples
    --------
    >>> FORMATS["drawio"].relationship
    'PARTICIPATES_IN'
    """

    module: str
    description: str
    relationship: str | None = None
    function: str = "write"

    def write(self, store: Store, place: Path, dataset: str | None) -> Exported:
        """Write a store, or what one dataset says, to a place where nothing is yet.

        Parameters
        ----------
        store : Store
            An open store.
        place : Path
            File or folder to make.
        dataset : str or None
            Whose words to write; everybody's if none.

        Returns
        -------
        Exported

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     exported = FORMATS["kumu"].write(store, Path(folder, "map.json"), "scotland")
        >>> exported.rows["scotland"]["Council"]
        32
        """
        from graphmodel.exports.network import limited, network, summary

        graph = network(store, dataset)
        if self.relationship:
            graph = limited(graph, self.relationship)
        getattr(import_module(f"graphmodel.exports.{self.module}"), self.function)(graph, place)
        return summary(graph, dataset)


@dataclass(frozen=True)
class BackUp(Format):
    """A format that holds all that the store does, and so reads it by itself.

    Examples
    --------
    >>> FORMATS[DEFAULT].module
    'datapackage'
    """

    def write(self, store: Store, place: Path, dataset: str | None) -> Exported:
        """Write a store, or what one dataset says.

        Parameters
        ----------
        store : Store
            An open store.
        place : Path
            Folder to make.
        dataset : str or None
            Whose words to write; everybody's if none.

        Returns
        -------
        Exported

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     exported = FORMATS[DEFAULT].write(store, Path(folder, "backup"), None)
        >>> list(exported.rows)
        ['scotland']
        """
        written: Exported = import_module(f"graphmodel.exports.{self.module}").write(
            store, place, dataset
        )
        return written


DEFAULT = "datapackage"
FORMATS = {
    DEFAULT: BackUp("datapackage", "CSV data packages, which 'graphmodel load' takes back"),
    "graphml": Format("graphml", "GraphML for Gephi, yEd, igraph"),
    "gexf": Format("gexf", "GEXF for Gephi, with a timeline"),
    "json": Format("node_link", "nodes and links for d3"),
    "cytoscape": Format("cytoscape", "JSON for Cytoscape"),
    "lists": Format("lists", "a folder with lists of nodes and edges for R and igraph"),
    "turtle": Format("linked_data", "Turtle in terms of W3C ORG and PROV", function="write_turtle"),
    "jsonld": Format("linked_data", "the same as JSON-LD", function="write_json_ld"),
    "kumu": Format("kumu", "a blueprint for Kumu"),
    "drawio": Format("drawio", "CSV that draw.io makes a drawing of", "PARTICIPATES_IN"),
}
"""Every format that there is, by name."""


def export(
    store: Store,
    target: Path,
    how: str = DEFAULT,
    *,
    dataset: str | None = None,
    overwrite: bool = False,
) -> Exported:
    """Write what is in a store to a file or folder.

    Parameters
    ----------
    store : Store
        An open store.
    target : Path
        File or folder to make; with ``.zip`` a format that makes a folder is packed.
    how : str
        One of ``FORMATS``.
    dataset : str, optional
        Only what this dataset says; everything by default.
    overwrite : bool
        Replace what is there, if it is a file or an earlier export.

    Returns
    -------
    Exported
        What was written, and what could not be.

    Raises
    ------
    GraphmodelError
        If the target is there already or cannot be written, the store has no such
        dataset, or a load wrote meanwhile; nothing is left then.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     exported = export(store, Path(folder, "scotland.zip"), dataset="scotland")
    >>> exported.notes
    []
    """
    from graphmodel.exports.target import replacing

    with replacing(target, overwrite=overwrite) as place:
        before = _loads_written(store)
        exported = FORMATS[how].write(store, place, dataset)
        if _loads_written(store) != before:
            raise GraphmodelError(
                "A load wrote to the store during the export, so this would have been half old "
                "and half new; nothing was written. Export again once the load is done."
            )
    return exported


def _loads_written(store: Store) -> int:
    """Count the transactions of loads so far."""
    rows = store.read("MATCH (l:LoadLock) RETURN coalesce(sum(l.taken), 0) AS number")
    number: int = next(iter(rows))["number"]
    return number
