"""The areas that the 2020 report's table "Returns by region" names, and who lies in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from graphmodel.names import NameIndex

SINGLE, EVERYWHERE = "One Local Authority", "National"
ACROSS = "across these areas, or in none of them"
_CLYDE_VALLEY = (
    "East Dunbartonshire",
    "East Renfrewshire",
    "Glasgow City",
    "Inverclyde",
    "North Lanarkshire",
    "Renfrewshire",
    "South Lanarkshire",
    "West Dunbartonshire",
)
AREAS: Mapping[str, tuple[str, ...]] = {
    "Aberdeen (City and Shire)": ("Aberdeen City", "Aberdeenshire"),
    "Forth Valley": ("Clackmannanshire", "Falkirk", "Stirling"),
    "Stirling-Clacks": ("Clackmannanshire", "Stirling"),
    "South (Borders and DG)": ("Dumfries and Galloway", "The Scottish Borders"),
    "Dundee and Angus": ("Angus", "Dundee City"),
    "Ayrshires": ("East Ayrshire", "North Ayrshire", "South Ayrshire"),
    "Clyde Valley": _CLYDE_VALLEY,
    "Renfrewshire and Inverclyde": ("Inverclyde", "Renfrewshire"),
    "Fife and Lothians": (
        "City of Edinburgh",
        "East Lothian",
        "Fife",
        "Midlothian",
        "West Lothian",
    ),
    "Fife and PKC": ("Fife", "Perth and Kinross"),
    "Mid and East Lothian": ("East Lothian", "Midlothian"),
    "Lothians": ("City of Edinburgh", "East Lothian", "Midlothian", "West Lothian"),
    "Lanarkshire": ("North Lanarkshire", "South Lanarkshire"),
    "Dunbartonshire": ("East Dunbartonshire", "West Dunbartonshire"),
    "Tayside": ("Angus", "Dundee City", "Perth and Kinross"),
}
"""Our reading of the labels, which the report does not explain.

North East, West, South East and North are too vague to read; Glasgow City Region has the
same councils as Clyde Valley; No Specific Location is nothing that a record could say.
"""


def areas_of(index: NameIndex) -> dict[str, frozenset[str]]:
    """Ids of the councils of each area.

    Parameters
    ----------
    index : NameIndex
        Of the councils that there are.

    Returns
    -------
    dict of str to frozenset of str
        Without areas of which a council is not known.

    Examples
    --------
    >>> from graphmodel.store.lookup import name_index
    >>> sorted(areas_of(name_index(store, "Council"))["Lanarkshire"])
    ['GB-LAS-NLK', 'GB-LAS-SLK']
    """
    from graphmodel.errors import NotFoundError

    areas = {}
    for area, names in AREAS.items():
        try:
            areas[area] = frozenset(index.resolve(name).id for name in names)
        except NotFoundError:
            continue
    return areas


def area_of(councils: Collection[str], areas: Mapping[str, frozenset[str]]) -> str:
    """The smallest area in which all of some councils lie.

    Parameters
    ----------
    councils : collection of str
        Ids of at least two.
    areas : mapping of str to frozenset of str
        As from `areas_of`.

    Returns
    -------
    str

    Examples
    --------
    >>> areas = {"small": frozenset("ab"), "large": frozenset("abc")}
    >>> area_of("ab", areas), area_of("ac", areas), area_of("ad", areas)
    ('small', 'large', 'across these areas, or in none of them')
    """
    around = [area for area, members in areas.items() if members.issuperset(councils)]
    return min(around, key=lambda area: (len(areas[area]), area), default=ACROSS)
