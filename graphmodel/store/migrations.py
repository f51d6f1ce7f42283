"""The version of the model that a store was made with, and the way from one to the next.

A store keeps that version on its ``LoadLock`` node. Stores of the time before there
were versions have none, and count as version 0. When a declaration of the model
changes so that older stores no longer fit, add a `Migration` to ``MIGRATIONS``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from neo4j import ManagedTransaction

from graphmodel.errors import GraphmodelError
from graphmodel.store.bolt import Store
from graphmodel.store.statements import CONSTRAINTS, LOCK

BATCH = 2_000
_VERSION = (
    "OPTIONAL MATCH (l:LoadLock {id: 'load'}) RETURN l.model AS model, "
    "l IS NOT NULL OR EXISTS { MATCH (:LoadRun) } AS used"
)
_VERSION_IN_LOCK = (
    "MATCH (l:LoadLock {id: 'load'}) RETURN l.model AS model, "
    "l.taken > 1 OR EXISTS { MATCH (:LoadRun) } AS used"
)
_MARK = "MATCH (l:LoadLock {id: 'load'}) SET l.model = $version"


@dataclass(frozen=True)
class Migration:
    """One step from a version of the model to the next.

    Attributes
    ----------
    version : int
        What a store has afterwards; one more than before.
    name : str
        What it does, in a few words that begin with a verb.
    statements : tuple of str
        Cypher, in this order. Each changes at most ``$batch`` nodes or edges that are
        still as before, returns their ``number``, and is run until that is 0. So it
        does no harm to run it again, and one that was killed is completed by the next.
    readable : bool
        Whether this program's reading commands are right on a store from before.

    Examples
    --------
    >>> MIGRATIONS[0].version
    1
    """

    version: int
    name: str
    statements: tuple[str, ...] = ()
    readable: bool = False


_NUMBER_LOADS = (
    "MATCH (l:LoadLock {id: 'load'}) OPTIONAL MATCH (n:LoadRun) "
    "WITH l, coalesce(max(n.number), 0) AS last "
    "MATCH (r:LoadRun) WHERE r.number IS NULL "
    "WITH l, last, r ORDER BY r.started, r.id LIMIT $batch "
    "WITH l, last, collect(r) AS runs UNWIND range(1, size(runs)) AS place "
    "WITH l, last + place AS number, runs[place - 1] AS r SET r.number = number "
    "WITH l, r SET l.taken = CASE WHEN l.taken < r.number THEN r.number ELSE l.taken END "
    "RETURN count(*) AS number"
)

MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "keep the version of the model in the store", readable=True),
    Migration(2, "number the loads in their order", (_NUMBER_LOADS,), readable=True),
)
"""Every step, oldest first."""
MODEL_VERSION = MIGRATIONS[-1].version
"""What stores have that are made now."""


class ModelVersionError(GraphmodelError):
    """A store, or an export, of a version of the model that does not fit this program.

    Examples
    --------
    >>> ModelVersionError("Install a later graphmodel.").exit_code
    1
    """


def version_of(store: Store) -> int | None:
    """Tell which version of the model a store was made with.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    int or None
        0 for a store of the time before there were versions; none where nothing of
        the model was ever written.

    Examples
    --------
    >>> version_of(store) == MODEL_VERSION
    True
    """
    [(model, used)] = store.read(_VERSION).rows
    return _version(model, used)


def require_readable(store: Store, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Stop unless what is in a store can be read rightly as it is.

    Parameters
    ----------
    store : Store
        An open store.
    migrations : sequence of Migration
        The steps that there are.

    Raises
    ------
    ModelVersionError
        If the store is of a later version, or of one that must be migrated first; the
        message says what to do.

    Examples
    --------
    >>> require_readable(store)
    """
    version = version_of(store)
    _refuse_later(store, version, migrations)
    pending = pending_migrations(version, migrations)
    if not all(step.readable for step in pending):
        raise ModelVersionError(
            f"{store.address} was made with version {version} of the model, and this program "
            f"reads version {migrations[-1].version}. Make a copy of the store, then run "
            "'graphmodel doctor --migrate' once; it will "
            + ", then ".join(step.name for step in pending)
            + ". Nothing was changed."
        )


def pending_migrations(
    version: int | None, migrations: Sequence[Migration] = MIGRATIONS
) -> list[Migration]:
    """List the steps that a store still has before it.

    Parameters
    ----------
    version : int or None
        As from `version_of`.
    migrations : sequence of Migration
        The steps that there are.

    Returns
    -------
    list of Migration
        Oldest first; none for an empty store.

    Examples
    --------
    >>> pending_migrations(MODEL_VERSION), pending_migrations(None)
    ([], [])
    >>> pending_migrations(0)[0].version
    1
    """
    return [] if version is None else [step for step in migrations if step.version > version]


def migrate(store: Store, migrations: Sequence[Migration] = MIGRATIONS) -> list[Migration]:
    """Bring a store to the present version of the model; an empty one is marked with it.

    Each transaction takes the lock of loads and looks at the version before it writes,
    so of several programs that do this at once one does each part, and a migration
    that was killed goes on where it stopped.

    Parameters
    ----------
    store : Store
        Open, for writing; its constraints are made as well.
    migrations : sequence of Migration
        The steps that there are.

    Returns
    -------
    list of Migration
        Those that were done here, wholly or their last part.

    Raises
    ------
    ModelVersionError
        If the store is of a later version; nothing is changed then.

    Examples
    --------
    >>> migrate(store)
    []
    """
    version = version_of(store)
    _refuse_later(store, version, migrations)
    store.define(CONSTRAINTS)
    if version is None:
        store.write(_in_lock(_mark_if_new(migrations[-1].version)))
        version = version_of(store)
    done = []
    for step in pending_migrations(version, migrations):
        for statement in step.statements:
            while store.write(_in_lock(_batch(statement, step.version))):
                pass
        if store.write(_in_lock(_mark(step.version))):
            done.append(step)
    return done


def prepare(store: Store) -> None:
    """Make a store ready for writing: its constraints, and the present version.

    Parameters
    ----------
    store : Store
        Open, for writing.

    Raises
    ------
    ModelVersionError
        If the store is of a later version, or must be migrated by its owner first;
        nothing is changed then.

    Examples
    --------
    >>> prepare(store)
    """
    require_readable(store)
    migrate(store)


_Work = Callable[[ManagedTransaction, int | None], int]


def _in_lock(work: _Work) -> Callable[[ManagedTransaction], int]:
    """Do something while no load and no other migration writes, knowing the version."""

    def in_transaction(transaction: ManagedTransaction) -> int:
        transaction.run(LOCK).consume()
        model, used = transaction.run(_VERSION_IN_LOCK).single(strict=True)
        return work(transaction, _version(model, used))

    return in_transaction


def _batch(statement: str, version: int) -> _Work:
    def work(transaction: ManagedTransaction, present: int | None) -> int:
        if present is None or present >= version:
            return 0
        number: int = transaction.run(statement, batch=BATCH).single(strict=True)["number"]
        return number

    return work


def _mark(version: int) -> _Work:
    def work(transaction: ManagedTransaction, present: int | None) -> int:
        if present is None or present >= version:
            return 0
        transaction.run(_MARK, version=version).consume()
        return 1

    return work


def _mark_if_new(version: int) -> _Work:
    def work(transaction: ManagedTransaction, present: int | None) -> int:
        if present is not None:
            return 0
        transaction.run(_MARK, version=version).consume()
        return 1

    return work


def _version(model: int | None, used: bool) -> int | None:
    if model is not None:
        return model
    return 0 if used else None


def _refuse_later(store: Store, version: int | None, migrations: Sequence[Migration]) -> None:
    newest = migrations[-1].version
    if version is not None and version > newest:
        raise ModelVersionError(
            f"{store.address} was made with version {version} of the model, by a later "
            f"graphmodel; this one knows versions up to {newest}. Install a later graphmodel; "
            "nothing was changed."
        )
