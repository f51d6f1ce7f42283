"""Looking up what is in a store by the names that people use."""

from __future__ import annotations

from collections.abc import Collection

from graphmodel.names import Named, NameIndex
from graphmodel.store.bolt import Store

_NAMED_LABELS = (
    "Council",
    "Partner",
    "Service",
    "Grouping",
    "Category",
    "ActivityType",
    "Document",
)


def known_names(store: Store, labels: Collection[str] = _NAMED_LABELS) -> list[Named]:
    """List everything in the store that has a name.

    Parameters
    ----------
    store : Store
        An open store.
    labels : collection of str
        Which labels to list.

    Returns
    -------
    list of Named
        In order of label and id.
    """
    found = []
    for label in labels:
        rows = store.read(
            f"MATCH (n:{label}) RETURN n.id AS id, coalesce(n.name, n.title, n.id) AS name, "
            "n.official_name AS official_name, n.gss_code AS gss_code, "
            "n.former_gss_codes AS former, n.aliases AS aliases ORDER BY id"
        )
        for row in rows:
            others = [row["official_name"], row["gss_code"]]
            others += [*(row["former"] or ()), *(row["aliases"] or ())]
            found.append(Named(label, row["id"], row["name"], tuple(filter(None, others))))
    return found


def name_index(store: Store, *labels: str) -> NameIndex:
    """Index of what is in the store, for resolving what a user calls it."""
    return NameIndex(known_names(store, labels or _NAMED_LABELS))
