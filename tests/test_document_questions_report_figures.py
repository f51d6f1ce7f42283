"""What a reader of the 2020 report would ask about its figures and tables."""

from __future__ import annotations

import pytest

from graphmodel.store import Store
from tests.asking import Question, assert_answered, cases

REPORT = "(d:Document {title: 'Collaborative Working Research Report'})"
FIGURES = f"MATCH (f:Statistic)-[:STATED_IN]->{REPORT} "


def headline(name: str) -> str:
    """Ask for one of the headline figures of section 2, however often it is printed."""
    return FIGURES + f"WHERE f.group = 'Headline figures' AND f.name = '{name}' "


def table(group: str) -> str:
    """Ask for the rows of a table: ``label``, and number and percentage beside each other."""
    return (
        FIGURES + f"WHERE f.group = '{group}' AND f.unit = 'activities' "
        f"MATCH (p:Statistic {{group: '{group}', unit: '% of total'}})-[:STATED_IN]->(d) "
        "WHERE p.label = f.label AND p.locator = f.locator "
        "WITH f.label AS label, f.value AS number, p.value AS percentage "
    )


QUESTIONS = (
    Question(
        "R01-publisher",
        "Who published the report, and when?",
        "title, section 1",
        f"MATCH {REPORT} RETURN d.publisher, d.published",
        {("Improvement Service", "2020-03")},
    ),
    Question(
        "R02-councils-asked",
        "How many councils were asked?",
        "sections 1 and 2",
        headline("councils asked") + "RETURN DISTINCT f.value",
        {32},
    ),
    Question(
        "R02-councils-that-answered",
        "How many councils had sent information? (Not all.)",
        "section 2",
        headline("councils that had sent information") + "RETURN f.value",
        {26},
    ),
    Question(
        "R03-activities",
        "How many activities were reported, how many of them national?",
        "section 2",
        FIGURES + "WHERE f.group = 'Headline figures' AND f.unit = 'activities' "
        "AND NOT f.name CONTAINS 'operational' RETURN f.name, f.value",
        {
            ("activities reported in the spreadsheets", 373),
            ("national examples among the activities reported", 30),
        },
    ),
    Question(
        "R03-operational",
        "How many of the activities are operational? (Not all.)",
        "section 2",
        headline("activities identified as operational") + "RETURN f.value, f.unit",
        {(242, "activities")},
    ),
    Question(
        "R04-more-than-before",
        "How many more are operational than in the previous survey?",
        "section 2",
        headline("operational activities more than in the previous survey") + "RETURN f.value",
        {40},
    ),
    Question(
        "R05-activity-types",
        "How many activities, and which share, are of each type?",
        "section 2, Activity/Category",
        table("Activity type")
        + "MATCH (t:ActivityType {name: label}) RETURN t.name, number, percentage",
        {
            ("Joint provision", 56, 32),
            ("Specialist services", 23, 13),
            ("Co-location", 9, 5),
            ("Emergency/out of hours", 14, 8),
            ("Training", 12, 7),
            ("Simplification/standardisation", 24, 14),
            ("Cross public-sector provision", 39, 22),
        },
    ),
    Question(
        "R06-earlier-surveys",
        "In which years were the earlier surveys?",
        "section 2",
        "UNWIND ['2009', '2012', '2016', '2018'] AS year "
        f"MATCH {REPORT} MATCH (f:Finding {{theme: 'research method'}}) "
        "WHERE f.source = d.id AND f.text CONTAINS 'survey' AND f.text CONTAINS year "
        "RETURN DISTINCT year",
        {"2009", "2016"},
    ),
    Question(
        "R07-england",
        "How many activities did the Local Government Association find in England?",
        "section 2",
        FIGURES + "WHERE f.label = 'England' RETURN f.value, f.unit",
        {(493, "activities")},
    ),
    Question(
        "R08-common-areas",
        "In which areas is sharing most common? (Health and social care stands apart.)",
        "section 2, areas of most common collaboration",
        "UNWIND ['roads', 'emergency services', 'economic development', 'trading standards', "
        "'waste', 'criminal justice', 'training', 'information and research', 'procurement', "
        "'health', 'housing', 'planning', 'libraries'] AS area "
        f"MATCH {REPORT} MATCH (f:Finding {{theme: 'common areas'}}) "
        "WHERE f.source = d.id AND f.text STARTS WITH 'Sharing is most common in' "
        "AND f.text CONTAINS area RETURN area, count(f)",
        {
            ("roads", 1),
            ("emergency services", 1),
            ("economic development", 1),
            ("trading standards", 1),
            ("waste", 1),
            ("criminal justice", 1),
            ("training", 1),
            ("information and research", 1),
            ("procurement", 1),
        },
    ),
    Question(
        "R09-returns-by-region",
        "How many returns came from each region, and which share?",
        "Appendix 1, Returns by region",
        table("Returns by region") + "RETURN label, number, percentage",
        {
            ("North East", 3, 2),
            ("Aberdeen (City and Shire)", 5, 3),
            ("Forth Valley", 11, 6),
            ("Stirling-Clacks", 4, 2),
            ("One Local Authority", 57, 32),
            ("National", 30, 17),
            ("No Specific Location", 3, 2),
            ("South (Borders and DG)", 1, 1),
            ("West", 3, 2),
            ("Dundee and Angus", 1, 1),
            ("Ayrshires", 9, 5),
            ("Clyde Valley", 12, 7),
            ("Renfrewshire and Inverclyde", 10, 6),
            ("Fife and Lothians", 1, 1),
            ("South East", 7, 4),
            ("Fife and PKC", 1, 1),
            ("Mid and East Lothian", 2, 1),
            ("Lothians", 1, 1),
            ("North", 1, 1),
            ("Lanarkshire", 3, 2),
            ("Glasgow City Region", 1, 1),
            ("Dunbartonshire", 1, 1),
            ("Tayside", 9, 5),
        },
    ),
    Question(
        "R10-most-returns",
        "Which regions have more than ten returns?",
        "Appendix 1, Returns by region",
        table("Returns by region") + "WHERE number > 10 RETURN label, number",
        {
            ("One Local Authority", 57),
            ("National", 30),
            ("Clyde Valley", 12),
            ("Forth Valley", 11),
        },
    ),
    Question(
        "R11-two-national-shares",
        "Which shares of national activity does the report give? (Two that disagree.)",
        "section 2 and Appendix 1",
        "UNWIND ['17.0', '18.0', '19.0'] AS share "
        + FIGURES
        + "WHERE f.label = 'National' AND f.unit = '% of total' AND 'value' IN f.conflicts "
        "AND any(said IN f.statements WHERE said CONTAINS '\"value\": ' + share) RETURN share",
        {"17.0", "19.0"},
    ),
    Question(
        "R12-frequent-service-areas",
        "Which service areas have more than ten returns?",
        "Appendix 1, Returns by service/activity area",
        table("Service category")
        + "MATCH (c:Category {name: label}) WHERE number > 10 RETURN c.name, number",
        {
            ("Transport & Highways", 22),
            ("Health & Social Care", 18),
            ("Environmental Protection, Waste, and Regulatory Services", 18),
            ("Bus Support, Employment, Economic Growth and Regeneration", 15),
            ("Education & Learning", 13),
            ("Property, Facilities and Utility", 13),
            ("HR", 11),
        },
    ),
    Question(
        "R13-nothing-returned",
        "For which service areas was nothing returned?",
        "Appendix 1, Returns by service/activity area",
        table("Service category")
        + "MATCH (c:Category {name: label}) WHERE number = 0 RETURN c.name, percentage",
        {
            ("Capital Assets", 0),
            ("Legal", 0),
            ("Library", 0),
            ("Parks & Open Spaces", 0),
            ("Planning & building Control", 0),
            ("Public Health", 0),
            ("Shared Management", 0),
        },
    ),
    Question(
        "R14-consultees",
        "From where did the fourteen people come who were consulted?",
        "Appendix 2",
        FIGURES + "WHERE f.name = 'people consulted, by organisation' RETURN f.label, f.value",
        {
            ("Supplier Development Programme", 1),
            ("Audit Scotland", 1),
            ("Midlothian Council", 1),
            ("COSLA", 1),
            ("SEEMiS", 1),
            ("East Ayrshire Council", 1),
            ("Glasgow City Council", 1),
            ("Falkirk Council", 1),
            ("Improvement Service", 1),
            ("NHS National Services Scotland", 1),
            ("Aberdeenshire Council", 1),
            ("Angus Council", 2),
            ("Moray Council", 1),
        },
    ),
)


@pytest.mark.parametrize("question", cases(QUESTIONS))
def test_the_graph_answers_as_the_tables_of_the_report_do(
    scotland: Store, question: Question
) -> None:
    assert_answered(scotland, question)
