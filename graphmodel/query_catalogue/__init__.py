"""The catalogue of questions: one Cypher file each, with a header that describes it.

A header is made of comments at the top of the file::

    // title: Services of a council
    // question: What does a council take part in, and as what?
    // param council: council = Angus | The council asked about
    // param status: status = | Only services of this status; all if not given
    // column service: Name of the service
    // example: council=Fife status=live

A parameter has a type, and after ``=`` a default; ``=`` alone means that it may be
left out, no ``=`` that it must be given. An example is what somebody might ask with.

The folders of the catalogue say whom a question serves; names are unique across them.
"""

from __future__ import annotations

from graphmodel.query_catalogue.folders import AUDIENCES, find_query, load_catalogue
from graphmodel.query_catalogue.header import parse_query
from graphmodel.query_catalogue.parameters import (
    NAMED_TYPES,
    PLAIN_TYPES,
    WORD_TYPES,
    Parameter,
)
from graphmodel.query_catalogue.question import CatalogueQuery, Column

__all__ = [
    "AUDIENCES",
    "NAMED_TYPES",
    "PLAIN_TYPES",
    "WORD_TYPES",
    "CatalogueQuery",
    "Column",
    "Parameter",
    "find_query",
    "load_catalogue",
    "parse_query",
]
