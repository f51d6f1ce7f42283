"""Loading: a validated data package into a store, in batches, idempotently."""

from __future__ import annotations

from functools import partial

from graphmodel.errors import GraphmodelError
from graphmodel.store import Store
from graphmodel.store.lookup import names_of_others, own_names
from graphmodel.store.migrations import prepare
from loaders.backup import place, read_source
from loaders.datapackage import DataPackage
from loaders.datasets import DEFAULT, locate
from loaders.problems import RejectedDataError
from loaders.report import LoadReport, Progress
from loaders.run import LoadInterruptedError, Run
from loaders.stale import Stale
from loaders.validation import validate
from loaders.writer import Writer

__all__ = ["LoadInterruptedError", "LoadReport", "load", "load_package", "restore"]


def load_package(
    store: Store,
    package: DataPackage,
    *,
    force: bool = False,
    skip_rejected: bool = False,
    sweep: bool = True,
    progress: Progress | None = None,
) -> LoadReport:
    """Check a data package whole, then write what it says into a store.

    What the same dataset said before and no longer says is removed, once all has
    been written. Loading the same again changes nothing.

    Parameters
    ----------
    store : Store
        Open, for writing.
    package : DataPackage
        As read by `loaders.datapackage.read_package`.
    force : bool
        Remove even if it is more than 5 % of what the dataset had said.
    skip_rejected : bool
        Leave out rows with problems; nothing is removed then, as the reading is
        not complete.
    sweep : bool
        Remove also the nodes that nobody states or needs. Without, what a back-up
        brings for its later packages stays until they have been loaded.
    progress : callable, optional
        Called as the work goes on.

    Returns
    -------
    LoadReport
        Inserted, updated, unchanged and removed, by label or relationship type.

    Raises
    ------
    RejectedDataError
        If a row has a problem and `skip_rejected` is not given; nothing is written
        save the record of the run.
    ModelVersionError
        If the store was made with another version of the model, and what to do.
    GraphmodelError
        If too much would be removed.
    LoadInterruptedError
        If another load disturbed this one; loading again puts it right.
    StoreUnreachableError
        If the database no longer answers; loading again completes the load.

    Examples
    --------
    >>> from loaders.datapackage import read_package
    >>> report = load_package(store, read_package(locate("scotland")))
    >>> report.rejected
    []
    """
    prepare(store)
    run = Run(store, package)
    try:
        others = names_of_others(store, package.name)
        own = partial(own_names, store, package.name)
        with Writer(store, package.name, run.report, progress) as writer:
            validated = validate(package, others, own, writer.begin_to_compare)
            run.report.rejected = validated.problems
            if validated.problems and not skip_rejected:
                name = f"{package.name!r}"
                raise RejectedDataError(name, validated.problems, validated.consequences)
            run.report.rejected = [*validated.problems, *validated.consequences]
            is_complete = not validated.problems
            stale = writer.compare(validated) if is_complete else Stale()
            if not force:
                stale.refuse_if_large(package.name)
            writer.write(validated)
            if is_complete:
                writer.remove(stale, sweep=sweep)
        run.end("done")
    except BaseException as error:
        told = run.end_after(error)
        if told is error:
            raise
        raise told from error
    return run.report


def load(store: Store, source: str = DEFAULT, *, force: bool = False) -> LoadReport:
    """Load a shipped dataset, or a data package of your own.

    Parameters
    ----------
    store : Store
        Open, for writing.
    source : str
        A dataset's name, or the path of a data package.
    force : bool
        Remove even if it is more than 5 % of what the dataset had said.

    Returns
    -------
    LoadReport

    Raises
    ------
    GraphmodelError
        As `load_package` does, or if there is no such dataset or package.

    Examples
    --------
    >>> load(store).dataset
    'scotland'
    """
    found = read_source(locate(source))
    if found.is_backup:
        raise GraphmodelError(f"{source} is the back-up of a store: graphmodel.restore takes it.")
    return load_package(store, found.packages[0], force=force)


def restore(store: Store, source: str, *, force: bool = False) -> list[LoadReport]:
    """Load all that the back-up of a store holds, the records of its loads too.

    Parameters
    ----------
    store : Store
        Open, for writing.
    source : str
        Path of a back-up, as `graphmodel.export` writes it.
    force : bool
        Remove even if it is more than 5 % of what a dataset had said.

    Returns
    -------
    list of LoadReport
        One a data package, in the order of loading.

    Raises
    ------
    GraphmodelError
        As `load_package` does, or if there is no such back-up.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from graphmodel.exports import export
    >>> with TemporaryDirectory() as folder:
    ...     backup = Path(folder, "backup.zip")
    ...     _ = export(store, backup)
    ...     [report.total("inserted") for report in restore(store, str(backup))]
    [0]
    """
    backup = read_source(locate(source))
    place(store, backup)
    return [
        load_package(store, package, force=force, sweep=package is backup.packages[-1])
        for package in backup.packages
    ]
