"""What a reader of Midlothian's partnership report of 5 June 2015 would ask."""

from __future__ import annotations

import pytest

from graphmodel.store import Store
from tests.asking import Question, assert_answered, cases, services_told_in

TOLD = services_told_in("Partnership Working Update Report")
BOTH = {"East Lothian", "Midlothian"}
EM = "(East Lothian and Midlothian)"
PARTNERSHIP = "East Lothian and Midlothian Partnership Working"
SUPPORT = "AND any(c IN coalesce(s.citations, [s.locator]) WHERE c CONTAINS 'Support Services') "


def taking_part(name: str) -> str:
    """Ask who takes part in the service of the report whose name contains this."""
    return TOLD + f"AND s.name CONTAINS '{name}' MATCH (p)-[r:PARTICIPATES_IN]->(s) "


def status_of(name: str) -> str:
    """Ask for the name and status of what the report has under this name."""
    return TOLD + f"AND s.name CONTAINS '{name}' RETURN s.name, s.status"


QUESTIONS = (
    Question(
        "M01-report",
        "When was the report made, and by which council?",
        "heading and date",
        "MATCH (d:Document {title: 'Partnership Working Update Report'}) "
        "RETURN d.published, d.publisher",
        {("2015-06-05", "Midlothian Council")},
    ),
    Question(
        "M02-councils",
        "Which two councils work in partnership?",
        "§1",
        f"MATCH (c)-[r:PARTICIPATES_IN]->(:Service {{name: '{PARTNERSHIP}'}}) "
        "RETURN c.name, r.role",
        {(council, "member") for council in BOTH},
    ),
    Question(
        "M03-out-of-hours",
        "Who hosts whose out of hours service, and since when?",
        "§3.1, Contact Centre",
        taking_part("Out of Hours") + "RETURN p.name, r.role, r.since",
        {("East Lothian", "host", "2010"), ("Midlothian", "customer", "2010")},
    ),
    Question(
        "M04-archaeology",
        "Who provides archaeology for whom, and under what?",
        "§3.1, Archaeology Service",
        taking_part("Archaeology") + "RETURN p.name, r.role, s.delivery_mechanism",
        {
            ("East Lothian", "provider", "service level agreement"),
            ("Midlothian", "customer", "service level agreement"),
        },
    ),
    Question(
        "M05-health-and-safety",
        "Who leads Health & Safety, and under what arrangement?",
        "§3.1, Health & Safety",
        taking_part("Health & Safety joint management")
        + "WITH s, p, r WHERE r.role CONTAINS 'lead' RETURN p.name, s.delivery_mechanism",
        {("Midlothian", "joint management")},
    ),
    Question(
        "M06-east-lothian-not-the-lead",
        "What is East Lothian in Health & Safety? (Not the lead: a member.)",
        "§3.1, Health & Safety",
        taking_part("Health & Safety joint management")
        + "WITH p, r WHERE p.name = 'East Lothian' RETURN r.role",
        {"member"},
    ),
    Question(
        "M07-self-improving-schools",
        "How many secondary schools, learning trios and schools in a trio are there?",
        "§3.1, Self Improving Schools",
        "MATCH (f:Statistic {group: 'Self Improving Schools'})-[:STATED_IN]->"
        "(:Document {title: 'Partnership Working Update Report'}) RETURN f.label, f.value",
        {("Secondary schools", 12), ("Learning trios", 4), ("Schools in a trio", 3)},
    ),
    Question(
        "M08-public-protection-unit",
        "Where is the Public Protection Unit, and when was its office opened?",
        "§3.1, Public Protection Unit",
        TOLD + "AND s.name STARTS WITH 'Public Protection Unit' "
        "RETURN s.description CONTAINS 'Brunton Hall, Musselburgh', "
        "s.origins CONTAINS '20 April 2015', s.status",
        {(True, True, "live")},
    ),
    Question(
        "M09-approval-of-the-unit",
        "Whose approval did the joint approach to public protection follow?",
        "§3.1, Public Protection Unit",
        taking_part("Public Protection Unit")
        + "WITH s, p WHERE s.origins CONTAINS 'approval by the ' + p.name RETURN p.name",
        {"Critical Services Oversight Group"},
    ),
    Question(
        "M10-performance-framework",
        "Which plans does the performance framework take in?",
        "§3.1, Public Protection Unit",
        "UNWIND ['child protection', 'adult support and protection', "
        "'violence against women and children', 'offender management', 'homelessness'] AS field "
        + TOLD
        + "AND s.name ENDS WITH 'Performance Framework' AND s.description CONTAINS field "
        "RETURN field",
        {
            "child protection",
            "adult support and protection",
            "violence against women and children",
            "offender management",
        },
    ),
    Question(
        "M11-on-the-boundary",
        "What is managed jointly on the boundary of the councils, and do they adjoin?",
        "§3.1, Travelling Persons Site",
        TOLD + "AND s.description CONTAINS 'on the boundary' "
        "MATCH (a:Council {name: 'East Lothian'})-[b:BORDERS]-(:Council {name: 'Midlothian'}) "
        "RETURN s.name, s.status, b.kind",
        {(f"Travelling Persons Site {EM}", "live", "land")},
    ),
    Question(
        "M12-internal-audit-not-shared",
        "Is internal audit shared? (No: discussed.)",
        "§3.1, Internal Audit",
        status_of("Internal Audit"),
        {(f"Internal Audit sharing {EM}", "proposed")},
    ),
    Question(
        "M13-bus-route",
        "What does the joint bus route replace?",
        "§3.1, Travel",
        TOLD + "AND s.name CONTAINS 'bus route' RETURN s.name, s.origins CONTAINS '328'",
        {(f"Joint bus route {EM}", True)},
    ),
    Question(
        "M14-leads-of-leader",
        "Who is the lead accountable body of each LEADER programme, and of which years?",
        "§3.1, LEADER Programme",
        taking_part("LEADER") + "WITH s, p, r WHERE r.role = 'lead' RETURN s.start, s.end, p.name",
        {
            ("2002", "2007", "East Lothian"),
            ("2007", "2013", "East Lothian"),
            ("2014", "2020", "Midlothian"),
        },
    ),
    Question(
        "M14-lead-changed",
        "At which change of programme did the lead pass from one council to the other?",
        "§3.1, LEADER Programme",
        "MATCH (a:Council)-[:PARTICIPATES_IN {role: 'lead'}]->(n:Service)-[:SUCCEEDS]->"
        "(o:Service)<-[:PARTICIPATES_IN {role: 'lead'}]-(b:Council) WHERE a.name <> b.name "
        "RETURN n.name, b.name, a.name",
        {("Tyne/Esk LEADER Programme 2014-20", "East Lothian", "Midlothian")},
    ),
    Question(
        "M15-leader-not-approved",
        "Is the 2014-20 programme approved, as the earlier two were carried out?",
        "§3.1, LEADER Programme",
        status_of("LEADER"),
        {
            ("Tyne/Esk LEADER+ Programme 2002-07", "ended"),
            ("Tyne/Esk LEADER Programme 2007-13", "ended"),
            ("Tyne/Esk LEADER Programme 2014-20", "proposed"),
        },
    ),
    Question(
        "M16-support-services",
        "In which support services do the councils talk to each other?",
        "§3.1, Support Services",
        "UNWIND ['IT', 'Legal', 'HR', 'Equalities', 'Payroll'] AS field "
        + TOLD
        + SUPPORT
        + "AND s.name CONTAINS field RETURN DISTINCT field",
        {"IT", "Legal", "HR", "Equalities"},
    ),
    Question(
        "M17-equalities-officer",
        "Whose equalities officer serves both councils?",
        "§3.1, Support Services",
        taking_part("Equalities Officer") + "RETURN p.name, r.role",
        {("Midlothian", "provider"), ("East Lothian", "customer")},
    ),
    Question(
        "M18-support-services-not-shared",
        "Which support services are only talked about?",
        "§3.1, Support Services",
        TOLD + SUPPORT + f"AND s.name <> '{PARTNERSHIP}' AND s.kind <> 'shared service' "
        "RETURN s.name, s.kind",
        {
            (f"Joint senior IT management meetings {EM}", "network"),
            (f"IT Services partnering {EM}", "proposal"),
            (f"Legal Services court cover {EM}", "proposal"),
            (f"Senior HR managers' dialogue {EM}", "network"),
        },
    ),
    Question(
        "M19-start-of-the-pilot",
        "When did the pilot start, and of which services?",
        "§3.2",
        TOLD + "AND s.start = '2013-11-01' RETURN s.name",
        {
            f"Environmental Health and Trading Standards pilot {EM}",
            f"Environmental Health pilot {EM}",
            f"Trading Standards pilot {EM}",
        },
    ),
    Question(
        "M20-end-of-environmental-health",
        "When did the environmental health pilot end, and when was its management to end?",
        "§3.2",
        "MATCH (s:Service)-[:PART_OF]->(w:Service) "
        "WHERE s.name STARTS WITH 'Environmental Health pilot' "
        "RETURN s.end, w.governance CONTAINS '31 May 2015'",
        {("2015-03-31", True)},
    ),
    Question(
        "M21-environmental-health-no-longer",
        "Which parts of the pilot still ran on the report's day? (Not environmental health.)",
        "§3.2",
        "MATCH (s:Service)-[:PART_OF]->(w:Service) "
        "WHERE w.name STARTS WITH 'Environmental Health and Trading Standards pilot' "
        "AND (s.valid_to IS NULL OR s.valid_to > date('2015-06-05')) RETURN s.name, s.status",
        {(f"Trading Standards pilot {EM}", "pilot")},
    ),
    Question(
        "M22-single-trading-standards",
        "Is the single trading standards service in operation? (No: it would follow the pilot.)",
        "§3.2",
        "MATCH (s:Service)-[:SUCCEEDS]->(p:Service) "
        "WHERE s.name STARTS WITH 'Single Trading Standards' RETURN s.status, p.name",
        {("proposed", f"Trading Standards pilot {EM}")},
    ),
    Question(
        "M23-roads-collaborative",
        "Which councils would join the Roads Collaborative, and who leads the project?",
        "§3.4",
        taking_part("Roads Collaborative") + "RETURN p.name, r.role",
        {
            ("Improvement Service", "lead"),
            ("East Lothian", "member"),
            ("Midlothian", "member"),
            ("City of Edinburgh", "member"),
            ("Fife", "member"),
            ("West Lothian", "member"),
            ("The Scottish Borders", "member"),
        },
    ),
    Question(
        "M24-roads-not-agreed",
        "Has the Roads Collaborative been agreed? (No: councillors are yet to be asked.)",
        "§3.4",
        status_of("Roads Collaborative"),
        {("Roads Collaborative (Edinburgh, Fife, Lothians and Scottish Borders)", "proposed")},
    ),
    Question(
        "M25-no-amount-anywhere",
        "What has the partnership saved? (No amount is stated.)",
        "§4, §5.1",
        TOLD + "OPTIONAL MATCH (s)-[:HAS_SAVING]->(v:Saving) RETURN count(s) > 20, count(v)",
        {(True, 0)},
    ),
    Question(
        "M26-boards",
        "Which boards govern the partnership, and which reports to the other?",
        "§2.4",
        "MATCH (s:Service {kind: 'working group'})-[:PART_OF]->"
        f"(:Service {{name: '{PARTNERSHIP}'}}) "
        "RETURN s.name, s.governance CONTAINS 'Reports to the Joint Liaison Group'",
        {(f"Partnership Working Board {EM}", True), (f"Joint Liaison Group {EM}", False)},
    ),
    Question(
        "M27-emergency-planning-not-in-it",
        "Does the Health & Safety arrangement take in emergency planning? (Considered only.)",
        "§3.3",
        "MATCH (s:Service)-[:PART_OF]->(w:Service) "
        "WHERE w.name STARTS WITH 'Health & Safety joint management' "
        "RETURN s.name, s.status, w.status",
        {(f"Emergency Planning within Health & Safety {EM}", "proposed", "live")},
    ),
    Question(
        "M28-contact",
        "Which post does the report's contact hold?",
        "Report Contact",
        f"MATCH (s:Service {{name: '{PARTNERSHIP}'}}) "
        "RETURN s.staffing CONTAINS 'Joint Partnership Manager'",
        {True},
    ),
)


@pytest.mark.parametrize("question", cases(QUESTIONS))
def test_the_graph_answers_as_the_midlothian_report_does(
    scotland: Store, question: Question
) -> None:
    assert_answered(scotland, question)
