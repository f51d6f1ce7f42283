"""What can go wrong, each with the exit code that the command line ends with."""

from __future__ import annotations


class GraphmodelError(Exception):
    """The data or the request was refused; the message says why and what to try."""

    exit_code = 1


class StoreUnreachableError(GraphmodelError):
    """The database cannot be reached, or does not let us in."""

    exit_code = 3


class NotFoundError(GraphmodelError):
    """A name that nothing in the graph answers to.

    Parameters
    ----------
    message : str
        What was looked for.
    hint : str
        What to try.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} {hint}".strip())
        self.hint = hint


class AmbiguousNameError(GraphmodelError):
    """A name that several things in the graph answer to."""


class ReadOnlyError(GraphmodelError):
    """A statement that would write, where only reading is allowed."""
