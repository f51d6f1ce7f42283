"""What a reader of Inverclyde's report on the Clyde Valley Review would ask."""

from __future__ import annotations

import pytest

from graphmodel.store import Store
from tests.asking import Question, assert_answered, cases, services_told_in

TOLD = services_told_in(
    "Clyde Valley Community Planning Partnership - "
    "Review of Joint Working and Shared Services – Next Steps"  # noqa: RUF001
)
REVIEW = "Clyde Valley Review of Joint Working and Shared Services"
PHASE_1 = "Clyde Valley Review, Phase 1"
PARTNERSHIP = "Clyde Valley Community Planning Partnership"
WASTE = "Integrated Waste Management Approach (Clyde Valley)"
HEALTH = "Integrated Approach to Health and Social Care (Clyde Valley)"
SOCIAL_TRANSPORT = "Single Social Transport Solution (Clyde Valley)"
HUBS = "Property Sharing and Management in Hubs (Clyde Valley)"
BACK_OFFICE = "Developing an Approach to the Back Office (Clyde Valley)"
FLEET = "Joint and Streamlined Fleet Management and Maintenance (Clyde Valley)"
CHARGING = "Common Charging Framework (Clyde Valley)"
ROADS = "Shared Roads Maintenance (Clyde Valley)"
STRATEGY = "Joint Economic Strategy (Clyde Valley)"
WORKFORCE = "Joint Workforce Planning (Clyde Valley)"
TRANSPORT_AND_FLEET = "Social Transport and Fleet Management (Clyde Valley)"

LEADS = (
    "MATCH (c:Council)-[r:PARTICIPATES_IN]->(s:Service)"
    f"-[:PART_OF]->(:Service {{name: '{PHASE_1}'}}) WHERE r.role IN ['lead', 'joint lead'] "
)
PRIORITIES = "MATCH (:Council {name: 'Inverclyde'})-[p:PRIORITISES]->(s:Service) "


def leads_of(work_stream: str) -> str:
    """Ask who, council or other, leads a work stream, and how."""
    return (
        f"MATCH (p)-[r:PARTICIPATES_IN]->(:Service {{name: '{work_stream}'}}) "
        "WHERE r.role CONTAINS 'lead' RETURN p.name, r.role"
    )


QUESTIONS = (
    Question(
        "C01-report",
        "To which council was the report made, when, and under which number?",
        "heading",
        "MATCH (d:Document) WHERE d.title STARTS WITH 'Clyde Valley' "
        "RETURN d.publisher, d.published, d.reference",
        {("Inverclyde Council", "2010-02-18", "IC/01/10/PW/MMcK")},
    ),
    Question(
        "C02-day-of-the-decision",
        "Was it on 15 January 2010 that the Partnership chose the work streams?",
        "§2.2, §4.8",
        f"MATCH (s:Service {{name: '{REVIEW}'}}) "
        "RETURN s.governance CONTAINS 'On 15 January 2010 the Community Planning Partnership'",
        {True},
    ),
    Question(
        "C03-ten-ranked-work-streams",
        "Which work streams were ranked, and in which order?",
        "§2.2, §2.3",
        f"MATCH (s:Service)-[r:PART_OF]->(:Service {{name: '{REVIEW}'}}) "
        "WHERE r.rank IS NOT NULL RETURN r.rank, s.name",
        {
            (1, WASTE),
            (2, HEALTH),
            (3, SOCIAL_TRANSPORT),
            (4, HUBS),
            (5, BACK_OFFICE),
            (6, FLEET),
            (7, CHARGING),
            (8, ROADS),
            (9, STRATEGY),
            (10, WORKFORCE),
        },
    ),
    Question(
        "C04-eight-authorities",
        "Which eight authorities are in it?",
        "§2.2, named in §2.5",
        LEADS + "RETURN DISTINCT c.name",
        {
            "Glasgow City",
            "North Lanarkshire",
            "Renfrewshire",
            "South Lanarkshire",
            "East Renfrewshire",
            "Inverclyde",
            "East Dunbartonshire",
            "West Dunbartonshire",
        },
    ),
    Question(
        "C05-leads-of-waste",
        "Who leads the waste work stream?",
        "§2.5",
        leads_of(WASTE),
        {("Glasgow City", "joint lead"), ("North Lanarkshire", "joint lead")},
    ),
    Question(
        "C06-lead-of-health",
        "Who leads health and social care?",
        "§2.5",
        leads_of(HEALTH),
        {("Renfrewshire", "lead")},
    ),
    Question(
        "C07-leads-of-transport-and-fleet",
        "Who leads social transport and fleet?",
        "§2.5",
        leads_of(TRANSPORT_AND_FLEET),
        {("Glasgow City", "joint lead"), ("North Lanarkshire", "joint lead")},
    ),
    Question(
        "C08-lead-of-hubs",
        "Who leads property sharing?",
        "§2.5",
        leads_of(HUBS),
        {("South Lanarkshire", "lead")},
    ),
    Question(
        "C09-leads-of-back-office",
        "Who leads the back office?",
        "§2.5, §2.8",
        leads_of(BACK_OFFICE),
        {("East Renfrewshire", "joint lead"), ("Inverclyde", "joint lead")},
    ),
    Question(
        "C10-lead-of-charging",
        "Who leads the charging framework?",
        "§2.5",
        leads_of(CHARGING),
        {("East Dunbartonshire", "lead")},
    ),
    Question(
        "C10-lead-of-strategy",
        "Who leads the economic strategy?",
        "§2.5",
        leads_of(STRATEGY),
        {("West Dunbartonshire", "lead")},
    ),
    Question(
        "C11-without-a-lead",
        "Which of the ten are nobody's to lead, alone or as part of another work stream?",
        "§2.3, against §2.5",
        f"MATCH (s:Service)-[k:PART_OF]->(:Service {{name: '{REVIEW}'}}) "
        "WHERE k.rank IS NOT NULL "
        "OPTIONAL MATCH (s)-[:PART_OF*0..1]->(w:Service {kind: 'workstream'})"
        "<-[r:PARTICIPATES_IN]-(:Council) WHERE r.role CONTAINS 'lead' "
        "WITH s, count(r) AS leads WHERE leads = 0 RETURN s.name",
        {ROADS, WORKFORCE},
    ),
    Question(
        "C12-nobody-without-a-lead-role",
        "Is one of the eight authorities without a work stream to lead? (No: all eight lead.)",
        "§2.2, against §2.5",
        LEADS + "WITH count(DISTINCT c) AS leading "
        "MATCH (f:Statistic)-[:STATED_IN]->(d:Document) "
        "WHERE f.name STARTS WITH 'Authorities that back' AND f.locator = '§2.2' "
        "RETURN f.value, leading",
        {(8, 8)},
    ),
    Question(
        "C13-more-than-one",
        "Which authorities lead more than one work stream?",
        "§2.5",
        LEADS + "WITH c, count(DISTINCT s) AS led WHERE led > 1 RETURN c.name, led",
        {("Glasgow City", 2), ("North Lanarkshire", 2)},
    ),
    Question(
        "C14-inverclyde-not-lead-elsewhere",
        "In which work streams does Inverclyde take part, and does it lead them?",
        "§2.5, §2.9",
        "MATCH (:Council {name: 'Inverclyde'})-[r:PARTICIPATES_IN]->(s:Service)"
        f"-[:PART_OF*1..2]->(:Service {{name: '{PHASE_1}'}}) RETURN s.name, r.role",
        {(BACK_OFFICE, "joint lead"), (WASTE, "member"), (SOCIAL_TRANSPORT, "member")},
    ),
    Question(
        "C15-priorities-of-inverclyde",
        "What did Inverclyde agree to prioritise, when, and in which order?",
        "§2.4",
        PRIORITIES + "WHERE p.rank IS NOT NULL RETURN p.rank, s.name, p.as_of",
        {
            (1, WASTE, "2009-12-15"),
            (2, ROADS, "2009-12-15"),
            (3, SOCIAL_TRANSPORT, "2009-12-15"),
        },
    ),
    Question(
        "C16-not-a-priority-of-the-others",
        "Which of Inverclyde's three was not in the Partnership's top three?",
        "§2.4",
        PRIORITIES + f"MATCH (s)-[k:PART_OF]->(:Service {{name: '{REVIEW}'}}) "
        "WHERE p.rank <= 3 AND k.rank > 3 RETURN s.name, k.rank",
        {(ROADS, 8)},
    ),
    Question(
        "C17-nothing-live",
        "Is any Phase 1 work stream a live service? (No: all seven are studied only.)",
        "§2.5",
        f"MATCH (s:Service)-[:PART_OF]->(:Service {{name: '{PHASE_1}'}}) RETURN s.status, count(s)",
        {("proposed", 7)},
    ),
    Question(
        "C18-chair",
        "Who chairs and administers the Partnership, and when?",
        "§2.7",
        f"MATCH (c:Council)-[r:MEMBER_OF]->(:Partner {{name: '{PARTNERSHIP}'}}) "
        "WHERE r.role <> 'member' RETURN c.name, r.role, r.since, r.until",
        {
            ("West Dunbartonshire", "chair", "2010", "2010"),
            ("West Dunbartonshire", "administrator", "2010", "2010"),
        },
    ),
    Question(
        "C19-next-meeting",
        "When does the Partnership meet next?",
        "§2.6",
        f"MATCH (p:Partner {{name: '{PARTNERSHIP}'}}) "
        "RETURN p.note CONTAINS 'Due to meet on 12 March 2010'",
        {True},
    ),
    Question(
        "C20-no-implications-yet",
        "Which implications are known? (None before there are business cases.)",
        "§5.1",
        f"MATCH (s:Service {{name: '{REVIEW}'}})-[:REPORTS]->(f:Finding) "
        "WHERE f.text CONTAINS 'will be known only when business cases exist' "
        "RETURN f.theme",
        {"legal", "finance", "personnel"},
    ),
    Question(
        "C20-no-amount-anywhere",
        "What does any work stream save? (Nothing is stated.)",
        "whole report",
        TOLD + "OPTIONAL MATCH (s)-[:HAS_SAVING]->(v:Saving) RETURN count(s) > 10, count(v)",
        {(True, 0)},
    ),
    Question(
        "C21-review",
        "Who commissioned the Review, and was it published in November 2009?",
        "§2.1, §4.1",
        f"MATCH (p:Partner)-[:PARTICIPATES_IN]->(s:Service {{name: '{REVIEW}'}}) "
        "RETURN p.name, s.origins CONTAINS 'Commissioned by the ' + p.name, "
        "s.origins CONTAINS 'Published in November 2009'",
        {(PARTNERSHIP, True, True)},
    ),
    Question(
        "C22-possible-support",
        "Who might support health and social care, and is that settled?",
        "§2.5",
        f"MATCH (p:Partner)-[r:PARTICIPATES_IN]->(:Service {{name: '{HEALTH}'}}) "
        "RETURN p.name, r.role, r.status",
        {("Sir John Arbuthnott", "supporter", "proposed")},
    ),
    Question(
        "C23-other-list-of-priorities",
        "Which priorities does the report's other list give?",
        "§4.5",
        PRIORITIES + "WHERE any(c IN coalesce(p.citations, [p.locator]) "
        "WHERE c ENDS WITH '§4.5') RETURN s.name",
        {WASTE, ROADS, CHARGING},
    ),
    Question(
        "C24-not-committed",
        "Has Inverclyde entered into any of the work streams? (No: all are proposals.)",
        "§4.3, §4.6",
        TOLD + "AND s.kind = 'workstream' "
        "MATCH (:Council {name: 'Inverclyde'})-[r:PARTICIPATES_IN]->(s) "
        "RETURN coalesce(r.status, s.status), count(s)",
        {("proposed", 3)},
    ),
    Question(
        "C24-business-case-first",
        "On what condition only would it?",
        "§4.3",
        f"MATCH (s:Service {{name: '{REVIEW}'}})-[:REPORTS]->"
        "(f:Finding {theme: 'business case', locator: '§4.3'}) "
        "RETURN f.text CONTAINS 'only on a sound business case'",
        {True},
    ),
)


@pytest.mark.parametrize("question", cases(QUESTIONS))
def test_the_graph_answers_as_the_inverclyde_report_does(
    scotland: Store, question: Question
) -> None:
    assert_answered(scotland, question)
