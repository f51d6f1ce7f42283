"""One hostile case by its number: what the user has on disk and types."""

# ruff: noqa: RUF001

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from graphmodel.query_catalogue import load_catalogue
from tests.hostile.files import bad_cells, bad_descriptor, bad_folder, bad_table, bad_zip, written
from tests.hostile.texts import DATES, HALVES, INJECTIONS, NUMBERS, nasty

FORMATS = ("table", "csv", "json", "jsonl", "markdown")


@dataclass(frozen=True)
class Case:
    """What is typed and piped, and by which way it comes in."""

    number: int
    reader: str
    words: list[str]
    typed: str = ""
    rejects: Path | None = None
    catalogue_file: str | None = None
    """Text of a question's file, instead of words."""


Maker = Callable[[Random, int, Path], Case]


def _load(reader: str, make: Callable[[Random, Path], Path]) -> Maker:
    def case(random: Random, number: int, folder: Path) -> Case:
        package = make(random, folder)
        rejects = folder / "rejects.csv"
        words = ["load", str(package), "--rejects", str(rejects), "--format", _format(random)]
        words += ["--skip-rejected"] * (random.random() < 0.2)
        words += ["--force"] * (random.random() < 0.2)
        return Case(number, reader, words, rejects=rejects)

    return case


def _folder(random: Random, folder: Path) -> Path:
    (folder / "package").mkdir()
    return bad_folder(random, folder / "package")


def _format(random: Random) -> str:
    return random.choice(FORMATS)


def typed_text(random: Random, limit: int = 30_000) -> str:
    """A text that can stand on a command line: any but NUL, also halves of characters."""
    text = nasty(random, halves=random.random() < 0.1).replace("\x00", "")
    if random.random() < 0.1:
        text = random.choice(HALVES[1:3]) + text
    return text[:limit]


def _names(random: Random, number: int, _: Path) -> Case:
    text = typed_text(random)
    command = random.choice(
        (
            ["show", "council"],
            ["show", "service"],
            ["candidates"],
            ["find"],
            ["find", "--category"],
            ["find", "--type"],
            ["find", "--member"],
            ["report", "ageing", "--council"],
            ["report", "ageing", "--category"],
            ["query"],
            ["load"],
            ["report"],
            [],
        )
    )
    option = command[-1:] and command[-1].startswith("--")
    words = [*command[:-1], f"{command[-1]}={text}"] if option else [*command, "--", text]
    return Case(number, "names", words)


def _dates(random: Random, number: int, _: Path) -> Case:
    text = random.choice((*DATES, typed_text(random, 500)))
    command = random.choice(
        (
            ["report", "clusters"],
            ["report", "centrality"],
            ["show", "council", "EX-ARD"],
            ["find", "roads"],
            ["candidates", "roads-alliance"],
            ["query", "services-on-day"],
            ["report", "runs"],
        )
    )
    return Case(number, "dates", [*command, f"--as-of={text}", "--format", _format(random)])


_NUMBERED: tuple[tuple[list[str], tuple[str, ...]], ...] = (
    (["report", "clusters"], ("--limit", "--seed", "--resolution", "--runs", "--most-members")),
    (["report", "centrality"], ("--limit", "--seed", "--pivots")),
    (["report", "twins"], ("--alike",)),
    (["backtest"], ("--hide", "--least-members", "--most-members", "--sample", "--seed")),
    (["candidates", "roads-alliance"], ("--limit", "--add")),
    (["query", "services-on-day", "--param", "day=2020"], ("--limit", "--timeout")),
    (["cypher", "RETURN 1"], ("--limit", "--timeout")),
    (["find"], ("--limit", "--format", "--output")),
)


def _numbers(random: Random, number: int, _: Path) -> Case:
    command, options = random.choice(_NUMBERED)
    option = random.choice(options)
    text = random.choice((*NUMBERS, "-1", "1", str(10**30), typed_text(random, 200)))
    if option == "--output":
        text = "/nowhere/" + text
    return Case(number, "numbers", [*command, f"{option}={text}"])


def _parameters(random: Random, number: int, _: Path) -> Case:
    question = random.choice(list(load_catalogue().values()))
    words = ["query", question.name, "--format", _format(random)]
    for parameter in question.parameters:
        if random.random() < 0.8:
            words += ["--param", f"{parameter.name}={typed_text(random)}"]
    if random.random() < 0.1:
        words += ["--param", typed_text(random)]
    return Case(number, "parameters", words)


_VALUES = (
    "$p",
    "[$p]",
    "{a: $p}",
    "{`=1+1`: $p}",
    "toString($p)",
    "$p + 1",
    "$p[0]",
    "size($p)",
    "date($p)",
    "datetime($p)",
    "duration($p)",
    "localtime($p)",
    "point({x: 1, y: $p})",
    "toInteger($p)",
    "$q",
    "0.0/0.0",
    "-1.0/0.0",
    "10^400",
    "range(1, 20000)",
    "[n IN range(1, 300) | 'x' + $p]",
    "date('-0001-01-01')",
    "date('+99999-01-01')",
    "datetime('+999999999-12-31T23:59:59Z')",
    "duration({years: 999999999})",
    "duration('-P1Y')",
    "localdatetime('0000-01-01T00:00')",
    "time('23:59:59.999999999+18:00')",
    "9223372036854775807 + 1",
    "1/0",
    "'a' =~ '(a+)+$'",
    "keys({})",
    "null",
)


def _cypher_text(random: Random) -> str:
    deep = random.choice((50, 400, 3_000, 30_000))
    roll = random.random()
    if roll < 0.15:
        return nasty(random)
    if roll < 0.3:
        return random.choice(
            (
                "RETURN " + "(" * deep + "1" + ")" * deep,
                "RETURN " + "[" * deep + "]" * deep,
                "RETURN " + "{a:" * deep + "1" + "}" * deep,
                "RETURN " + "NOT " * deep + "true",
                "RETURN 1" + "+1" * deep,
                "RETURN " + "-" * deep + "1",
                "RETURN 1 " + "UNION RETURN 1 " * min(deep, 300),
                "CALL { " * min(deep, 400) + "RETURN 1 AS n" + " } RETURN n" * min(deep, 400),
                "MATCH " + "()--" * min(deep, 400) + "() RETURN 1 LIMIT 1",
                "RETURN '" + "\\'" * deep,
                "/*" * deep,
                "RETURN 1" + " " * deep * 10,
                "CALL db.labels() " * 3,
            )
        )
    value = random.choice(_VALUES)
    name = nasty(random)[:300].replace("`", "``")
    text = f"RETURN {value} AS `{name}`"
    if roll < 0.6:
        text = f"MATCH (c:Council) WHERE c.name <> $p {text}, c ORDER BY c.id LIMIT 3"
    if roll > 0.9:
        at = random.randrange(len(text))
        text = text[:at] + nasty(random)[:100] + text[at:]
    return text


def _json(random: Random) -> str:
    deep = random.choice((10, 200, 900, 5_000, 50_000))
    return random.choice(
        (
            typed_text(random),
            json.dumps(typed_text(random, 3_000)),
            "[" * deep + "]" * deep,
            '{"a":' * deep + "1" + "}" * deep,
            "[" * deep,
            str(10**30),
            "1e999",
            "NaN",
            "-Infinity",
            '{"\\ud800": "\\udfff"}',
            '{"": {"=1+1": ["=1+1"]}}',
            "[null, true, 1.5, [], {}]",
            "9" * 5_000,
        )
    )[:100_000]


def _cypher(random: Random, number: int, _: Path) -> Case:
    text = _cypher_text(random)
    words = ["cypher", "-", "--format", _format(random), "--param", f"p={_json(random)}"]
    words += ["--limit", random.choice(("0", "3", str(10**30)))] * (random.random() < 0.3)
    if random.random() < 0.05:
        words += ["--param", typed_text(random)]
    # A pattern of 400 hops has an answer, after more years than there are: the user's to limit.
    return Case(number, "cypher", [*words, "--timeout", "5"], typed=text)


def _addresses(random: Random, number: int, _: Path) -> Case:
    host = random.choice(("127.0.0.1", "[::1]", "[::1", "", typed_text(random, 100), "a" * 300))
    scheme = random.choice(("bolt", "neo4j", "bolt+s", "neo4j+ssc", "http", "BOLT", "bolt+x", ""))
    login = random.choice(("", "", "neo4j:s3cret-word@", "s3cret-word@", "a:s3cret-word:b@c@"))
    port = random.choice(("1", "", "0", "99999", "-1", "x", "１", "1e3"))
    rest = random.choice(("", "/", "?password=s3cret-word", "#s3cret-word", "/../x"))
    uri = f"{scheme}://{login}{host}:{port}{rest}"
    uri = random.choice((uri, uri, uri, typed_text(random, 300) + ":s3cret-word@x"))
    return Case(number, "addresses", ["doctor", f"--uri={uri}"])


def _catalogue(random: Random, number: int, _: Path) -> Case:
    lines = random.choice(list(load_catalogue().values())).cypher.splitlines(keepends=True)
    for _time in range(random.choice((1, 1, 3))):
        at = random.randrange(min(len(lines), 8))
        line = lines[at]
        cut = random.randrange(len(line))
        lines[at] = random.choice(
            (
                line[:cut] + nasty(random) + line[cut:],
                line[:cut] + "\n",
                line + line,
                nasty(random) + "\n",
                f"// param {nasty(random)}: {nasty(random)} = {nasty(random)} | {nasty(random)}\n",
                f"// column {nasty(random)}: {nasty(random)}\n",
                "// param a: text = " + " " * 20_000 + "\n",
                random.choice(INJECTIONS) + "\n",
            )
        )
    return Case(number, "catalogue files", [], catalogue_file="".join(lines))


_MAKERS: tuple[tuple[int, Maker], ...] = (
    (26, _load("cells", lambda random, folder: written(bad_cells(random), folder, random))),
    (24, _load("tables", lambda random, folder: written(bad_table(random), folder, random))),
    (
        10,
        _load(
            "descriptors", lambda random, folder: written(bad_descriptor(random), folder, random)
        ),
    ),
    (2, _load("folders", _folder)),
    (12, _load("zips", bad_zip)),
    (8, _names),
    (3, _dates),
    (1, _numbers),
    (5, _parameters),
    (5, _cypher),
    (2, _addresses),
    (2, _catalogue),
)


def make_case(seed: int, number: int, folder: Path) -> Case:
    """Make a case; the same seed and number always give the same."""
    random = Random(f"{seed}:{number}")
    [maker] = random.choices([maker for _, maker in _MAKERS], [weight for weight, _ in _MAKERS])
    return maker(random, number, folder)
