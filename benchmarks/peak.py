"""How much memory a process has held."""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def peak_memory() -> float:
    """The most memory that this process itself has held so far.

    Returns
    -------
    float
        In MB of 1024² bytes.

    Notes
    -----
    On Linux, what `getrusage` tells begins with the memory of the process that started
    this one, so a small one started by a large one would look large.

    Examples
    --------
    >>> peak_memory() > 1
    True
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line[:6] == "VmHWM:")
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024**2 if sys.platform == "darwin" else most / 1024
