"""Reading the header of a question's file."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graphmodel.errors import GraphmodelError
from graphmodel.foreign_text import legible
from graphmodel.query_catalogue.parameters import NAMED_TYPES, PLAIN_TYPES, WORD_TYPES, Parameter
from graphmodel.query_catalogue.question import CatalogueQuery, Column

_PARAM = re.compile(r"(?P<name>\w+)\s*:\s*(?P<type>\w+)\s*(?P<default>=[^|]*)?\|\s*(?P<text>.+)")
_COLUMN = re.compile(r"(?P<name>\w+)\s*:\s*(?P<text>.+)")
_TYPES = (*PLAIN_TYPES, *NAMED_TYPES, *WORD_TYPES)


def parse_query(name: str, text: str, *, file: str = "", audience: str = "") -> CatalogueQuery:
    r"""Read a file of the catalogue.

    Parameters
    ----------
    name : str
        Name under which it is asked.
    text : str
        Content of the file.
    file : str
        What messages call it; its name if not given.
    audience : str
        Whom it serves.

    Returns
    -------
    CatalogueQuery

    Raises
    ------
    GraphmodelError
        If the header lacks something or cannot be read; with the number of the line.

    Examples
    --------
    >>> lines = ["// title: Councils", "// question: Who?", "// column id: Its id"]
    >>> parse_query("councils", "\n".join([*lines, "MATCH (c:Council) RETURN c.id AS id"])).columns
    (Column(name='id', description='Its id'),)
    """
    header = _Header(file or name)
    for number, line in _header_lines(text):
        header.read(number, line)
    header.check()
    return CatalogueQuery(
        name,
        header.single["title:"],
        header.single["question:"],
        tuple(header.parameters),
        tuple(header.columns),
        text,
        tuple(header.examples),
        audience,
    )


def _header_lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("//"):
            return
        yield number, line


@dataclass
class _Header:
    """What has been read of a header so far."""

    file: str
    line: int = 1
    single: dict[str, str] = field(default_factory=dict)
    parameters: list[Parameter] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    examples: list[dict[str, str]] = field(default_factory=list)

    def read(self, number: int, line: str) -> None:
        self.line = number
        key, _, rest = line.removeprefix("//").strip().partition(" ")
        match key:
            case "title:" | "question:":
                self.single[key] = rest.strip()
            case "param":
                self.parameters.append(self._parameter(rest))
                self._told_once(self.parameters)
            case "column":
                found = self._match(_COLUMN, rest)
                self.columns.append(Column(found["name"], found["text"]))
                self._told_once(self.columns)
            case "example:":
                self.examples.append(self._example(rest))
            case _:
                raise self._not_understood("line", line)

    def check(self) -> None:
        """Refuse a header that lacks something."""
        given = self.single.get("title:") and self.single.get("question:")
        if not given or not self.columns:
            raise self._fault("the header needs a title, a question and columns")
        known = {parameter.name for parameter in self.parameters}
        unknown = sorted({name for example in self.examples for name in example} - known)
        if unknown:
            raise self._fault(
                f"an example gives {', '.join(unknown)}, which is no parameter of the question"
            )

    def _told_once(self, described: Sequence[Parameter | Column]) -> None:
        names = [one.name for one in described]
        if names[-1] in names[:-1]:
            raise self._fault(f"the header describes {names[-1]} twice")

    def _parameter(self, text: str) -> Parameter:
        found = self._match(_PARAM, text)
        if found["type"] not in _TYPES:
            raise self._fault(
                f"there is no type of parameter {found['type']!r}. There are: {', '.join(_TYPES)}"
            )
        default = (found["default"] or "").removeprefix("=").strip()
        return Parameter(
            found["name"], found["type"], found["text"], found["default"] is None, default or None
        )

    def _example(self, text: str) -> dict[str, str]:
        try:
            pairs = [word.partition("=") for word in shlex.split(text)]
        except ValueError as error:
            raise self._fault(f"this example cannot be read ({error}): {text[:200]}") from error
        if not all(name and sign for name, sign, _ in pairs):
            raise self._not_understood("example", text)
        return {name: value for name, _, value in pairs}

    def _match(self, pattern: re.Pattern[str], text: str) -> re.Match[str]:
        found = pattern.fullmatch(text.strip())
        if found is None:
            raise self._not_understood("part", text)
        return found

    def _not_understood(self, what: str, text: str) -> GraphmodelError:
        return self._fault(f"this {what} of the header is not understood: {legible(text, 200)}")

    def _fault(self, message: str) -> GraphmodelError:
        return GraphmodelError(f"{self.file}, line {self.line}: {legible(message, 1000)}")
