"""What people write where a name belongs, and that is none."""

from __future__ import annotations

from graphmodel.names import normalised

_NONE = "none|nil|n/a|na|not applicable|nothing|nothing new|no|no new activities|none known|-"
_ELSEWHERE = "various|various partners|various councils|various activities|all of the above"
_ELSEWHERE += "|all the above|all above|see above|as above|same as above|ditto|several|multiple"
_ELSEWHERE += "|other|others|etc|see attached|see notes|see note|see separate sheet|see email"
_ELSEWHERE += "|all|all of these|all activities|all partners|tbc|tba|to be confirmed"
_SAYS_NONE = frozenset(map(normalised, _NONE.split("|")))
_SAYS_ELSEWHERE = frozenset(map(normalised, _ELSEWHERE.split("|")))


def says_none(text: str) -> bool:
    """Whether a text says that there is nothing to tell.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool

    Examples
    --------
    >>> says_none("N/A"), says_none("Various"), says_none("Joint Lab")
    (True, False, False)
    """
    return normalised(text) in _SAYS_NONE


def is_placeholder(text: str) -> bool:
    """Whether a text that stands for a name is none: it says nothing, or points elsewhere.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_placeholder("N/A"), is_placeholder("All of the above"), is_placeholder("Joint Lab")
    (True, True, False)
    """
    return says_none(text) or normalised(text) in _SAYS_ELSEWHERE
