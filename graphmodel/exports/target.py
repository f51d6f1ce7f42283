"""Writing a file or folder so that it is there whole, or not at all."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graphmodel.errors import GraphmodelError
from graphmodel.model.datapackage import DESCRIPTOR, MARK


@contextmanager
def replacing(target: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Give a path beside the target to write to; it becomes the target at the end.

    Parameters
    ----------
    target : Path
        File or folder to make. If it ends in ``.zip`` a folder is packed.
    overwrite : bool
        Replace what is there: a file, an empty folder, or the folder of an earlier
        export. Any other folder is refused.

    Yields
    ------
    Path
        Of nothing as yet; make a file or folder there.

    Raises
    ------
    GraphmodelError
        If the target is there and may not be replaced, or cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replacing(Path(folder, "a.txt")) as path:
    ...         _ = path.write_text("whole", encoding="utf-8")
    ...     print(*(file.name for file in Path(folder).iterdir()))
    a.txt
    """
    target = target.resolve()
    _require_free(target, overwrite)
    token = secrets.token_hex(4)
    part = target.with_name(f".{target.name}.{token}.part")
    packed = target.with_name(f".{target.name}.{token}.part.zip")
    try:
        yield part
        if part.is_dir() and target.suffix.lower() == ".zip":
            _pack(part, packed)
            shutil.rmtree(part)
            packed.rename(part)
        _reach_the_disk(part)
        _require_free(target, overwrite)
        _replace(target, part, target.with_name(f".{target.name}.{token}.old"))
    except OSError as error:
        raise GraphmodelError(f"{target} cannot be written: {error.strerror or error}.") from error
    finally:
        _remove(part)
        _remove(packed)


def _require_free(target: Path, overwrite: bool) -> None:
    if not target.parent.is_dir():
        raise GraphmodelError(f"There is no folder {target.parent} to write to: make it first.")
    if not target.exists():
        return
    if not overwrite:
        raise GraphmodelError(
            f"{target} is there already. Name another, or give --overwrite to replace it."
        )
    if target.is_dir() and any(target.iterdir()) and not _was_exported(target):
        raise GraphmodelError(
            f"{target} is a folder that no export made, so it is not replaced. Name another."
        )


def _was_exported(folder: Path) -> bool:
    try:
        return MARK in json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return False


def _pack(folder: Path, file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder).as_posix())


def _reach_the_disk(place: Path) -> None:
    """A name must never stand for content that a power cut would take."""
    for path in [place, *place.rglob("*")]:
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def _replace(target: Path, new: Path, aside: Path) -> None:
    if not target.is_dir():
        new.replace(target)
        return
    target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
