"""Get and run LibreOffice without its windows: ``python -m tests.libreoffice``.

It comes from the system's packages. Where we may not install it, the tests that need it
are skipped; in CI they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from subprocess import DEVNULL, STDOUT

from filelock import FileLock
from platformdirs import user_cache_path

PACKAGE = "libreoffice-calc-nogui"
CSV_OF_SECOND_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
"""Comma, double quote, UTF-8, from line 1, cells as shown, second sheet."""
_CACHE = user_cache_path("graphmodel-tests", appauthor=False)
_INSTALL = (
    "apt-get update; DEBIAN_FRONTEND=noninteractive "
    f"apt-get install -y --no-install-recommends {PACKAGE}"
)


def found() -> str | None:
    """The program, if it is there."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def prepare() -> None:
    """Install it if it is missing; a ``RuntimeError`` says what cannot be had."""
    _CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(_CACHE / "libreoffice.lock"):
        if found() is None and shutil.which("apt-get") and os.geteuid() == 0:
            command = ("sh", "-c", _INSTALL)
            subprocess.run(command, stdin=DEVNULL, stderr=STDOUT, timeout=1800, check=False)
    if found() is None:
        raise RuntimeError(f"LibreOffice is needed: install {PACKAGE}, or run this as root")


def convert(path: Path, kind: str, folder: Path) -> Path:
    """Open a file with LibreOffice and save it as another kind, in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
    program = found()
    assert program is not None
    command: Sequence[str] = (
        program,
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        str(path),
    )
    subprocess.run(command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, timeout=300, check=True)
    suffix = kind.partition(":")[0]
    [made] = folder.glob(f"{path.stem}*.{suffix}")
    return made


if __name__ == "__main__":
    try:
        prepare()
    except RuntimeError as error:
        sys.exit(str(error))
