"""Temporary files, for what does not fit into memory."""

from __future__ import annotations

import tempfile
import weakref
from typing import IO

from graphmodel.errors import GraphmodelError


def scratch_file(owner: object) -> IO[bytes]:
    """Open a file that is gone with its owner.

    It has no name, so nobody else can change it, and the system removes it however the
    process ends.

    Parameters
    ----------
    owner : object
        Whose end closes it.

    Returns
    -------
    binary file
        Empty, for reading and writing.

    Raises
    ------
    OSError
        If there is no folder for it.

    Examples
    --------
    >>> class Owner: ...
    >>> scratch_file(Owner()).closed
    True
    """
    file = tempfile.TemporaryFile(prefix="graphmodel-")  # noqa: SIM115
    weakref.finalize(owner, file.close)
    return file


def no_room(reason: str | None) -> GraphmodelError:
    """Say that something could not be kept, and what to do.

    Parameters
    ----------
    reason : str or None
        In the system's words.

    Returns
    -------
    GraphmodelError

    Examples
    --------
    >>> print(no_room("No space left on device"))
    What does not fit into memory cannot be kept in ...: No space left on device. Make room ...
    """
    try:
        folder = tempfile.gettempdir()
    except OSError:
        folder = "any temporary folder"
    return GraphmodelError(
        f"What does not fit into memory cannot be kept in {folder}: {reason}. "
        "Make room there, or set TMPDIR to another folder."
    )
