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
    return list(_named(store, labels))


def names_of_others(store: Store, dataset: str) -> Iterator[Named]:
    """List everything that has a name, save what one dataset alone states.

    Parameters
    ----------
    store : Store
        An open store.
    dataset : str
        Name of the dataset.

    Yields
    ------
    Named
        What others state too, or nobody does.

    Examples
    --------
    >>> list(names_of_others(store, "scotland"))
    []
    """
    condition = "WHERE n.datasets IS NULL OR n.datasets <> [$dataset]"
    return _named(store, _NAMED_LABELS, condition, dataset)


def own_names(store: Store, dataset: str) -> Iterator[Named]:
    """List everything that has a name and that one dataset alone states.

    Parameters
    ----------
    store : Store
        An open store.
    dataset : str
        Name of the dataset.

    Yields
    ------
    Named

    Examples
    --------
    >>> next(own_names(store, "scotland")).label
    'Council'
    """
    return _named(store, _NAMED_LABELS, "WHERE n.datasets = [$dataset]", dataset)


def _named(
    store: Store, labels: Collection[str], condition: str = "", dataset: str = ""
) -> Iterator[Named]:
    for label in labels:
        rows = store.stream(
            f"MATCH (n:{label}) {condition} "
            "RETURN n.id AS id, coalesce(n.name, n.title, n.id) AS name, "
            "n.official_name AS official_name, n.gss_code AS gss_code, "
            "n.former_gss_codes AS former, n.aliases AS aliases ORDER BY id",
            {"dataset": dataset},
        )
        for row in rows:
            others = [row["official_name"], row["gss_code"]]
            others += [*(row["former"] or ()), *(row["aliases"] or ())]
            yield Named(label, row["id"], row["name"], tuple(filter(None, others)))


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
