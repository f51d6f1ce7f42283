"""What can go wrong, each with the exit code that the command line ends with."""

from __future__ import annotations


class GraphmodelError(Exception):
    """The data or the request was refused; the message says why and what to try.

    Examples
    --------
    >>> GraphmodelError("Nothing was written.").exit_code
    1
    """

    exit_code = 1


class StoreUnreachableError(GraphmodelError):
    """The database cannot be reached, or does not let us in.

    Examples
    --------
    >>> StoreUnreachableError("Nothing answers there.").exit_code
    3
    """

    exit_code = 3


class NotFoundError(GraphmodelError):
    """A name that nothing in the graph answers to.

    Parameters
    ----------
    message : str
        What was looked for.
    hint : str
        What to try.

    Examples
    --------
    >>> str(NotFoundError("'Agnus' is not known.", "Did you mean Angus?"))
    "'Agnus' is not known. Did you mean Angus?"
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} {hint}".strip())
        self.hint = hint


class AmbiguousNameError(GraphmodelError):
    """A name that several things in the graph answer to.

    Examples
    --------
    >>> str(AmbiguousNameError("'Roads' may be any of several. Give the id."))
    "'Roads' may be any of several. Give the id."
    """


class ReadOnlyError(GraphmodelError):
    """A statement that would write, where only reading is allowed.

    Examples
    --------
    >>> ReadOnlyError("CREATE is not allowed here.").exit_code
    1
    """


class TimeLimitError(GraphmodelError):
    """A statement that took longer than it was given.

    Examples
    --------
    >>> TimeLimitError("The time limit was reached.").exit_code
    1
    """
