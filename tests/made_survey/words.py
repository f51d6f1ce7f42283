"""What the made activities are about, what they are called, and who joins from outside."""

from __future__ import annotations

SUBJECTS: dict[str, tuple[str, ...]] = {
    "adult-services": (
        "Adult support and protection", "Telecare monitoring", "Equipment store",
        "Carers support", "Adult learning disability services", "Sensory impairment services",
    ),
    "bus-support-employment-economic-growth-and-regeneration": (
        "Business Gateway", "Inward investment", "Employability pipeline", "Town centre renewal",
        "City deal programme office", "Tourism and economic development strategy",
        "Rural development programme", "Supplier engagement", "Modern apprenticeships",
        "Regional economic strategy", "European funding",
    ),
    "capital-assets": ("Capital programme delivery", "Schools estate programme"),
    "children-young-people": (
        "Fostering and adoption", "Child protection committee", "Children's services plan",
        "Early years collaborative", "Youth justice", "Area support team",
        "Secure care placements", "Kinship care support",
    ),
    "comm-safety-inc-fire": (
        "Community safety hub", "CCTV control room", "Domestic abuse response",
        "Antisocial behaviour response", "Community wardens", "Fire safety home visits",
        "Public protection unit", "Violence reduction",
    ),
    "culture-arts-heritage-tourism": (
        "Archaeology service", "Museums collections store", "Archives and records centre",
        "Music tuition", "Festivals and events",
    ),
    "data-collection-processing-foi": (
        "Information governance", "Freedom of information handling", "Research and information",
        "Geographic information", "Records management", "Data sharing",
    ),
    "democracy-governance-performance": (
        "Electoral registration", "Performance benchmarking", "Scrutiny and audit committee",
        "Community planning support", "Equalities officer",
    ),
    "education-learning": (
        "Education improvement", "Educational psychology", "Additional support needs transport",
        "School improvement visits", "Community learning and development",
        "Music and arts in schools", "Teacher training", "Digital learning",
        "Self improving schools", "Outdoor education centre", "Languages in primary schools",
    ),
    "health-social-care": (
        "Health and social care integration", "Alcohol and drugs partnership",
        "Mental health officers", "Hospital discharge", "Occupational therapy",
        "Home care out of hours", "Social work emergency duty", "Intermediate care",
        "Criminal justice social work", "Community equipment", "Care home placements",
        "Learning disability day services", "Reablement",
    ),
    "housing-revenues-benefits-homelessness-asylum": (
        "Common housing register", "Homelessness prevention", "Revenues and benefits",
        "Council tax collection", "Asylum seeker dispersal", "Housing options",
        "Welfare rights advice", "Gypsy traveller site",
    ),
    "hr": (
        "Human resources and payroll", "Staff training and development", "Occupational health",
        "Recruitment portal", "Health and safety management", "Workforce planning",
        "Leadership development", "E-learning", "Absence management",
    ),
    "ict-digital-services": (
        "Information technology support", "Data centre", "Wide area network",
        "Customer contact centre", "Digital office", "Website platform", "Online payments",
        "Public services network", "Cyber security",
    ),
    "legal": ("Legal services court cover", "Licensing administration"),
    "library": ("Library management system", "Mobile library"),
    "parks-open-spaces": ("Countryside rangers", "Regional park", "Grounds maintenance"),
    "environmental-protection-waste-and-regulatory-services": (
        "Trading standards", "Environmental health", "Residual waste treatment",
        "Waste management and recycling", "Flood risk management", "Air quality monitoring",
        "Scientific services laboratory", "Food waste processing", "Contaminated land",
        "Animal health and welfare", "Material recycling facility", "Landfill management",
        "Pest control", "Food safety inspection",
    ),
    "finance": (
        "Internal audit", "Treasury management", "Insurance fund", "Pension fund administration",
        "Counter fraud", "Creditor payments",
    ),
    "planning-building-control": ("Building standards cover", "Strategic development planning"),
    "procurement": (
        "Collaborative procurement", "Joint energy purchasing", "Food purchasing",
        "Commissioning of social care", "Stores and supplies", "Construction framework",
    ),
    "public-health": ("Health improvement", "Smoking cessation"),
    "emergency-response": (
        "Civil contingencies", "Emergency planning", "Out of hours contact centre",
        "Resilience group", "Winter resilience", "Coastal emergency response",
    ),
    "property-facilities-and-utility": (
        "Property maintenance", "Facilities management", "Shared offices", "Depot sharing",
        "School catering", "Cleaning and janitorial", "Energy management", "Asset valuation",
        "One public estate", "Building cleaning", "Joint customer service point",
    ),
    "shared-leadership-chief-executives": ("Joint chief executives", "Joint head of service"),
    "shared-management": ("Management of regulatory services", "Management of roads"),
    "sport-recreation": (
        "Sports development", "Leisure trust", "Outdoor access", "Active schools",
    ),
    "transport-highways": (
        "Roads maintenance", "Street lighting", "Winter gritting", "Fleet maintenance",
        "Traffic signals", "Regional transport strategy", "Concessionary travel",
        "Road safety education", "School transport", "Bridges and structures", "Bus route",
        "Vehicle workshop", "Car sharing", "Public transport information", "Parking enforcement",
    ),
}  # fmt: skip

FORMS = {
    "joint-provision": ("joint service", "shared service", "alliance", "joint committee"),
    "specialist-services": ("unit", "specialist team", "service", "centre of expertise"),
    "co-location": ("shared premises", "co-location", "hub"),
    "emergency-out-of-hours": ("out of hours cover", "response service", "call-out rota"),
    "training": ("training programme", "training partnership", "academy"),
    "simplification-standardisation": ("framework", "common system", "standards project"),
    "cross-public-sector-provision": ("partnership", "programme", "consortium", "board"),
}

PARTNERS = {
    "nhs": (
        "NHS Ayrshire and Arran", "NHS Borders", "NHS Dumfries and Galloway", "NHS Fife",
        "NHS Forth Valley", "NHS Grampian", "NHS Greater Glasgow and Clyde", "NHS Highland",
        "NHS Lanarkshire", "NHS Lothian", "NHS Tayside", "NHS National Services Scotland",
    ),
    "other": (
        "Police Scotland", "Scottish Fire and Rescue Service", "Scottish Government",
        "Skills Development Scotland", "Scottish Enterprise", "Education Scotland",
        "Scottish Environment Protection Agency", "Citizens Advice", "Job Centre Plus",
        "Scottish Ambulance Service", "Local housing associations", "Third sector interface",
    ),
}  # fmt: skip

BENEFITS = (
    "Better use of specialist staff", "Resilience out of hours", "Economies of scale",
    "Quicker response", "More consistent standards", "Access to shared equipment",
)  # fmt: skip
CHALLENGES = (
    "Aligning IT systems", "Staff terms differ between councils", "Took longer than planned",
    "Uneven commitment of partners", "No baseline to measure against",
)  # fmt: skip
OPPORTUNITIES = (
    "Could be extended to neighbouring councils", "Charging for the service",
    "Further integration of IT", "An associate membership for others",
)  # fmt: skip
DESCRIPTIONS = (
    "Covers {subject} for the areas named, reviewed each year.",
    "Officers meet monthly; see minute of agreement.",
    "{subject}: agreed after a best value review, staff remain with their own employer.",
    "As reported before. Contact the service manager for details.",
)
