"""What a reader of Dundee's report 410-2016 would ask."""

from __future__ import annotations

import pytest

from graphmodel.store import Store
from tests.asking import Question, assert_answered, cases, services_told_in

TOLD = services_told_in("Strategic Collaboration and Enhanced Partnership Working")
TAYSIDE = {"Angus", "Dundee City", "Perth and Kinross"}
TOLD_ROLES = (
    TOLD + "MATCH (c:Council)-[r:PARTICIPATES_IN]->(s) "
    "WHERE any(p IN coalesce(r.citations, [r.source]) WHERE p STARTS WITH d.id) "
)
COLLABORATION = (
    "MATCH (s:Service) WHERE 'Strategic collaboration and enhanced partnership working' "
    "IN s.aliases "
)

QUESTIONS = (
    Question(
        "D01-number-and-date",
        "Under which number and for which day's committee was the report made?",
        "report heading",
        "MATCH (d:Document {title: 'Strategic Collaboration and Enhanced Partnership Working'}) "
        "RETURN d.reference, d.published",
        {("Report No 410-2016", "2016-12-12")},
    ),
    Question(
        "D01-committee",
        "To which committee was it made?",
        "report heading",
        COLLABORATION + "RETURN s.origins CONTAINS 'Policy and Resources Committee'",
        {True},
    ),
    Question(
        "D02-councils",
        "Which councils does the strategic collaboration cover?",
        "§1.1",
        "MATCH (c:Council)-[:PARTICIPATES_IN]->(s:Service) "
        "WHERE 'Strategic collaboration and enhanced partnership working' IN s.aliases "
        "RETURN c.name",
        TAYSIDE,
    ),
    Question(
        "D03-service-area",
        "In which service area?",
        "§1.1",
        "MATCH (s:Service)-[:IN_CATEGORY]->(c:Category) "
        "WHERE 'Strategic collaboration and enhanced partnership working' IN s.aliases "
        "RETURN c.name",
        {"Children & young People"},
    ),
    Question(
        "D04-proposed-only",
        "Which of the two, today's and the strategic collaboration, is live?",
        "§1.1, §2.1",
        TOLD + "AND s.kind = 'partnership' RETURN s.name, s.status",
        {
            ("Strategic Collaboration in Children and Families Services (Tayside)", "proposed"),
            (
                "Education and Children's Services Collaboration (Tayside)",
                "live",
            ),
        },
    ),
    Question(
        "D05-action-plan",
        "Which years is the action plan for, and when was it to be presented?",
        "§2.1",
        TOLD + "AND s.name STARTS WITH 'Action Plan' MATCH (s)-[:REPORTS]->(f:Finding) "
        "WHERE f.text CONTAINS 'June 2017 committee' RETURN s.start, s.end, s.status",
        {("2017", "2020", "proposed")},
    ),
    Question(
        "D06-no-financial-implications",
        "What are the financial implications? (None at this stage.)",
        "§3.1",
        COLLABORATION + "OPTIONAL MATCH (s)-[:HAS_SAVING]->(v:Saving) "
        "RETURN s.funding CONTAINS 'Nothing financial', count(v)",
        {(True, 0)},
    ),
    Question(
        "D06-no-amount-anywhere",
        "Which arrangement of the report has a stated saving? (None of them.)",
        "whole report",
        TOLD + "OPTIONAL MATCH (s)-[:HAS_SAVING]->(v:Saving) RETURN count(s) > 10, count(v)",
        {(True, 0)},
    ),
    Question(
        "D07-activities-at-present",
        "Which activities take place across the three areas at present?",
        "§4.3",
        "MATCH (s:Service {status: 'live'})-[:PART_OF]->(w:Service) "
        "WHERE w.name STARTS WITH 'Education and Children' RETURN s.name",
        {
            "Children's Plan Template (Tayside)",
            "Joint Training in Education and Children's Services (Tayside)",
            "Common Quality Improvement Initiative with Education Scotland",
            "1+2 Modern Languages Joint Work (Tayside)",
            "Delegated School Management Evaluation (Tayside)",
            "School and Early Years Estate Approach (Tayside)",
            "Performance and Reporting Models Discussions (Tayside)",
            "School Data Analysis Review (Tayside)",
        },
    ),
    Question(
        "D08-shared-with-education-scotland",
        "Which of these is shared with a national body, and which?",
        "§4.3, activity 3",
        "MATCH (p:Partner)-[:PARTICIPATES_IN]->(s:Service)-[:PART_OF]->(w:Service) "
        "WHERE w.name STARTS WITH 'Education and Children' RETURN s.name, p.name",
        {("Common Quality Improvement Initiative with Education Scotland", "Education Scotland")},
    ),
    Question(
        "D09-reviews",
        "Which of these are an evaluation or a review?",
        "§4.3, activities 5 and 8",
        "MATCH (s:Service {kind: 'review'})-[:PART_OF]->(w:Service) "
        "WHERE w.name STARTS WITH 'Education and Children' RETURN s.name",
        {
            "Delegated School Management Evaluation (Tayside)",
            "School Data Analysis Review (Tayside)",
        },
    ),
    Question(
        "D09-discussions-only",
        "Which of these is talk only (the first step of the spectrum)?",
        "§4.3, activity 7",
        "MATCH (s:Service {spectrum: 'communicate'})-[:PART_OF]->(w:Service) "
        "WHERE w.name STARTS WITH 'Education and Children' RETURN s.name",
        {"Performance and Reporting Models Discussions (Tayside)"},
    ),
    Question(
        "D10-health-board",
        "Which health board works with the three councils?",
        "§4.2 to §4.4",
        TOLD + "MATCH (p:Partner {kind: 'nhs board'})-[:PARTICIPATES_IN]->(s) "
        "RETURN DISTINCT p.name",
        {"NHS Tayside"},
    ),
    Question(
        "D11-drivers-of-excellence",
        "Which are the key drivers for excellence and equity?",
        "§4.4",
        "MATCH (s:Service)-[:REPORTS]->(f:Finding {kind: 'driver'}) "
        "WHERE 'Strategic collaboration and enhanced partnership working' IN s.aliases "
        "AND f.locator = '§4.4' AND f.text CONTAINS 'key driver' RETURN f.theme",
        {
            "Getting it Right for Every Child",
            "Curriculum for Excellence",
            "Developing the Young Workforce",
            "Child Protection",
            "Looked After children",
            "poverty",
            "children's health",
        },
    ),
    Question(
        "D12-act",
        "In line with which Act?",
        "§4.3",
        TOLD + "MATCH (s)-[:REPORTS]->(f:Finding {kind: 'driver', theme: 'legislation'}) "
        "RETURN f.text CONTAINS 'Children and Young People (Scotland) Act 2014', f.locator",
        {(True, "§4.3")},
    ),
    Question(
        "D13-secondee",
        "Who would second a senior member of staff?",
        "§4.5, §4.7",
        COLLABORATION + "MATCH (p:Partner {kind: 'government'})-[r:PARTICIPATES_IN]->(s) "
        "RETURN p.name, r.role, s.staffing CONTAINS 'second', s.status",
        {("Scottish Government", "supporter", True, "proposed")},
    ),
    Question(
        "D14-years-of-the-phased-plan",
        "Over how many years is the phased action plan?",
        "§4.4",
        TOLD + "AND s.name STARTS WITH 'Action Plan' RETURN s.description CONTAINS '2-3 years'",
        {True},
    ),
    Question(
        "D15-governance-review",
        "By when is a governance review to evaluate progress, and is it done?",
        "§4.5",
        COLLABORATION + "RETURN s.governance CONTAINS 'governance review', "
        "s.governance CONTAINS '2018-19', s.status",
        {(True, True, "proposed")},
    ),
    Question(
        "D16-fife-not-in-it",
        "Is any council beyond the three in anything of this report, as Fife is in the deal?",
        "§1.1",
        TOLD_ROLES + "RETURN DISTINCT c.name",
        TAYSIDE,
    ),
    Question(
        "D17-no-lead-council",
        "Which council leads? (None is named: all are members.)",
        "§4.5, §4.7",
        TOLD_ROLES + "RETURN DISTINCT c.name, r.role",
        {(council, "member") for council in TAYSIDE},
    ),
    Question(
        "D18-education-governance-review",
        "When did the Education Governance Review start, and when does it end?",
        "§4.1",
        TOLD + "MATCH (s)-[:REPORTS]->(f:Finding {theme: 'Education Governance Review'}) "
        "RETURN f.kind, f.text CONTAINS 'September 2016 to February 2017'",
        {("driver", True)},
    ),
    Question(
        "D19-who-drives-the-change",
        "Who would drive the change forward?",
        "§4.5",
        "UNWIND ['Chief Education Officers', 'Chief Social Work Officers', "
        "\"Director of Children's Health Services\", 'Chief Constable'] AS officer "
        + COLLABORATION
        + "AND s.governance CONTAINS officer RETURN officer",
        {
            "Chief Education Officers",
            "Chief Social Work Officers",
            "Director of Children's Health Services",
        },
    ),
)


@pytest.mark.parametrize("question", cases(QUESTIONS))
def test_the_graph_answers_as_the_dundee_report_does(scotland: Store, question: Question) -> None:
    assert_answered(scotland, question)
