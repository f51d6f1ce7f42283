"""What every analysis says of the picture beneath it: what counts, as of when, what does not."""

from __future__ import annotations

from graphmodel.analytics.projection import Picture

MOST_NAMED = 9
"""Large services that a note names; more are counted."""


def picture_notes(picture: Picture) -> list[str]:
    """Say which services an analysis counts, and which it leaves out.

    Parameters
    ----------
    picture : Picture
        What it rests on.

    Returns
    -------
    list of str
        One a line.

    Examples
    --------
    >>> from graphmodel.analytics.projection import picture
    >>> len(picture_notes(picture(store)))
    2
    """
    notes = [_counted(picture)]
    if picture.scope.weighting == "plain":
        notes.append("Plain counts: a service counts as much for each pair however many share it.")
    universal = [service for service in picture.left_out if not _is_large(picture, service)]
    large = [service for service in picture.left_out if _is_large(picture, service)]
    if universal:
        notes.append(
            f"Nine in ten councils or more take part in {', '.join(picture.names(universal))}: "
            "left out, as it ties all alike."
        )
    if large:
        some = (
            ", ".join(picture.names(large)) if len(large) <= MOST_NAMED else f"{len(large)} of them"
        )
        notes.append(
            f"More than {picture.scope.most_members} take part in {some}: left out, as was asked."
        )
    return notes


def _is_large(picture: Picture, service: str) -> bool:
    most = picture.scope.most_members
    return most is not None and picture.affiliated.degree(service) > most


def _counted(picture: Picture) -> str:
    """Of how many services the picture is, and as of when they were said to be there."""
    scope = picture.scope
    services = [
        facts for _, facts in picture.affiliated.nodes(data=True) if facts["kind"] == "service"
    ]
    dated = sorted(facts["status_as_of"] for facts in services if facts["status_as_of"])
    age = f" Said of days from {dated[0]} to {dated[-1]}" if dated else ""
    undated = len(services) - len(dated)
    unsaid = f"; of {undated} without a date" if undated else ""
    when = "as last said by the sources"
    if scope.as_of and scope.undated:
        unknown = sum(facts["start"] is None for facts in services)
        when = f"as of {scope.as_of}; {unknown} have no known start and count for every day before"
    elif scope.as_of:
        when = f"as of {scope.as_of}; what has no dates does not count"
    elif not scope.undated:
        when += "; what has no dates does not count"
    counted = f"{len(services)} services that are {' or '.join(scope.statuses)}, {when}."
    return counted + (f"{age}{unsaid}." if age else "")
