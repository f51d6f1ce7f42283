"""What a reader of the five case studies of the 2020 report would ask."""

from __future__ import annotations

import pytest

from graphmodel.store import Store
from tests.asking import Question, assert_answered, cases, services_told_in

ARA = "Ayrshire Roads Alliance"
CCS = "Renfrewshire Civil Contingencies Service"
AST = "Ayrshire Area Support Team"
SEEMIS = "SEEMiS"
SDP = "Supplier Development Programme"
TOLD = services_told_in("Collaborative Working Research Report")
CASES = TOLD + "AND s.start IS NOT NULL AND s.delivery_mechanism IS NOT NULL "


def partners_of(service: str) -> str:
    """Ask who takes part in a service (``p``, by ``r``)."""
    return f"MATCH (p)-[r:PARTICIPATES_IN]->(s:Service {{name: '{service}'}}) "


def figure(service: str, name: str) -> str:
    """Ask for a figure of a case study, however often it is printed."""
    return (
        f"MATCH (f:Statistic {{group: 'Case study: {service}'}}) WHERE f.name = '{name}' "
        "RETURN DISTINCT f.value"
    )


QUESTIONS = (
    Question(
        "R15-mechanisms",
        "By which mechanism is each of the five services delivered?",
        "heads of the case studies",
        CASES + "RETURN s.name, s.delivery_mechanism",
        {
            (ARA, "joint committee"),
            (CCS, "lead authority"),
            (AST, "lead authority"),
            (SEEMIS, "limited liability partnership"),
            (SDP, "company"),
        },
    ),
    Question(
        "R16-partners-of-ara",
        "Who are the participating partners of the Ayrshire Roads Alliance?",
        "Case Study 1",
        partners_of(ARA) + "WHERE r.role IN ['lead', 'joint lead', 'member'] RETURN p.name",
        {"East Ayrshire", "South Ayrshire"},
    ),
    Question(
        "R17-north-ayrshire-not-in-ara",
        "Which Ayrshire council of the Area Support Team is not in the Roads Alliance?",
        "Case Studies 1 and 3",
        f"MATCH (c:Council)-[:PARTICIPATES_IN]->(:Service {{name: '{AST}'}}) "
        f"OPTIONAL MATCH (c)-[r:PARTICIPATES_IN]->(:Service {{name: '{ARA}'}}) "
        "WITH c, r WHERE r IS NULL RETURN c.name",
        {"North Ayrshire"},
    ),
    Question(
        "R18-adopted-the-model",
        "Which councils have adopted the ARA model?",
        "Case Study 1, Nature of service",
        "MATCH (c:Council)-[:PARTICIPATES_IN]->(s:Service)"
        f"-[:ADOPTED_FROM]->(:Service {{name: '{ARA}'}}) RETURN c.name, s.status",
        {("Inverclyde", "live"), ("West Dunbartonshire", "live")},
    ),
    Question(
        "R19-adopting-is-not-joining",
        "Are those that adopted the model partners of the ARA? (No.)",
        "Case Study 1",
        "MATCH (c:Council)-[:PARTICIPATES_IN]->(:Service)"
        f"-[:ADOPTED_FROM]->(a:Service {{name: '{ARA}'}}) "
        "OPTIONAL MATCH (c)-[r:PARTICIPATES_IN]->(a) RETURN c.name, count(r)",
        {("Inverclyde", 0), ("West Dunbartonshire", 0)},
    ),
    Question(
        "R20-business-case",
        "Was the business case of the ARA agreed in June 2013?",
        "Case Study 1, Origins",
        f"MATCH (s:Service {{name: '{ARA}'}}) "
        "RETURN s.origins CONTAINS 'business case was agreed in June 2013'",
        {True},
    ),
    Question(
        "R21-R22-savings-of-ara",
        "Which savings were projected, which are anticipated, and for which years?",
        "Case Study 1, Progress and benefits",
        f"MATCH (:Service {{name: '{ARA}'}})-[:HAS_SAVING]->(v:Saving) "
        "RETURN v.basis, v.amount, v.currency, v.from, v.to",
        {
            ("projected", 8_683_000, "GBP", "2014/15", "2023/24"),
            ("anticipated", 6_313_000, "GBP", None, "2019/20"),
        },
    ),
    Question(
        "R23-members-of-the-joint-committee",
        "Who appoints to the committee that governs the ARA?",
        "Case Study 1, Nature of service",
        "MATCH (c:Council)-[:MEMBER_OF]->"
        "(:Partner {name: 'Ayrshire Shared Service Joint Committee'}) RETURN c.name",
        {"East Ayrshire", "South Ayrshire"},
    ),
    Question(
        "R23-appointments-and-meetings",
        "How many members does each council appoint, and how often does the committee meet?",
        "Case Study 1, Nature of service",
        f"MATCH (f:Statistic {{group: 'Case study: {ARA}'}}) "
        "WHERE f.name CONTAINS 'joint committee' RETURN f.unit, f.value",
        {("elected members", 4), ("meetings", 6)},
    ),
    Question(
        "R24-winter-resilience-groups",
        "How many Winter Resilience Groups are there?",
        "Case Study 1, Progress and benefits",
        figure(ARA, "Winter Resilience Groups set up"),
        {60},
    ),
    Question(
        "R25-no-lead-council-in-ara",
        "Which of its councils leads the ARA? (None: both are members.)",
        "Case Study 1",
        partners_of(ARA) + "WHERE p:Council RETURN p.name, r.role",
        {("East Ayrshire", "member"), ("South Ayrshire", "member")},
    ),
    Question(
        "R26-lead-of-ccs",
        "Who is the lead of the Civil Contingencies Service?",
        "Case Study 2",
        partners_of(CCS) + "WHERE r.role CONTAINS 'lead' RETURN p.name",
        {"Renfrewshire"},
    ),
    Question(
        "R26-partners-of-ccs",
        "Who are the participating partners of the Civil Contingencies Service?",
        "Case Study 2",
        partners_of(CCS) + "WHERE r.role IN ['lead', 'joint lead', 'member'] RETURN p.name",
        {"Renfrewshire", "Inverclyde", "East Renfrewshire", "West Dunbartonshire"},
    ),
    Question(
        "R27-joined-later",
        "Which council was not in the CCS from its start?",
        "Case Study 2, Challenges and learning",
        partners_of(CCS) + "WHERE p:Council AND (r.since IS NULL OR r.since <> s.start) "
        "RETURN p.name, r.note CONTAINS 'Joined after'",
        {("West Dunbartonshire", True)},
    ),
    Question(
        "R27-three-at-the-start",
        "Who is known to have been in the CCS from 2009 on?",
        "Case Study 2, Origins",
        partners_of(CCS) + "WHERE p:Council AND r.since = '2009' RETURN p.name",
        {"Renfrewshire", "Inverclyde", "East Renfrewshire"},
    ),
    Question(
        "R28-staff-of-ccs",
        "How many staff of which grade does the CCS have?",
        "Case Study 2, Nature of service",
        f"MATCH (f:Statistic {{group: 'Case study: {CCS}', name: 'staff'}}) "
        "RETURN f.label, f.value",
        {
            ("Senior Civil Contingency Officer", 1),
            ("Civil Contingency Officer", 2),
            ("Assistant Civil Contingency Officer", 1),
        },
    ),
    Question(
        "R29-joint-management-board",
        "Which councils' chief executives make up the Joint Management Board?",
        "Case Study 2, Nature of service",
        "MATCH (c:Council)-[:MEMBER_OF]->(b:Partner) "
        "WHERE b.name ENDS WITH 'Joint Management Board' RETURN c.name",
        {"Renfrewshire", "Inverclyde", "East Renfrewshire", "West Dunbartonshire"},
    ),
    Question(
        "R30-R50-savings-only-of-ara",
        "Which of the five state how much they save? (The ARA alone.)",
        "the case studies",
        CASES + "OPTIONAL MATCH (s)-[:HAS_SAVING]->(v:Saving) RETURN s.name, count(v)",
        {(ARA, 2), (CCS, 0), (AST, 0), (SEEMIS, 0), (SDP, 0)},
    ),
    Question(
        "R31-R36-acts",
        "Which Acts gave rise to which of the services?",
        "Case Studies 2 and 3, Origins",
        "UNWIND ['Civil Contingencies Act 2004', \"Children's Hearings (Scotland) Act 2011\"] "
        "AS act " + CASES + "AND s.origins CONTAINS act RETURN s.name, act",
        {
            (CCS, "Civil Contingencies Act 2004"),
            (AST, "Children's Hearings (Scotland) Act 2011"),
        },
    ),
    Question(
        "R32-R54-partners-of-ast",
        "Who takes part in the Ayrshire Area Support Team, and who of them leads?",
        "Case Study 3",
        partners_of(AST) + "WHERE r.role <> 'customer' RETURN p.name, r.role",
        {
            ("North Ayrshire", "lead"),
            ("East Ayrshire", "member"),
            ("South Ayrshire", "member"),
            ("Children's Hearings Scotland", "member"),
        },
    ),
    Question(
        "R33-staff-of-ast",
        "How many staff has the Ayrshire Area Support Team, and whose are they?",
        "Case Study 3, Nature of service",
        f"MATCH (f:Statistic {{group: 'Case study: {AST}', name: 'full-time staff'}}) "
        f"MATCH (s:Service {{name: '{AST}'}}) "
        "RETURN f.value, s.staffing CONTAINS 'employed by North Ayrshire Council'",
        {(2, True)},
    ),
    Question(
        "R34-R42-R47-what-contributions-go-by",
        "By what are the councils' contributions to the services measured?",
        "Case Studies 3, 4 and 5",
        "UNWIND ['hearings and referrals', 'pupil numbers', 'business base', 'road length'] "
        "AS measure " + CASES + "AND s.funding CONTAINS measure RETURN s.name, measure",
        {(AST, "hearings and referrals"), (SEEMIS, "pupil numbers"), (SDP, "business base")},
    ),
    Question(
        "R35-agreements-of-ast",
        "Which agreements underpin the Ayrshire Area Support Team?",
        "Case Study 3",
        "UNWIND ['minute of agreement', 'Partnership Agreement', 'Memorandum'] AS agreement "
        f"MATCH (s:Service {{name: '{AST}'}}) WHERE s.governance CONTAINS agreement "
        "RETURN agreement",
        {"minute of agreement", "Partnership Agreement"},
    ),
    Question(
        "R36-area-support-teams",
        "How many Area Support Teams are there, and of which network is Ayrshire's part?",
        "Case Study 3, Origins",
        f"MATCH (f:Statistic {{group: 'Case study: {AST}', unit: 'teams'}}) "
        f"MATCH (:Service {{name: '{AST}'}})-[:PART_OF]->(n:Service) RETURN n.name, f.value",
        {("Area Support Teams of Children's Hearings Scotland", 22)},
    ),
    Question(
        "R37-R43-national-services",
        "Which services have every council as a member?",
        "Case Studies 4 and 5",
        TOLD + "MATCH (c:Council)-[:PARTICIPATES_IN {role: 'member'}]->(s) "
        "WITH s, count(DISTINCT c) AS councils MATCH (a:Council) "
        "WITH s, councils, count(a) AS every WHERE councils = every RETURN s.name, councils",
        {(SEEMIS, 32), (SDP, 32)},
    ),
    Question(
        "R38-not-all-in-seemis-at-the-start",
        "With how many councils did SEEMiS begin? (Not with all.)",
        "Case Study 4, Origins",
        figure(SEEMIS, "councils at the start"),
        {12},
    ),
    Question(
        "R38-unknown-when-they-joined",
        "Since when is each council in SEEMiS? (The report does not say of any.)",
        "Case Study 4, Origins",
        partners_of(SEEMIS) + "WHERE p:Council AND r.role = 'member' "
        "RETURN s.start, count(r), count(r.since)",
        {("1996", 32, 0)},
    ),
    Question(
        "R39-R51-hosts",
        "Which of the services does which council host?",
        "Case Studies 4 and 5",
        CASES + "MATCH (p)-[:PARTICIPATES_IN {role: 'host'}]->(s) RETURN s.name, p.name",
        {(SEEMIS, "South Lanarkshire"), (SDP, "South Lanarkshire")},
    ),
    Question(
        "R40-R45-R46-sizes",
        "How large are SEEMiS and the Supplier Development Programme?",
        "Case Studies 4 and 5, Nature of service",
        "MATCH (f:Statistic) WHERE f.name IN ['staff', 'Customer Account Managers', "
        "'staff in the core team', 'Regional Officers Groups', "
        "'SME businesses registered with the programme', "
        "'annual public procurement spend in Scotland'] "
        "AND (f.group ENDS WITH 'SEEMiS' OR f.group ENDS WITH 'Supplier Development Programme') "
        "RETURN f.group, f.unit, f.value",
        {
            ("Case study: SEEMiS", "people", 60),
            ("Case study: SEEMiS", "people", 4),
            ("Case study: Supplier Development Programme", "people", 5),
            ("Case study: Supplier Development Programme", "groups", 17),
            ("Case study: Supplier Development Programme", "businesses", 15_500),
            ("Case study: Supplier Development Programme", "GBP", 11_000_000_000),
        },
    ),
    Question(
        "R41-host-is-not-lead",
        "What is South Lanarkshire in SEEMiS? (Host and member, not the lead.)",
        "Case Study 4, Nature of service",
        partners_of(SEEMIS) + "WHERE p.name = 'South Lanarkshire' RETURN r.role",
        {"host", "member"},
    ),
    Question(
        "R43-other-partners-of-sdp",
        "Who but the councils takes part in the Supplier Development Programme?",
        "Case Study 5",
        partners_of(SDP) + "WHERE p:Partner AND r.role <> 'customer' "
        "RETURN p.name, r.role, p.number",
        {
            ("Scottish Government", "funder", None),
            ("SDP affiliate public sector organisations", "affiliate", 14),
            ("SDP corporate member", "member", 1),
        },
    ),
    Question(
        "R44-not-all-in-sdp-at-the-start",
        "With how many councils did the programme begin? (Not with all.)",
        "Case Study 5, Origins",
        figure(SDP, "councils at the start"),
        {2},
    ),
    Question(
        "R48-lead-authorities",
        "Which services does one council lead for the others?",
        "Case Studies 2 and 3",
        CASES + "MATCH (c:Council)-[:PARTICIPATES_IN {role: 'lead'}]->(s) RETURN s.name, c.name",
        {(CCS, "Renfrewshire"), (AST, "North Ayrshire")},
    ),
    Question(
        "R49-services-of-inverclyde",
        "In which of the five does Inverclyde take part? (Not in the ARA.)",
        "the case studies",
        CASES + "MATCH (:Council {name: 'Inverclyde'})-[:PARTICIPATES_IN]->(s) RETURN s.name",
        {CCS, SEEMIS, SDP},
    ),
    Question(
        "R52-starts",
        "When did each of the services start?",
        "heads of the case studies",
        CASES + "RETURN s.name, s.start",
        {(SEEMIS, "1996"), (SDP, "2008"), (CCS, "2009"), (AST, "2013-06"), (ARA, "2014")},
    ),
    Question(
        "R53-government-not-in-seemis",
        "In which of the five does the Scottish Government take part? (Not in SEEMiS.)",
        "the case studies",
        CASES + "MATCH (:Partner {name: 'Scottish Government'})-[:PARTICIPATES_IN]->(s) "
        "RETURN s.name",
        {SDP},
    ),
    Question(
        "R55-parents-portal",
        "With whom did SEEMiS develop the Parent's Portal?",
        "Case Study 4, Progress and benefits",
        "MATCH (p)-[:PARTICIPATES_IN]->(s:Service)-[:PART_OF]->(w:Service) "
        'WHERE "Parent\'s Portal" IN s.aliases RETURN w.name, p.name',
        {(SEEMIS, "Improvement Service")},
    ),
    Question(
        "R56-transformations-of-sdp",
        "In which years was the programme transformed?",
        "Case Study 5, Origins and Future developments",
        "UNWIND ['2011', '2013-14', '2016', '2019'] AS year "
        f"MATCH (s:Service {{name: '{SDP}'}})-[:REPORTS]->(f:Finding) "
        "WHERE f.text CONTAINS year AND f.theme CONTAINS 'transformation' "
        "OR s.origins CONTAINS year RETURN DISTINCT year",
        {"2013-14", "2019"},
    ),
)


@pytest.mark.parametrize("question", cases(QUESTIONS))
def test_the_graph_answers_as_the_case_studies_do(scotland: Store, question: Question) -> None:
    assert_answered(scotland, question)
