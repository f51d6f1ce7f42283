"""Hostile data packages: what is wrong with their cells, files, descriptors and zips."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from graphmodel.model.tables import TABLES
from tests.hostile.texts import nasty
from tests.packages import Package, country

GOOD = country()
Change = Callable[[Random, bytes], bytes]


def bad_cells(random: Random) -> Package:
    """A package that is whole as a file, with nasty texts in some of its cells."""
    package = GOOD
    for _ in range(random.choice((1, 1, 1, 2, 5))):
        table = random.choice(list(package.tables))
        rows = [dict(row) for row in package.tables[table]]
        row = random.choice(rows)
        columns = [column.name for column in TABLES[table].columns]
        row[random.choice(columns)] = nasty(random)
        if random.random() < 0.1:
            rows.append({column: nasty(random) for column in columns})
        if random.random() < 0.05:
            row[nasty(random)] = nasty(random)
        package = package.with_table(table, rows)
    if random.random() < 0.05:
        package = package.named(nasty(random))
    return package


def _encoded(random: Random, content: bytes) -> bytes:
    name = random.choice(
        ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "latin-1", "cp037")
    )
    return content.decode(errors="replace").encode(name, "replace")


def _flipped(random: Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 3, 30))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _put_in(random: Random, content: bytes) -> bytes:
    at = random.randrange(len(content))
    pieces = (b"\x00", b'"', b'""', b",", b"\r", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc0\xaf")
    piece = random.choice((*pieces, b"\xed\xa0\x80", b"\xf4\x90\x80\x80", random.randbytes(9)))
    return content[:at] + piece * random.choice((1, 1, 2, 1000)) + content[at:]


def _cut(random: Random, content: bytes) -> bytes:
    return content[: random.randrange(len(content))]


def _rejoined(random: Random, content: bytes) -> bytes:
    old, new = random.choice(
        ((b",", b";"), (b",", b"\t"), (b",", b"|"), (b"\r\n", b"\r"), (b"\r\n", b"\n\r"))
    )
    return content.replace(old, new)


def _twice(random: Random, content: bytes) -> bytes:
    lines = content.split(b"\r\n")
    at = random.randrange(len(lines))
    return b"\r\n".join([*lines[:at], *lines[: random.randrange(len(lines))], *lines[at:]])


def _same_header(random: Random, content: bytes) -> bytes:
    header, _, rest = content.partition(b"\r\n")
    columns = header.split(b",")
    columns[random.randrange(len(columns))] = random.choice(columns)
    return b",".join(columns) + b"\r\n" + rest


def _odd_header(random: Random, content: bytes) -> bytes:
    header, _, rest = content.partition(b"\r\n")
    columns = header.split(b",")
    odd = nasty(random).replace('"', '""').encode()
    columns[random.randrange(len(columns))] = b'"' + odd + b'"'
    return b",".join(columns) + b"\r\n" + rest


def _wide(random: Random, content: bytes) -> bytes:
    names = (f"c{number}" for number in range(random.choice((300, 5_000, 60_000))))
    header, _, rest = content.partition(b"\r\n")
    return header + b"," + ",".join(names).encode() + b"\r\n" + rest


def _long(random: Random, content: bytes) -> bytes:
    commas = random.choice((b",", b'"",', b"\n,", b"x,")) * random.choice((1_000, 300_000))
    return content + commas


def _huge(random: Random, content: bytes) -> bytes:
    cell = random.choice((b"x", b"=", b'""', "\N{LATIN SMALL LETTER E WITH ACUTE}".encode(), b"\n"))
    quote = random.choice((b"", b'"', b'"'))
    return content + quote + cell * random.choice((99_999, 100_001, 3_000_000)) + quote


def _nothing(random: Random, _: bytes) -> bytes:
    few = (b"", b"\xef\xbb\xbf", b"\n", b"\r\n" * 50_000, b"\x00", b'"', b",", b" ", b"\xff")
    return random.choice(few)


_CHANGES: tuple[Change, ...] = (
    _encoded,
    _flipped,
    _flipped,
    _put_in,
    _put_in,
    _cut,
    _rejoined,
    _twice,
    _same_header,
    _odd_header,
    _wide,
    _long,
    _huge,
    _nothing,
)


def bad_table(random: Random) -> Package:
    """A package one of whose CSV files is broken as a file."""
    table = random.choice(list(GOOD.tables))
    content = GOOD.text(table).encode()
    content = random.choice(_CHANGES)(random, content)
    if random.random() < 0.1 and content:
        content = random.choice(_CHANGES)(random, content)
    return GOOD.with_file(f"{table}.csv", content)


def _value(random: Random, depth: int = 0) -> Any:
    """Any JSON, also such as no descriptor would hold."""
    roll = random.randrange(9 if depth < 3 else 6)
    if roll < 3:
        return nasty(random, halves=True)
    if roll == 6:
        return [_value(random, depth + 1) for _ in range(random.randrange(4))]
    if roll == 7:
        return {nasty(random, halves=True): _value(random, depth + 1) for _ in range(3)}
    return random.choice((None, True, False, 0, -1, 10**400, 1e308, float("nan"), float("inf")))


def _descriptor_text(random: Random) -> bytes:
    deep = random.choice((100, 990, 20_000, 200_000))
    texts = (
        "[" * deep,
        "[" * deep + "]" * deep,
        '{"resources":' * deep + "[]" + "}" * deep,
        '{"name": "x", "resources": [' + "[" * deep + "]" * deep + "]}",
        '{"resources": [], "name": ' + "9" * 10_000 + "}",
        '{"resources": [], "name": "a", "name": "b", "resources": [{}]}',
        '{"resources": [' + '{"name": "borders"},' * 20_000 + "{}]}",
        '{"resources": [' + ",".join(['"' + "x" * 90 + '"'] * 20_000) + "]}",
        '{"name": "' + "x" * 3_000_000 + '", "resources": []}',
        "{'resources': []}",
        '{"resources": [],}',
        "NaN",
        "null",
        '"resources"',
        "\ufeff\ufeff{}",
    )
    return random.choice(texts).encode()


def bad_descriptor(random: Random) -> Package:
    """A package whose descriptor is broken, or says what it should not."""
    if random.random() < 0.25:
        return GOOD.with_file("datapackage.json", _descriptor_text(random))
    whole = GOOD.files()["datapackage.json"]
    if random.random() < 0.25:
        change = random.choice((_encoded, _flipped, _put_in, _cut))
        return GOOD.with_file("datapackage.json", change(random, whole))
    descriptor = json.loads(whole)
    place = random.choice((descriptor, *descriptor["resources"]))
    for _ in range(random.choice((1, 1, 3))):
        place[random.choice((*place, "name", "path", "title", "version"))] = _value(random)
    if random.random() < 0.2 and isinstance(descriptor["resources"], list):
        descriptor["resources"].append(_value(random))
    if random.random() < 0.2 and isinstance(descriptor["resources"], list):
        descriptor["resources"] += descriptor["resources"][:3]
    return GOOD.with_file("datapackage.json", json.dumps(descriptor).encode())


def bad_folder(random: Random, folder: Path) -> Path:
    """A folder with links, pipes or folders where there should be files."""
    GOOD.write(folder)
    victim = folder / random.choice(("borders.csv", "councils.csv", "datapackage.json"))
    victim.unlink()
    match random.randrange(7):
        case 0:
            victim.symlink_to(
                random.choice(("/etc/passwd", "/dev/zero", "/dev/stdin", "/dev/full"))
            )
        case 1:
            victim.symlink_to(victim.name)
        case 2:
            victim.symlink_to("../outside.csv")
            (folder.parent / "outside.csv").write_text(GOOD.text("borders"))
        case 3:
            os.mkfifo(victim)
        case 4:
            victim.mkdir()
        case 5:
            victim.symlink_to("nowhere")
        case _:
            with victim.open("wb") as file:
                file.truncate(random.choice((1_000_001, 40_000_000, 3_000_000_000)))
    return folder


def bad_zip(random: Random, folder: Path) -> Path:
    """A zip that is broken, lies about itself, or unpacks to something else."""
    file = folder / "package.zip"
    package = random.choice((GOOD, GOOD, bad_cells(random)))
    kind = random.randrange(9)
    if kind == 0:
        return _bomb(random, package, file)
    if kind == 1:
        return _traversal(random, file)
    if kind == 2:
        return _links(random, package, file)
    inside = random.choice(("", "a/", "a/b/", nasty(random).replace("\x00", "")[:200] + "/"))
    with suppress(UserWarning):
        package.write_zip(file, inside)
    content = file.read_bytes()
    if kind < 6:
        content = random.choice((_flipped, _cut, _put_in, _twice))(random, content)
    elif kind == 6:
        content = _lying(random, content)
    elif kind == 7:
        content = random.choice(
            (content + content, b"MZ" * 500 + content, content[4:], b"PK\x05\x06")
        )
    file.write_bytes(content)
    return file


def _bomb(random: Random, package: Package, file: Path) -> Path:
    """A small file that unpacks to a very large one, once or many times over."""
    zeros = random.choice((b"\x00", b"a,", b"\n", b'"', b"[", b"x,y\n")) * 1_000_000
    method = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    member = random.choice(("borders.csv", "councils.csv", "datapackage.json"))
    times = random.choice((20, 120)) if method == zipfile.ZIP_DEFLATED else 20
    with zipfile.ZipFile(file, "w", method) as archive:
        for path, content in package.files().items():
            if path != member:
                archive.writestr(path, content)
        with archive.open(member, "w", force_zip64=True) as target:
            for _ in range(times):
                target.write(zeros)
    return file


def _traversal(random: Random, file: Path) -> Path:
    """A zip whose members lead out of it."""
    up = random.choice(("../", "../../../../", "/", "C:\\", "..\\..\\", "./", "a/../../"))
    descriptor = json.loads(GOOD.files()["datapackage.json"])
    for resource in descriptor["resources"]:
        resource["path"] = up + resource["path"]
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("datapackage.json", json.dumps(descriptor))
        for path, content in GOOD.files().items():
            archive.writestr(up + path, content)
    return file


def _links(random: Random, package: Package, file: Path) -> Path:
    """A zip with symbolic links, or with several files of one name."""
    with zipfile.ZipFile(file, "w") as archive:
        for path, content in package.files().items():
            if random.random() < 0.2:
                link = zipfile.ZipInfo(path)
                link.create_system = 3
                link.external_attr = (stat.S_IFLNK | 0o777) << 16
                archive.writestr(link, random.choice(("/etc/passwd", "../x", path)))
            else:
                archive.writestr(path, content)
            if random.random() < 0.1:
                archive.writestr(f"{random.choice(('a', 'b/c'))}/{path}", content)
    return file


def _lying(random: Random, content: bytes) -> bytes:
    """Another size, method or flag in the zip's own directory."""
    changed = bytearray(content)
    entries = [at for at in range(len(content) - 46) if content[at : at + 4] == b"PK\x01\x02"]
    at = random.choice(entries)
    field, kind, values = random.choice(
        (
            (8, "<H", (1, 8, 0x800, 0xFFFF)),  # flags: encrypted, streamed, all
            (10, "<H", (1, 6, 9, 12, 14, 93, 99)),  # methods
            (20, "<I", (0, 1, 2**31, 2**32 - 1)),  # size when packed
            (24, "<I", (0, 1, 2**31, 2**32 - 1)),  # size when unpacked
            (28, "<H", (0, 1, 5000, 65535)),  # length of the name
            (42, "<I", (0, 1, 2**31, 2**32 - 1)),  # where it begins
        )
    )
    struct.pack_into(kind, changed, at + field, random.choice(values))
    return bytes(changed)


def written(package: Package, folder: Path, random: Random) -> Path:
    """The package as a folder, or as a zip."""
    if random.random() < 0.15:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in package.files().items():
                archive.writestr(path, content)
        (folder / "package.zip").write_bytes(buffer.getvalue())
        return folder / "package.zip"
    folder = folder / "package"
    folder.mkdir()
    return package.write(folder)
