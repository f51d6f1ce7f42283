"""The way back: what councils returned to a survey, read out of a store it was loaded into."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any, cast

from graphmodel.model import (
    Element,
    HasSaving,
    InCategory,
    OfType,
    ParticipatesIn,
    Reports,
    Saving,
    Service,
    Statistic,
)
from graphmodel.store import Store
from graphmodel.store.merge import statements_of
from graphmodel.survey.answers import Answer, FindingAnswer, Party, Return, SavingAnswer, Waiting
from graphmodel.survey.known import ANSWER_GROUP

OPERATIONAL = "still operational: "
LEFT_BLANK = "left blank"
NEW_ACTIVITY = "new activity"
REGION = "region: "
GONE = "no longer takes part: "
WAITS = "waits for a decision: "
FORM_VERSION = "version of the form"
"""Names of the statistics that keep what the model has no property for."""
NO_ROLE = "; role not given"
"""End of the locator of a membership whose role the return leaves open."""
TRIAL_TITLE = "; made for a trial, not a real return"
_NOTE = re.compile(r"(?:ended (?P<end>\S+))?(?:; )?(?:written as (?P<name>.*))?", re.DOTALL)

Said = dict[str, list[dict[str, Any]]]
"""Statements by document."""


def returns_of(store: Store, wave: str) -> list[Return]:
    """Read the returns of a wave out of a store.

    Parameters
    ----------
    store : Store
        An open store.
    wave : str
        Such as "2027".

    Returns
    -------
    list of Return
        In order of document. A name is the one that the return states, of a partner the
        one in the store; an answer's place is that of its own row.

    Examples
    --------
    >>> returns_of(store, "2027")
    []
    """
    documents = store.read(
        "MATCH (d:Document) WHERE d.id STARTS WITH $prefix "
        "MATCH (c:Council) WHERE c.name = d.publisher "
        "RETURN d.id AS id, c.id AS council, d.published AS published ORDER BY id",
        {"prefix": f"survey-{wave}-"},
    )
    reading = _Reading(store, wave, {row["id"] for row in documents})
    return [
        Return(
            row["council"],
            wave,
            row["id"],
            date.fromisoformat(row["published"]) if row["published"] else None,
            reading.version(row["id"]),
            tuple(reading.answers(row["id"], row["council"])),
            tuple(reading.waiting(row["id"])),
        )
        for row in documents
    ]


class _Reading:
    """Everything that the documents of one wave state."""

    def __init__(self, store: Store, wave: str, documents: set[str]) -> None:
        self._wave = wave
        self._documents = documents
        self._remarks = self._nodes(store, Statistic, "{group: $group}")
        self._services = self._nodes(store, Service)
        self._names = {
            row["id"]: row["name"]
            for row in store.read("MATCH (x:Council|Partner) RETURN x.id AS id, x.name AS name")
        }
        self._parties = self._edges(store, ParticipatesIn)
        self._categories = self._edges(store, InCategory)
        self._types = self._edges(store, OfType)
        self._savings = self._edges(store, HasSaving)
        self._findings = self._edges(store, Reports)

    def _nodes(self, store: Store, kind: type[Element], condition: str = "") -> Said:
        found: Said = defaultdict(list)
        if self._documents:
            rows = store.stream(
                f"MATCH (x:{cast('Any', kind).label} {condition}) RETURN properties(x) AS said",
                {"group": ANSWER_GROUP},
            )
            for row in rows:
                self._keep(found, kind, row["said"], {})
        return found

    def _edges(self, store: Store, kind: Any) -> Said:
        found: Said = defaultdict(list)
        if self._documents:
            tails, heads = ("|".join(end.labels) for end in kind.ends())
            rows = store.stream(
                f"MATCH (a:{tails})-[x:{kind.type}]->(b:{heads}) RETURN a.id AS tail, "
                "b.id AS head, a.name AS tail_name, properties(x) AS said, properties(b) AS node "
                "ORDER BY tail, head"
            )
            for row in rows:
                ends = {name: row[name] for name in ("tail", "head", "tail_name", "node")}
                self._keep(found, kind, row["said"], ends)
        return found

    def _keep(
        self, found: Said, kind: type[Element], said: dict[str, Any], ends: dict[str, Any]
    ) -> None:
        for statement in statements_of(kind, said):
            if statement.values.get("source") in self._documents:
                found[statement.values["source"]].append(statement.values | ends)

    def version(self, document: str) -> str:
        for remark in self._remarks[document]:
            if remark["name"] == FORM_VERSION:
                return f"{remark['value']:g}"
        return ""

    def waiting(self, document: str) -> list[Waiting]:
        return [
            Waiting(remark["name"].removeprefix(WAITS), remark["label"], remark["locator"])
            for remark in sorted(self._remarks[document], key=_by_place)
            if remark["name"].startswith(WAITS)
        ]

    def answers(self, document: str, council: str) -> list[Answer]:
        answers: dict[str, Answer] = {}
        for remark in sorted(self._remarks[document], key=_by_place):
            name, service = remark["name"], remark.get("label")
            asked = name.startswith(OPERATIONAL)
            if service and (asked or name == NEW_ACTIVITY):
                said = name.removeprefix(OPERATIONAL) if asked else "yes"
                note = _NOTE.fullmatch(remark.get("note") or "")
                answers[service] = Answer(
                    council=council,
                    wave=self._wave,
                    place=remark["locator"],
                    id=service,
                    name=(note and note["name"]) or service,
                    asked=asked,
                    operational=None if said == LEFT_BLANK else cast("Any", said),
                    end=note["end"] if note else None,
                )
        for remark in self._remarks[document]:
            if remark["name"].startswith(REGION) and remark["label"] in answers:
                region = remark["name"].removeprefix(REGION)
                service = remark["label"]
                answers[service] = replace(answers[service], region=region)
            elif remark["name"].startswith(GONE) and remark["label"] in answers:
                party = remark["name"].removeprefix(GONE)
                answer = answers[remark["label"]]
                gone = Party(self._names.get(party, party), party, place=remark["locator"])
                answers[answer.id or ""] = replace(answer, gone=(*answer.gone, gone))
        self._add_services(document, answers)
        self._add_parties(document, council, answers)
        self._add_the_rest(document, answers)
        return sorted(answers.values(), key=lambda one: (not one.asked, _by_number(one.place)))

    def _add_services(self, document: str, answers: dict[str, Answer]) -> None:
        for said in self._services[document]:
            if said["id"] in answers:
                answers[said["id"]] = replace(
                    answers[said["id"]],
                    name=said["name"],
                    description=said.get("description"),
                    reach=said.get("geographic_focus"),
                    mechanism=said.get("delivery_mechanism"),
                    spectrum=said.get("spectrum"),
                    start=said.get("start"),
                )

    def _add_parties(self, document: str, council: str, answers: dict[str, Answer]) -> None:
        for said in self._parties[document]:
            answer = answers.get(said["head"])
            if answer is None:
                continue
            role = None if said["locator"].endswith(NO_ROLE) else said["role"]
            if said["tail"] == council:
                answers[said["head"]] = replace(answer, role=role)
            else:
                party = Party(said["tail_name"], said["tail"], role)
                answers[said["head"]] = replace(answer, parties=(*answer.parties, party))

    def _add_the_rest(self, document: str, answers: dict[str, Answer]) -> None:
        for table, key in ((self._categories, "category"), (self._types, "type")):
            for said in table[document]:
                if said["tail"] in answers:
                    fact: dict[str, Any] = {key: said["head"]}
                    answers[said["tail"]] = replace(answers[said["tail"]], **fact)
        for said in self._savings[document]:
            if answer := answers.get(said["tail"]):
                savings = (*answer.savings, _saving(said["node"], document))
                answers[said["tail"]] = replace(answer, savings=savings)
        for said in self._findings[document]:
            if answer := answers.get(said["tail"]):
                node = said["node"]
                finding = FindingAnswer(node["kind"], node["text"], node.get("theme"))
                answers[said["tail"]] = replace(answer, findings=(*answer.findings, finding))


def note_of(end: str | None, name: str | None) -> str | None:
    """What is noted with an answer: when the activity ended, and what the council calls it.

    Parameters
    ----------
    end : str or None
        Partial date.
    name : str or None
        As written, where nothing else that the return states has it.

    Returns
    -------
    str or None

    Examples
    --------
    >>> note_of("2026-05", "Our roads")
    'ended 2026-05; written as Our roads'
    >>> note_of(None, None) is None
    True
    """
    told = (end and f"ended {end}", name and f"written as {name}")
    return "; ".join(filter(None, told)) or None


def _saving(node: dict[str, Any], document: str) -> SavingAnswer:
    """An amount, with the note and the place of this document."""
    own = next(
        (
            statement.values
            for statement in statements_of(Saving, node)
            if statement.values.get("source") == document
        ),
        {},
    )
    period = node.get("from"), node.get("to")
    return SavingAnswer(
        node["amount"], node["basis"], *period, own.get("note"), own.get("locator", "")
    )


def _by_place(remark: dict[str, Any]) -> tuple[str, int]:
    return _by_number(remark["locator"])


def _by_number(place: str) -> tuple[str, int]:
    sheet, _, row = place.partition(", row ")
    number = row.partition(";")[0]
    return sheet, int(number) if number.isdigit() else 0
