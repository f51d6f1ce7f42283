"""Whether everything works here, in a few checks."""

from __future__ import annotations

import platform
from dataclasses import dataclass

from graphmodel import __version__
from graphmodel.errors import ReadOnlyError
from graphmodel.reports.loads import load_state
from graphmodel.store import Store
from graphmodel.store.migrations import MODEL_VERSION, pending_migrations, version_of
from graphmodel.store.statements import CONSTRAINTS


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes
    ----------
    what, found : str
        What was looked at, and what was found.
    good : bool
        Whether it is as it should be.
    advice : str
        What to do where it is not.

    Examples
    --------
    >>> Check("loads", "none unfinished", True).advice
    ''
    """

    what: str
    found: str
    good: bool
    advice: str = ""


def check_health(store: Store) -> list[Check]:
    """Look at the store and what is in it.

    Parameters
    ----------
    store : Store
        An open store; nothing in it is changed.

    Returns
    -------
    list of Check

    Raises
    ------
    StoreUnreachableError
        If the connection is lost.

    Examples
    --------
    >>> all(check.good for check in check_health(store))
    True
    """
    return [
        Check("program", f"graphmodel {__version__} on Python {platform.python_version()}", True),
        Check("store", f"{store.server()}, {store.address}", True),
        _gate(store),
        _model(store),
        _constraints(store),
        _contents(store),
        _loads(store),
    ]


def _gate(store: Store) -> Check:
    try:
        store.read("MATCH (n:LoadRun) WITH n LIMIT 0 DETACH DELETE n")
    except ReadOnlyError:
        return Check("reading cannot write", "holds", True)
    return Check(
        "reading cannot write", "a deleting statement was let through", False, "Please report this."
    )


def _model(store: Store) -> Check:
    version = version_of(store)
    if version is None:
        return Check("version of the model", f"none yet; loading makes it {MODEL_VERSION}", True)
    found = f"{version}, and the program's is {MODEL_VERSION}"
    pending = pending_migrations(version)
    names = ", then ".join(step.name for step in pending)
    if pending and all(step.readable for step in pending):
        return Check("version of the model", f"{found}; the next load will {names}", True)
    advice = "The store was made by a later graphmodel: install that."
    if pending:
        advice = f"Make a copy, then run 'graphmodel doctor --migrate'. It will {names}."
    return Check("version of the model", found, version == MODEL_VERSION, advice)


def _constraints(store: Store) -> Check:
    present = {row["name"] for row in store.read("SHOW CONSTRAINTS")}
    missing = sorted(set(CONSTRAINTS) - present)
    found = f"{len(CONSTRAINTS) - len(missing)} of {len(CONSTRAINTS)} in place"
    advice = f"Missing: {', '.join(missing)}. 'graphmodel load' makes them."
    return Check("uniqueness constraints", found, not missing, advice)


def _contents(store: Store) -> Check:
    councils, services, memberships = (
        next(iter(store.read(f"MATCH {pattern} RETURN count(x) AS number")))["number"]
        for pattern in ("(x:Council)", "(x:Service)", "()-[x:PARTICIPATES_IN]->(:Service)")
    )
    found = f"{councils} councils, {services} services, {memberships} memberships"
    return Check("what is loaded", found, councils > 0, "Load it with 'graphmodel load'.")


def _loads(store: Store) -> Check:
    unfinished = load_state(store).unfinished
    found = "; ".join(map(str, unfinished)) if unfinished else "none unfinished"
    return Check("loads", found, not unfinished, "Unless it is still running, load it again.")
