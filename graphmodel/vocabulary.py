"""The closed lists of words that the graph's properties draw on."""

from __future__ import annotations

from typing import Literal

Status = Literal["proposed", "pilot", "live", "ended", "rejected"]

Role = Literal[
    "lead",
    "joint lead",
    "host",
    "provider",
    "member",
    "associate",
    "affiliate",
    "customer",
    "funder",
    "supporter",
]

BodyRole = Literal["member", "chair", "lead", "host", "owner", "associate", "administrator"]

PartnerKind = Literal[
    "nhs board",
    "police",
    "government",
    "agency",
    "joint body",
    "company",
    "charity",
    "third sector",
    "education",
    "community",
    "other",
]

ServiceKind = Literal[
    "shared service",
    "joint board",
    "joint committee",
    "company",
    "partnership",
    "programme",
    "deal",
    "consortium",
    "fund",
    "network",
    "workstream",
    "working group",
    "review",
    "plan",
    "project",
    "proposal",
]

DeliveryMechanism = Literal[
    "joint committee",
    "lead authority",
    "limited liability partnership",
    "company",
    "service level agreement",
    "memorandum of understanding",
    "joint management",
    "hosted",
    "statutory board",
    "informal",
    "other",
]

Spectrum = Literal["communicate", "co-operate", "co-ordinate", "collaborate", "integrate"]
"""How deeply partners work together, in rising order (2020 report, section 3)."""

GeographicFocus = Literal["one council area", "neighbouring councils", "region", "national"]
"""The four kinds of reach that the 2020 report tells apart (section 2)."""

Basis = Literal["stated", "assessed"]
"""Whether the source says so, or it is our own judgement."""

GroupingKind = Literal[
    "city region",
    "growth deal",
    "regional improvement collaborative",
    "health board area",
    "valuation joint board",
    "regional transport partnership",
    "community planning partnership",
    "family group",
    "former region",
    "survey region",
    "other",
]

LinkKind = Literal["land", "bridge", "ferry", "water"]

SavingBasis = Literal["projected", "anticipated", "realised"]

FindingKind = Literal[
    "benefit", "challenge", "lesson", "driver", "opportunity", "future development"
]

LoadOutcome = Literal["running", "done", "refused", "failed", "interrupted"]
