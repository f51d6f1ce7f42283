"""The form that councils fill in: its sheets and columns, in every version that went out.

A version is declared here and nowhere else. What goes out is the latest; what comes back
is recognised by its column headers, whatever the sheets are called and in whatever order
the columns stand, so that an older form can be read as well.
"""

from __future__ import annotations

from graphmodel.survey.parts import Field, Form, Sheet, What

HELD, CORRECTION = ": what we hold", ": correction"
HEADER_ROW = 5
"""Row of the column headers on every sheet but the cover."""
_DATE = "As much of the date as you know: 2013, 2013-06 or 2013-06-01."
_PERIOD = "A financial year as 2026/27, or a date as 2026, 2026-04 or 2026-04-01."
_LIST = "Please choose from the list."
_ACTIVITY = "The name as on the sheet Known activities or New activities."


def _pair(key: str, header: str, what: What = "text", choices: str = "") -> tuple[Field, Field]:
    """What we hold, and room beside it to correct that."""
    width = 48 if key == "description" else 22
    prompt = _LIST if choices else _DATE if what == "date" else ""
    ours = f"{key}_held"
    return (
        Field(ours, header + HELD, what, choices, locked=True, width=width),
        Field(
            key,
            header + CORRECTION,
            what,
            choices,
            width=width,
            prompt=f"Only if what we hold is wrong or missing. {prompt}".strip(),
        ),
    )


_REFERENCE = Field("reference", "Reference (please leave as it is)", "reference", locked=True)
_COVER = (
    Field(
        "answered",
        "Date of the answer",
        "date",
        required=True,
        prompt="The day on which you send this back, as 2027-03-31.",
    ),
    Field(
        "answered_by",
        "Answered by",
        required=True,
        prompt="Your post or team. Please do not write the name of a person.",
    ),
    Field("remarks", "Anything else that we should know"),
)
_KNOWN = Sheet(
    "known",
    "Known activities",
    "Known activities: is each of them still operational?",
    (
        "One row an activity that we have on record for your council. Please answer the second "
        "column in every row.",
        "Yes confirms what we hold. Where that is wrong or missing, write the correction in the "
        "column beside it.",
        "No means that the activity has ended; No, we have left, that it goes on without your "
        "council.",
    ),
    (
        Field("name", "Activity", required=True, locked=True, width=38),
        Field(
            "operational",
            "Still operational?",
            "choice",
            "operational",
            required=True,
            width=19,
            prompt="Yes: as we hold it. Yes, but changed: please correct what has changed. "
            "No: it has ended. No, we have left: it goes on without your council.",
        ),
        Field("end", "If not: when did it end?", "date", width=16, prompt=_DATE),
        Field("name_new", "Name" + CORRECTION, width=26, prompt="Only if the name has changed."),
        *_pair("description", "What it does"),
        *_pair("role", "Your role", "choice", "role"),
        *_pair("category", "Service area", "choice", "category"),
        *_pair("type", "Type of activity", "choice", "type"),
        *_pair("reach", "Reach", "choice", "reach"),
        *_pair("region", "Region", "choice", "region"),
        *_pair("mechanism", "How it is run", "choice", "mechanism"),
        *_pair("spectrum", "How closely you work", "choice", "spectrum"),
        *_pair("start", "Since", "date"),
        _REFERENCE,
    ),
)
_NEW = Sheet(
    "new",
    "New activities",
    "New activities: what do you share that we do not have on record?",
    (
        "One row an activity that is not on the sheet Known activities.",
        "The cover sheet says what counts. Partners go here, or one a row on the sheet Partners.",
    ),
    (
        Field("name", "Activity", required=True, width=38, prompt="The name by which it is known."),
        Field("description", "What it does", required=True, width=44),
        Field("category", "Service area", "choice", "category", True, width=26, prompt=_LIST),
        Field("type", "Type of activity", "choice", "type", True, width=24, prompt=_LIST),
        Field("role", "Your role", "choice", "role", required=True, width=14, prompt=_LIST),
        Field(
            "with",
            "With whom",
            "names",
            width=34,
            prompt="Councils and other organisations, divided by semicolons.",
        ),
        Field("reach", "Reach", "choice", "reach", width=22, prompt=_LIST),
        Field("region", "Region", "choice", "region", width=24, prompt=_LIST),
        Field("mechanism", "How it is run", "choice", "mechanism", width=24, prompt=_LIST),
        Field("spectrum", "How closely you work", "choice", "spectrum", width=20, prompt=_LIST),
        Field("start", "Since", "date", width=14, prompt=_DATE),
    ),
    blank=40,
)
_PARTNERS = Sheet(
    "partners",
    "Partners",
    "Partners: who else takes part, and in what role?",
    (
        "The first rows are what we hold. Please correct the role, and answer the last column, "
        "only where that is wrong.",
        "Please add partners that are missing below, one a row. More than twelve are not listed.",
    ),
    (
        Field("activity", "Activity", "choice", "activity", True, width=40, prompt=_ACTIVITY),
        Field("partner", "Partner", required=True, width=40),
        Field("role", "Role of the partner", "choice", "role", width=18, prompt=_LIST),
        Field("kind", "Kind of organisation", "choice", "kind", width=22, prompt=_LIST),
        Field(
            "takes_part",
            "Still takes part?",
            "choice",
            "yes_no",
            width=18,
            prompt="No: it no longer takes part, or never did. Blank means yes.",
        ),
    ),
    blank=120,
)
_FINDINGS = Sheet(
    "findings",
    "Benefits and challenges",
    "Benefits, challenges and opportunities",
    ("One row a benefit, challenge or opportunity, of known activities and of new ones.",),
    (
        Field("activity", "Activity", "choice", "activity", True, width=40, prompt=_ACTIVITY),
        Field("kind", "Kind", "choice", "finding", required=True, width=20, prompt=_LIST),
        Field("theme", "Theme", width=24, prompt="What it is about, in a word or two."),
        Field("text", "In your words", required=True, width=80),
    ),
    blank=60,
)
_SAVINGS = Sheet(
    "savings",
    "Savings",
    "Savings: how much, on what basis, over which period?",
    ("One row an amount. Please keep what was foreseen apart from what was in fact saved.",),
    (
        Field("activity", "Activity", "choice", "activity", True, width=40, prompt=_ACTIVITY),
        Field(
            "amount",
            "Amount in pounds",
            "amount",
            required=True,
            width=18,
            prompt="A number of pounds, such as 250000.",
        ),
        Field("basis", "Basis", "choice", "basis", required=True, width=16, prompt=_LIST),
        Field("start", "From", "period", width=14, prompt=_PERIOD),
        Field("end", "To", "period", width=14, prompt=_PERIOD),
        Field("note", "Note", width=60),
    ),
    blank=40,
)


def _renamed(sheet: Sheet, title: str, headers: dict[str, str], without: str = "") -> Sheet:
    """A sheet as an older version had it."""
    left_out = {name for key in without.split() for name in (key, f"{key}_held")}
    fields = tuple(
        Field(
            field.key,
            headers.get(field.key, field.header),
            field.what,
            field.choices,
            field.required,
            field.locked,
            field.width,
        )
        for field in sheet.fields
        if field.key not in left_out
    )
    return Sheet(sheet.key, title, title, (), fields, sheet.blank)


_FIRST = Form(
    "1",
    (
        Field("answered", "Date completed", "date", required=True),
        Field("answered_by", "Completed by", required=True),
        Field("remarks", "Comments"),
    ),
    (
        _renamed(
            _KNOWN,
            "Existing services",
            {
                "name": "Shared service",
                "operational": "Is it still running?",
                "end": "Date ended",
                "name_new": "New name",
                "description_held": "Description we hold",
                "description": "Description (if changed)",
                "role_held": "Role we hold",
                "role": "Your role (if changed)",
                "category_held": "Area we hold",
                "category": "Area (if changed)",
                "type_held": "Type we hold",
                "type": "Type (if changed)",
                "reach_held": "Reach we hold",
                "reach": "Reach (if changed)",
                "mechanism_held": "Delivery we hold",
                "mechanism": "Delivery (if changed)",
                "start_held": "Start date we hold",
                "start": "Start date (if changed)",
                "reference": "ID",
            },
            without="region spectrum",
        ),
        _renamed(
            _NEW,
            "New services",
            {
                "name": "Shared service",
                "description": "Description",
                "category": "Area",
                "type": "Type",
                "with": "Shared with",
                "mechanism": "Delivery",
                "start": "Start date",
            },
            without="region spectrum",
        ),
        _renamed(
            _PARTNERS,
            "Shared with",
            {"activity": "Shared service", "partner": "Organisation", "role": "Its role"},
            without="kind takes_part",
        ),
        _renamed(
            _FINDINGS,
            "Benefits and issues",
            {"activity": "Shared service", "kind": "Benefit or issue", "text": "Details"},
            without="theme",
        ),
        _renamed(
            _SAVINGS,
            "Money saved",
            {"activity": "Shared service", "amount": "Amount saved", "basis": "Status"},
        ),
    ),
)
LATEST = "2"
FORMS = {
    "1": _FIRST,
    LATEST: Form(LATEST, _COVER, (_KNOWN, _NEW, _PARTNERS, _FINDINGS, _SAVINGS)),
}
"""Every version that went out, or may have; the first has neither region nor spectrum."""
COVER, ABOUT, LISTS = "Cover", "About this form", "Lists"
"""Titles of the sheets that hold no rows; the last two are hidden."""
