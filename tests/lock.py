"""Check a lock file without a network: ``python -m tests.lock requirements.lock``.

Everything that pyproject.toml asks for must be pinned to one version that it allows, each
pin must have hashes, and nothing may name where packages come from.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_PIN = re.compile(r"(?P<requirement>[A-Za-z0-9][^#\\]*?)\s*\\\n(?P<hashes>(?: +--hash=.*\n)+)")
_HASH = re.compile(r" +--hash=sha256:[0-9a-f]{64}(?: \\)?")


def faults(lock: str, project: str) -> list[str]:
    """What is wrong with a lock file, given the text of pyproject.toml."""
    found = []
    pins: dict[str, list[str]] = {}
    for match in _PIN.finditer(lock):
        pin = Requirement(match["requirement"])
        [specifier] = pin.specifier
        if specifier.operator != "==":
            found.append(f"{pin} is not pinned")
        if not all(map(_HASH.fullmatch, match["hashes"].splitlines())):
            found.append(f"{pin.name} has a hash that is none")
        pins.setdefault(canonicalize_name(pin.name), []).append(specifier.version)
    rest = _PIN.sub("", lock).strip()
    if rest:
        found.append(f"not understood, or without hashes: {rest[:200]!r}")
    declared = tomllib.loads(project)["project"]
    wanted = [*declared["dependencies"], *declared["optional-dependencies"]["dev"]]
    for requirement in map(Requirement, wanted):
        versions = pins.get(canonicalize_name(requirement.name), [])
        if not versions or not all(
            requirement.specifier.contains(version, prereleases=True) for version in versions
        ):
            found.append(f"{requirement} is not in it, or in another version: make lock")
    return found


if __name__ == "__main__":
    wrong = faults(
        Path(sys.argv[1]).read_text(encoding="utf-8"),
        Path("pyproject.toml").read_text(encoding="utf-8"),
    )
    sys.exit("\n".join(f"{sys.argv[1]}: {fault}" for fault in wrong) or None)
