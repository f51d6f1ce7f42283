"""Looking up what is in a store by the names that people use."""

from __future__ import annotations

from collections.abc import Collection, Iterator

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

    Examples
    --------
    >>> len(known_names(store, ["Council"]))
    32
    """
    return [named for named, _ in _named(store, labels)]


def names_by_owner(store: Store, dataset: str) -> tuple[list[Named], list[Named]]:
    """List everything that has a name, apart by whether only one dataset states it.

    Parameters
    ----------
    store : Store
        An open store.
    dataset : str
        Name of the dataset.

    Returns
    -------
    others, own : list of Named
        What others state too or nobody does, and what the dataset alone states.

    Examples
    --------
    >>> others, own = names_by_owner(store, "scotland")
    >>> others
    []
    """
    others: list[Named] = []
    own: list[Named] = []
    for named, datasets in _named(store, _NAMED_LABELS):
        (own if datasets == [dataset] else others).append(named)
    return others, own


def _named(store: Store, labels: Collection[str]) -> Iterator[tuple[Named, list[str] | None]]:
    for label in labels:
        rows = store.read(
            f"MATCH (n:{label}) RETURN n.id AS id, coalesce(n.name, n.title, n.id) AS name, "
            "n.official_name AS official_name, n.gss_code AS gss_code, "
            "n.former_gss_codes AS former, n.aliases AS aliases, n.datasets AS datasets "
            "ORDER BY id"
        )
        for row in rows:
            others = [row["official_name"], row["gss_code"]]
            others += [*(row["former"] or ()), *(row["aliases"] or ())]
            named = Named(label, row["id"], row["name"], tuple(filter(None, others)))
            yield named, row["datasets"]


def name_index(store: Store, *labels: str) -> NameIndex:
    """Index of what is in the store, for resolving what a user calls it.

    Parameters
    ----------
    store : Store
        An open store.
    *labels : str
        What to find; everything that has a name by default.

    Returns
    -------
    NameIndex

    Examples
    --------
    >>> name_index(store, "Council").resolve("angus council").id
    'GB-LAS-ANS'
    """
    return NameIndex(known_names(store, labels or _NAMED_LABELS))
