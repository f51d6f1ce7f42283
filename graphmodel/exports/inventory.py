"""What is seen on the way through a store: who states and needs what, what is amiss."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

NodeKey = tuple[str, str]
"""Label and id."""
SHOWN = 3
"""Examples of what is amiss that a note gives."""


@dataclass
class Inventory:
    """What was seen on the way through a store.

    Attributes
    ----------
    stated, needed : dict of str to set of tuple
        By dataset, the nodes that it states, and those that it refers to.
    unstated : dict of tuple to dict
        Properties of the nodes that no dataset states.
    as_stored : set of str
        Datasets that say what a load would not accept at once, although loads that
        left rows out have come to it: spells that overlap, a row said twice.
    amiss : dict of str to list of str
        What does not come back from the rows, and of which nodes and edges that is so.

    Examples
    --------
    >>> Inventory().amiss
    {}
    """

    stated: dict[str, set[NodeKey]] = field(default_factory=dict)
    needed: dict[str, set[NodeKey]] = field(default_factory=dict)
    unstated: dict[NodeKey, dict[str, Any]] = field(default_factory=dict)
    as_stored: set[str] = field(default_factory=set)
    amiss: dict[str, list[str]] = field(default_factory=dict)

    def state(self, dataset: str, node: NodeKey) -> None:
        """Note that a dataset states a node.

        Parameters
        ----------
        dataset : str
            Its name.
        node : tuple of str
            Label and id.
        """
        self.stated.setdefault(dataset, set()).add(node)

    def need(self, dataset: str, *nodes: NodeKey) -> None:
        """Note that a dataset refers to nodes.

        Parameters
        ----------
        dataset : str
            Its name.
        *nodes : tuple of str
            Label and id of each.
        """
        self.needed.setdefault(dataset, set()).update(nodes)

    def miss(self, what: str, which: str) -> None:
        """Note that something will not come back.

        Parameters
        ----------
        what, which : str
            What is amiss, and the node or edge of which that is so.
        """
        self.amiss.setdefault(what, []).append(which)

    def notes(self) -> list[str]:
        """Say what is amiss, a sentence each.

        Returns
        -------
        list of str

        Examples
        --------
        >>> inventory = Inventory()
        >>> inventory.miss("have properties that no dataset states", "Council EX-ARD")
        >>> inventory.notes()
        ['1 nodes or edges have properties that no dataset states: Council EX-ARD.']
        """
        found = []
        for what, which in self.amiss.items():
            more = ", …" if len(which) > SHOWN else ""
            found.append(f"{len(which):,} nodes or edges {what}: {', '.join(which[:SHOWN])}{more}.")
        return found


FOREIGN = "have properties that no dataset states, which are left out"
BROKEN = (
    "have lost what ties them to a service, so they are left out: a load was broken off, "
    "load that dataset again first"
)
NAMELESS = "have an end that no name tells from another, so they are left out"
OTHER_MODEL = "have statements of another version of the model, and what it lacks is left out"
