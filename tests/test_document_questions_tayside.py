"""What a reader of the Tayside update of 30 April 2018 would ask."""

from __future__ import annotations

import pytest

from graphmodel.store import Store
from tests.asking import Question, assert_answered, cases, services_told_in

UPDATE = "Collaborative Working Update"
TOLD = services_told_in(UPDATE)
TAYSIDE = {"Angus", "Dundee City", "Perth and Kinross"}

QUESTIONS = (
    Question(
        "T01-chief-executives",
        "Which councils' chief executives met, and was it on 30 April 2018?",
        "opening paragraph",
        "MATCH (c:Council)-[:PARTICIPATES_IN]->(s:Service) "
        "WHERE s.name STARTS WITH 'Joint Chief Executives' "
        "RETURN c.name, s.description CONTAINS '30 April 2018'",
        {(council, True) for council in TAYSIDE},
    ),
    Question(
        "T02-authors-of-the-plan",
        "Who developed the Tayside Plan?",
        "Children's Services",
        "MATCH (p)-[:PARTICIPATES_IN]->(s:Service) "
        "WHERE s.name STARTS WITH 'Tayside Plan for Children' RETURN p.name",
        TAYSIDE
        | {
            "NHS Tayside",
            "Police Scotland",
            "Health and Social Care Partnerships (Tayside)",
            "Third sector (Tayside)",
            "Other key organisations (Tayside Plan)",
        },
    ),
    Question(
        "T03-period-of-the-plan",
        "Which years does the Tayside Plan cover?",
        "Children's Services",
        "MATCH (s:Service) WHERE s.name STARTS WITH 'Tayside Plan for Children' "
        "RETURN s.start, s.end",
        {("2017", "2020")},
    ),
    Question(
        "T04-number-of-working-groups",
        "How many working groups serve the priority themes, and how many support them?",
        "Children's Services",
        "MATCH (f:Statistic {name: 'working groups'})-[:STATED_IN]->"
        f"(:Document {{title: '{UPDATE}'}}) "
        "RETURN f.label STARTS WITH 'by priority theme', f.value",
        {(True, 5), (False, 3)},
    ),
    Question(
        "T04-names-of-working-groups",
        "Which working groups does the Tayside Plan have?",
        "Children's Services",
        "MATCH (g:Service {kind: 'working group'})-[:PART_OF]->(s:Service) "
        "WHERE s.name STARTS WITH 'Tayside Plan for Children' RETURN g.name",
        {
            "Priority theme working groups of the Tayside Plan (five)",
            "Collaborative Commissioning Working Group (Tayside Plan)",
            "Performance Reporting Working Group (Tayside Plan)",
            "Communication Working Group (Tayside Plan)",
        },
    ),
    Question(
        "T05-recipients-of-the-draft",
        "To whom was the draft TRIC plan submitted, and was it in January 2018?",
        "Children's Services",
        "MATCH (p:Partner)-[:PARTICIPATES_IN]->(s:Service) WHERE 'TRIC Plan' IN s.aliases "
        "RETURN p.name, s.origins CONTAINS 'January 2018'",
        {("Education Scotland", True), ("Scottish Government", True)},
    ),
    Question(
        "T06-final-plan-not-in-force",
        "Is the TRIC plan in force? (No: a draft, of a collaborative that works.)",
        "Children's Services",
        "MATCH (s:Service)-[:PART_OF]->(w:Service) WHERE 'TRIC Plan' IN s.aliases "
        "RETURN s.status, w.name, w.status",
        {("proposed", "Tayside Regional Improvement Collaborative", "live")},
    ),
    Question(
        "T07-councils-of-the-deal",
        "Which councils approved the Tay Cities Deal submission?",
        "Economic Development & Tay City Deal",
        "MATCH (c:Council)-[:PARTICIPATES_IN]->(s:Service {name: 'Tay Cities Deal'}) RETURN c.name",
        TAYSIDE | {"Fife"},
    ),
    Question(
        "T08-deal-but-not-joint-chief-executives",
        "Which council of the deal is not among the three of the update?",
        "Economic Development & Tay City Deal, against the opening paragraph",
        "MATCH (c:Council)-[:PARTICIPATES_IN]->(:Service {name: 'Tay Cities Deal'}) "
        "OPTIONAL MATCH (c)-[:PARTICIPATES_IN]->(j:Service) "
        "WHERE j.name STARTS WITH 'Joint Chief Executives' "
        "WITH c, j WHERE j IS NULL RETURN c.name",
        {"Fife"},
    ),
    Question(
        "T09-submitted-to-governments",
        "What of the deal has been submitted, and to which governments?",
        "Economic Development & Tay City Deal",
        "UNWIND ['Regional Economic Strategy', 'Strategic Outline Cases', 'Growth Plan'] AS paper "
        "MATCH (p:Partner {kind: 'government'})-[:PARTICIPATES_IN]->"
        "(s:Service {name: 'Tay Cities Deal'}) WHERE s.governance CONTAINS paper "
        "RETURN paper, p.name",
        {
            ("Regional Economic Strategy", "UK Government"),
            ("Regional Economic Strategy", "Scottish Government"),
            ("Strategic Outline Cases", "UK Government"),
            ("Strategic Outline Cases", "Scottish Government"),
        },
    ),
    Question(
        "T10-spend-on-goods",
        "How much is spent each year on goods and services, and by whom?",
        "Procurement and Commissioning",
        "MATCH (f:Statistic)-[:STATED_IN]->"
        f"(:Document {{title: '{UPDATE}'}}) "
        "WHERE f.name CONTAINS 'goods and services' RETURN f.value, f.unit, f.label",
        {(600_000_000, "GBP", "three councils and Tayside Contracts")},
    ),
    Question(
        "T10-buying-together",
        "Who would bring procurement and commissioning closer together?",
        "Procurement and Commissioning",
        "MATCH (p)-[:PARTICIPATES_IN]->(s:Service) "
        "WHERE s.name CONTAINS 'Procurement and Commissioning' RETURN p.name",
        TAYSIDE | {"Tayside Contracts"},
    ),
    Question(
        "T11-outline-business-case",
        "What was agreed in December 2017, and by whom?",
        "Procurement and Commissioning",
        TOLD + "AND coalesce(s.origins, '') + coalesce(s.governance, '') "
        "CONTAINS 'December 2017' RETURN s.name",
        {
            "Joint Chief Executives of Angus, Dundee City and Perth & Kinross",
            "Tayside Procurement and Commissioning Collaboration",
        },
    ),
    Question(
        "T12-no-amount-saved-by-procurement",
        "What amount would joint procurement save? (None is stated.)",
        "Procurement and Commissioning",
        "MATCH (s:Service) WHERE s.name CONTAINS 'Procurement and Commissioning' "
        "OPTIONAL MATCH (s)-[:HAS_SAVING]->(v:Saving) RETURN s.status, count(v)",
        {("proposed", 0)},
    ),
    Question(
        "T12-no-amount-anywhere",
        "Which of the arrangements in the update have a stated saving? (None of them.)",
        "whole update",
        TOLD + "OPTIONAL MATCH (s)-[:HAS_SAVING]->(v:Saving) RETURN count(s) > 20, count(v)",
        {(True, 0)},
    ),
    Question(
        "T13-corporate-work-streams",
        "Which four work streams make up Corporate Services?",
        "Corporate Services",
        "MATCH (s:Service)-[:PART_OF]->(w:Service) WHERE w.name CONTAINS 'Corporate Services' "
        "RETURN s.name, s.status",
        {
            ("Tayside Human Resources/Payroll Work Stream", "proposed"),
            ("Tayside Revenues & Benefits Work Stream", "proposed"),
            ("Tayside IT Work Stream", "proposed"),
            ("Tayside Corporate Procurement Work Stream", "proposed"),
        },
    ),
    Question(
        "T14-capital-spend",
        "What is to be spent on public sector property, and over how many years?",
        "Property Assets",
        "MATCH (f:Statistic)-[:STATED_IN]->"
        f"(:Document {{title: '{UPDATE}'}}) WHERE f.name CONTAINS 'capital spend' "
        "RETURN f.value, f.unit, f.label, f.note CONTAINS 'five years'",
        {(650_000_000, "GBP", "Tayside", True)},
    ),
    Question(
        "T15-one-public-estate",
        "Who works on One Public Estate, and who of them pays for a lead officer?",
        "Property Assets",
        "MATCH (p)-[r:PARTICIPATES_IN]->(s:Service) WHERE 'One Public Estate' IN s.aliases "
        "RETURN p.name, r.role",
        {(council, "member") for council in TAYSIDE} | {("Scottish Futures Trust", "funder")},
    ),
    Question(
        "T16-decided-against",
        "Which arrangement of the update was decided against?",
        "Integration of Waste",
        TOLD + "AND s.status = 'rejected' RETURN s.name",
        {"Tayside Joint Waste Processing"},
    ),
    Question(
        "T17-what-goes-on-in-waste",
        "Which work on waste goes on, and which is being explored?",
        "Integration of Waste",
        "MATCH (s:Service)-[:PART_OF]->(:Service {name: 'Tayside Integration of Waste'}) "
        "WHERE s.status IN ['live', 'proposed', 'pilot'] RETURN s.name, s.status",
        {
            ("Tayside Commercial Waste", "proposed"),
            ("Tayside Waste Awareness and Information", "live"),
            ("Tayside Smart Waste Developments", "live"),
        },
    ),
    Question(
        "T18-memorandum",
        "Where is there a memorandum of understanding, and between which councils?",
        "Developing Tayside Contracts",
        TOLD + "AND s.delivery_mechanism = 'memorandum of understanding' "
        "MATCH (c:Council)-[:PARTICIPATES_IN]->(s) RETURN s.name, c.name",
        {("Developing Tayside Contracts", council) for council in TAYSIDE},
    ),
    Question(
        "T19-catering-not-live",
        "Is the shared delivery of catering live? (No: it is being explored.)",
        "Developing Tayside Contracts",
        "MATCH (s:Service)-[:PART_OF]->(:Service {name: 'Developing Tayside Contracts'}) "
        "RETURN s.name, s.status",
        {("Tayside Shared Catering", "proposed")},
    ),
    Question(
        "T20-roads-pilots",
        "Which roads services do the councils pilot together?",
        "Roads",
        TOLD + "AND s.status = 'pilot' MATCH (s)-[:PART_OF]->(w:Service) RETURN s.name, w.name",
        {
            (
                "Urban Traffic Control and Traffic Signals Pilot (Tayside)",
                "Tayside Roads Collaboration",
            ),
            ("Roads Network Management Pilot (Tayside)", "Tayside Roads Collaboration"),
        },
    ),
    Question(
        "T21-roads-not-piloted",
        "Which roads services were examined but are no pilot?",
        "Roads",
        "UNWIND ['asset management', 'carriageway and footway maintenance', 'traffic', "
        "'network', 'road safety', 'road schemes', 'street lighting'] AS field "
        "MATCH (s:Service {name: 'Tayside Roads Collaboration'}) "
        "WHERE s.description CONTAINS field "
        "OPTIONAL MATCH (p:Service {status: 'pilot'})-[:PART_OF]->(s) "
        "WHERE toLower(p.name) CONTAINS field "
        "WITH field, count(p) AS pilots WHERE pilots = 0 RETURN field",
        {"asset management", "carriageway and footway maintenance", "road safety", "road schemes"},
    ),
    Question(
        "T22-fleet-maintenance",
        "Whose fleet does Tayside Contracts maintain?",
        "Fleet and Transportation",
        "MATCH (:Partner {name: 'Tayside Contracts'})-[:PARTICIPATES_IN {role: 'provider'}]->"
        "(s:Service)<-[r:PARTICIPATES_IN {role: 'customer'}]-(c:Council) "
        "WHERE coalesce(r.status, s.status) = 'live' RETURN s.name, c.name",
        {("Fleet Maintenance by Tayside Contracts", "Angus")},
    ),
    Question(
        "T23-fleet-not-yet-of-dundee",
        "Which of the three councils are not yet customers, and what do they do about it?",
        "Fleet and Transportation",
        "MATCH (s:Service {name: 'Fleet Maintenance by Tayside Contracts'}) "
        "MATCH (c:Council)-[:PARTICIPATES_IN]->(j:Service) "
        "WHERE j.name STARTS WITH 'Joint Chief Executives' "
        "OPTIONAL MATCH (c)-[r:PARTICIPATES_IN]->(s) "
        "WITH c, CASE WHEN r IS NULL THEN 'nothing said' "
        "ELSE coalesce(r.status, s.status) END AS state "
        "WHERE state <> 'live' RETURN c.name, state",
        {("Dundee City", "proposed"), ("Perth and Kinross", "nothing said")},
    ),
)


@pytest.mark.parametrize("question", cases(QUESTIONS))
def test_the_graph_answers_as_the_tayside_update_does(scotland: Store, question: Question) -> None:
    assert_answered(scotland, question)
