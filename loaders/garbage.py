"""Python's own look for objects that refer to each other in circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do without that look while very many objects are made, none of them in circles.

    It goes through all of them each time that there are a quarter more: a fifth of the
    time in which a large table is read. For work that makes no exceptions by the row,
    as their traces are such circles.

    Examples
    --------
    >>> with uncollected():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if not gc.get_freeze_count():
                # Counts all that was made as old; else the next look would go through it.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
