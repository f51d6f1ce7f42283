"""The nodes of the graph, each declared once."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from graphmodel.dates import Interval, financial_period, span
from graphmodel.model.element import (
    Cited,
    Day,
    FinancialPeriod,
    Judged,
    Name,
    Node,
    PartialDate,
    Prose,
    Rank,
    RegistryId,
    Slug,
    Text,
    TextList,
)
from graphmodel.vocabulary import (
    DeliveryMechanism,
    FindingKind,
    GeographicFocus,
    GroupingKind,
    LoadOutcome,
    PartnerKind,
    SavingBasis,
    ServiceKind,
    Spectrum,
    Status,
)


class Council(Node, Cited):
    """A local authority.

    Examples
    --------
    >>> said = {"id": "GB-LAS-ANS", "name": "Angus", "source": "register", "locator": "row 3"}
    >>> Council(population="114820", **said).population
    114820
    """

    label: ClassVar = "Council"
    table: ClassVar = "councils"
    judged_together: ClassVar = ("valid_from", "valid_to")

    id: Text = Field(description="org-id, such as GB-LAS-ANS")
    name: Text = Field(description='Short name, such as "Angus"')
    official_name: Text | None = Field(None, description="Name of the council as a body")
    gss_code: Text | None = Field(None, description="Present GSS code")
    former_gss_codes: TextList = Field([], description="GSS codes that it had before")
    aliases: TextList = Field([], description="Other names under which it is found")
    country: Text | None = Field(None, description="Country of the United Kingdom")
    population: int | None = Field(None, ge=0, le=10**10, description="Residents")
    population_year: int | None = Field(None, ge=1800, le=2200, description="Year of that figure")
    area_km2: float | None = Field(
        None, gt=0, le=10**8, allow_inf_nan=False, description="Area in square kilometres"
    )
    valid_from: Day | None = Field(None, description="First day of its existence")
    valid_to: Day | None = Field(None, description="Day after its last")

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValueError(f"it ends ({self.valid_to}) before it starts ({self.valid_from})")
        return self


class Partner(Node, Cited):
    """Anyone other than a council who takes part: a board, an agency, a company, a group.

    Examples
    --------
    >>> Partner(id="NHS", name="NHS", kind="nhs board", source="report", locator="§2")
    Traceback (most recent call last):
    ...
    pydantic_core._pydantic_core.ValidationError: ... expected small letters, digits ...
    """

    label: ClassVar = "Partner"
    table: ClassVar = "partners"

    id: RegistryId = Field(description="Slug, or the id of a registry, such as GB-SC-SC012345")
    name: Name = Field(description="Name as published")
    kind: PartnerKind = Field(description="What it is")
    aliases: TextList = Field([], description="Other names under which it is found")
    number: Rank | None = Field(
        None, description="How many organisations a group stands for that is not named"
    )
    note: Prose | None = Field(None, description="What else is said of it")


class Service(Node, Cited):
    """A shared service or any other joint arrangement; always a node with members.

    Examples
    --------
    >>> said = {"id": "roads", "name": "Roads", "source": "report", "locator": "§2"}
    >>> Service(kind="joint board", status="live", aliases="Roads Board | RB", **said).aliases
    ['Roads Board', 'RB']
    """

    label: ClassVar = "Service"
    table: ClassVar = "services"
    judged_together: ClassVar = (
        "start",
        "end",
        "spectrum",
        "spectrum_basis",
        "geographic_focus",
        "geographic_focus_basis",
    )

    id: Slug = Field(description="Slug of the name")
    name: Name = Field(description="Name as published")
    aliases: TextList = Field([], description="Other names under which it is found")
    description: Prose | None = Field(None, description="What it does, in our words")
    kind: ServiceKind = Field(description="What sort of arrangement it is")
    status: Annotated[Status, "latest"] = Field(
        description="How far it has come, at the date of the source"
    )
    status_as_of: Annotated[PartialDate | None, "latest"] = Field(
        None, description="Date for which the status is said"
    )
    delivery_mechanism: DeliveryMechanism | None = Field(None, description="How it is run")
    delivery_note: Prose | None = Field(None, description="The mechanism in the source's words")
    spectrum: Spectrum | None = Field(None, description="How deeply the partners work together")
    spectrum_basis: Judged | None = Field(None, description="Who says so of the spectrum")
    spectrum_reason: Prose | None = Field(None, description="Why, where it is our judgement")
    geographic_focus: GeographicFocus | None = Field(None, description="How far it reaches")
    geographic_focus_basis: Judged | None = Field(None, description="Who says so of the reach")
    geographic_focus_reason: Prose | None = Field(
        None, description="Why, where it is our judgement"
    )
    members_complete: Annotated[bool | None, "circumstance"] = Field(
        None, description="Whether the source names every member"
    )
    origins: Prose | None = Field(None, description="How it came about")
    governance: Prose | None = Field(None, description="Who decides, and how")
    staffing: Prose | None = Field(None, description="Who works for it, and who employs them")
    funding: Prose | None = Field(None, description="How it is paid for")
    website: Text | None = Field(None, description="Address of its site")
    start: PartialDate | None = Field(None, description="When it began, as published")
    end: PartialDate | None = Field(None, description="When it ended, as published")

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        span(self.start, self.end)
        for judged in ("spectrum", "geographic_focus"):
            if getattr(self, judged) is not None and getattr(self, f"{judged}_basis") is None:
                raise ValueError(f"{judged} needs {judged}_basis: stated or assessed")
        return self

    @classmethod
    def interval(cls, statement: dict[str, Any]) -> Interval | None:
        """From the first day of ``start`` to the day after the last of ``end``.

        Parameters
        ----------
        statement : dict
            As from `statement`.

        Returns
        -------
        Interval
            Open where nothing was published.

        Raises
        ------
        ValueError
            If a date cannot be read, or the end lies before the start.

        Examples
        --------
        >>> Service.interval({"start": "2009", "end": "2015-03-31"}).end
        datetime.date(2015, 4, 1)
        """
        return span(statement.get("start"), statement.get("end"))


class Grouping(Node, Cited):
    """A set of councils that others have drawn: a region, a board's area, a family group.

    Examples
    --------
    >>> said = {"source": "report", "locator": "§2", "kind": "city region"}
    >>> Grouping(id="tay-cities", name="Tay Cities", **said).kind
    'city region'
    """

    label: ClassVar = "Grouping"
    table: ClassVar = "groupings"

    id: Slug = Field(description="Slug")
    name: Name = Field(description="Name as published")
    kind: GroupingKind = Field(description="What sort of grouping it is")
    since: PartialDate | None = Field(None, description="When it began, as published")
    note: Prose | None = Field(None, description="What else is said of it")


class Category(Node, Cited):
    """One of the 27 service areas of the 2020 report's Appendix 1.

    Examples
    --------
    >>> Category(id="roads", name="Roads", position=1, source="report", locator="A1").position
    1
    """

    label: ClassVar = "Category"
    table: ClassVar = "categories"

    id: Slug = Field(description="Slug")
    name: Text = Field(description="Words of the report")
    position: Rank = Field(description="Place in the report's order")


class ActivityType(Node, Cited):
    """One of the seven activity types of the 2020 report's section 2.

    Examples
    --------
    >>> ActivityType(id="review", name="Review", position=7, source="report", locator="§2").id
    'review'
    """

    label: ClassVar = "ActivityType"
    table: ClassVar = "activity_types"

    id: Slug = Field(description="Slug")
    name: Text = Field(description="Words of the report")
    position: Rank = Field(description="Place in the report's order")


class Document(Node):
    """A document or page that facts are taken from.

    Examples
    --------
    >>> Document(id="report-2020", title="A report", published="2020-11").published
    '2020-11'
    """

    label: ClassVar = "Document"
    table: ClassVar = "documents"

    id: Slug = Field(description="Slug")
    title: Text = Field(description="Title as published")
    publisher: Text | None = Field(None, description="Who published it")
    reference: Text | None = Field(None, description="Its own number or reference")
    published: PartialDate | None = Field(None, description="Date of publication")
    file: Text | None = Field(None, description="File name under which it is kept")
    url: Text | None = Field(None, description="Address")


class Saving(Node, Cited):
    """An amount that a service is said to save; never summed across bases.

    Examples
    --------
    >>> said = {"id": "s", "source": "report", "locator": "§2", "from": "2014/15"}
    >>> saving = Saving(amount="250000", basis="projected", **said)
    >>> saving.amount, saving.currency, saving.from_
    (250000.0, 'GBP', '2014/15')
    """

    label: ClassVar = "Saving"
    table: ClassVar = "savings"
    derived_from: ClassVar = ("service", "amount", "currency", "basis", "from", "to")
    judged_together: ClassVar = ("from", "to")

    amount: float = Field(allow_inf_nan=False, description="Amount in whole units of the currency")
    currency: Text = Field("GBP", pattern=r"^[A-Z]{3}$", description="ISO 4217 code")
    basis: SavingBasis = Field(description="Whether it was projected, anticipated or realised")
    from_: FinancialPeriod | None = Field(
        None, alias="from", description="First year, month or day of the period"
    )
    to: FinancialPeriod | None = Field(None, description="Last year, month or day of the period")
    note: Prose | None = Field(None, description="What else is said of it")

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.from_ and self.to:
            first, last = financial_period(self.from_), financial_period(self.to)
            if first.start and last.end and last.end <= first.start:
                raise ValueError(f"it ends ({self.to}) before it starts ({self.from_})")
        return self


class Finding(Node, Cited):
    """What a document has learned: a benefit, a challenge, a lesson, in our words.

    Examples
    --------
    >>> said = {"id": "f", "source": "report", "locator": "§2"}
    >>> Finding(kind="lesson", text="Start early.", **said).statement()["kind"]
    'lesson'
    """

    label: ClassVar = "Finding"
    table: ClassVar = "findings"
    derived_from: ClassVar = ("service", "kind", "theme", "text")

    kind: FindingKind = Field(description="What sort of finding it is")
    theme: Text | None = Field(None, description="What it is about, in a word or two")
    text: Text = Field(description="The finding, in our words")


class Statistic(Node, Cited):
    """A figure published about the whole picture.

    Examples
    --------
    >>> said = {"id": "s", "source": "report", "locator": "Table 1", "group": "Table 1"}
    >>> Statistic(name="activities", label="Roads", value="12", **said).row_label
    'Roads'
    """

    label: ClassVar = "Statistic"
    table: ClassVar = "statistics"
    derived_from: ClassVar = ("source", "group", "name", "label", "unit", "wave")

    name: Text = Field(description="What is counted or measured")
    group: Text = Field(description="Table or passage that it belongs to")
    row_label: Text | None = Field(None, alias="label", description="Row of that table")
    value: float = Field(allow_inf_nan=False, description="The figure")
    unit: Text | None = Field(None, description="What the figure is in: activities, %, GBP …")
    wave: Text | None = Field(None, description="Survey or year that it speaks of")
    note: Prose | None = Field(None, description="What else is said of it")


class LoadRun(Node):
    """The record of a load: what, when, by which version of the program, with what outcome.

    Examples
    --------
    >>> LoadRun(id="1", dataset="mine", program="0.1.0", outcome="running").inserted
    0
    """

    label: ClassVar = "LoadRun"
    table: ClassVar = ""

    id: Text = Field(description="UUID")
    dataset: Text = Field(description="Name of the data package")
    version: str = Field("", description="Version of the data package")
    program: Text = Field(description="Version of graphmodel")
    outcome: LoadOutcome = Field(description="How it ended, or that it has not")
    message: str = Field("", description="Why it was refused or failed")
    inserted: int = Field(0, description="Nodes and edges that were not there before")
    updated: int = Field(0, description="Nodes and edges that changed")
    unchanged: int = Field(0, description="Nodes and edges that stayed as they were")
    removed: int = Field(0, description="Nodes and edges that nobody states any longer")
    rejected: int = Field(0, description="Problems found in the package")
    number: int | None = Field(
        None, description="Later loads have greater ones, whatever the clocks say"
    )
    started: datetime | None = Field(None, description="When it began")
    finished: datetime | None = Field(None, description="When it ended")


NODE_KINDS: tuple[type[Node], ...] = (
    Document,
    Council,
    Partner,
    Grouping,
    Category,
    ActivityType,
    Service,
    Saving,
    Finding,
    Statistic,
)
"""Every kind of node that a dataset can state, in the order in which they are written."""
