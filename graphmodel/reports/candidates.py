"""Who could join a service next, as a report."""

from __future__ import annotations

from datetime import date

from graphmodel.analytics.candidates import service_candidates
from graphmodel.analytics.projection import council_names
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.lookup import name_index


def candidates_report(
    store: Store, service: str, *, as_of: date | None = None, reasons: bool = True
) -> Report:
    """Show who could join a service next, with reasons, and who is left out.

    Parameters
    ----------
    store : Store
        An open store.
    service : str
        Id, name or alias.
    as_of : date, optional
        The day whose picture it is.
    reasons : bool
        Whether to give the reasons.

    Returns
    -------
    Report
        Two tables: the ranked, and those left out.

    Raises
    ------
    NotFoundError, AmbiguousNameError
        If not just one service answers to the name.

    Examples
    --------
    >>> candidates_report(store, "Ayrshire Roads Alliance").title
    'Candidates for Ayrshire Roads Alliance'
    """
    chosen = name_index(store, "Service").resolve(service)
    found = service_candidates(store, chosen.id, as_of)
    names = council_names(store)
    ranked = [
        [rank, names[one.council], round(one.score, 3), [reason.text for reason in one.reasons]]
        for rank, one in enumerate(found.ranked, 1)
    ]
    columns = ["rank", "council", "score", "reasons"]
    if not reasons:
        ranked, columns = [row[:3] for row in ranked], columns[:3]
    left_out: dict[str, list[str]] = {}
    for one in found.excluded:
        left_out.setdefault(one.why, []).append(names[one.council])
    tables = [
        Table(columns, ranked, "Could join"),
        Table(
            ["why", "councils"],
            [[why, sorted(councils)] for why, councils in sorted(left_out.items())],
            "Left out",
        ),
    ]
    notes = [
        *_service_notes(store, chosen.id, left_out, as_of),
        "score: 0.40 x share of its ties that lead to members, 0.35 x share of its neighbours "
        "that are members, 0.25 x share of members in one grouping with it. Only the order "
        "means anything.",
    ]
    return Report(f"Candidates for {chosen.name}", tables, notes)


def _service_notes(
    store: Store, service: str, left_out: dict[str, list[str]], as_of: date | None
) -> list[str]:
    """What to know of a service before asking others to join it."""
    found = store.read(
        "MATCH (s:Service {id: $id}) RETURN s.status AS status, s.status_as_of AS said, "
        "s.members_complete AS complete",
        {"id": service},
    )
    facts = next(iter(found))
    notes = []
    if facts["status"] not in ("live", "pilot"):
        said = f" (as of {facts['said']})" if facts["said"] else ""
        notes.append(f"Mind that this service is {facts['status']}{said}.")
    if "takes part already" not in left_out:
        day = f" on {as_of}" if as_of else ""
        notes.append(f"No council is known to take part{day}, so nobody touches a member.")
    if facts["complete"] is False:
        notes.append("The source does not name all who take part.")
    return notes
