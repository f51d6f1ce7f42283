"""What can go wrong, each with the exit code that the command line ends with."""

from __future__ import annotations


class GraphmodelError(Exception):
    """The data or the request was refused; the message says why and what to try."""

    exit_code = 1


class UsageError(GraphmodelError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class StoreUnreachableError(GraphmodelError):
    """The database cannot be reached, or does not let us in."""

    exit_code = 3


class NotFoundError(GraphmodelError):
    """A name that nothing in the graph answers to."""


class AmbiguousNameError(GraphmodelError):
    """A name that several things in the graph answer to."""


class ReadOnlyError(GraphmodelError):
    """A statement that would write, where only reading is allowed."""
