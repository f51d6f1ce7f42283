"""Opening the files of a data package, in a folder or a zip, and nothing beside them."""

from __future__ import annotations

import errno
import os
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Protocol, Self

MOST_BYTES = 1_000_000_000
"""Largest file that is read, also when it comes out of a zip that is much smaller."""
MOST_DENSITY = 100
"""How many times its size a file in a zip may unpack to: tables come to 5 to 30 times."""
SMALL_BYTES = 10_000_000
"""What a file in a zip may unpack to however dense it is."""
MOST_DIRECTORY_BYTES = 1_000_000
"""Largest list of files that a zip may have."""
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    MemoryError,
)
"""What comes of opening or unpacking a zip that is damaged, locked or made up."""
_END_OF_DIRECTORY = b"PK\x05\x06"
_LONGEST_END = 22 + 65_535


class Files(Protocol):
    """Where the files of a package are opened."""

    def open(self, path: str) -> IO[bytes]:
        """Open a file for reading; an OSError or one of BROKEN_ZIP says what is wrong."""


class Folder:
    """The files of a folder.

    Parameters
    ----------
    folder : Path
        That of the package, or of the back-up that it is part of. Nothing outside
        is read.
    inside : str
        Folder of the package within the back-up.

    Examples
    --------
    >>> with Folder(Path("loaders", "scotland")).open("datapackage.json") as file:
    ...     file.read(1)
    b'{'
    """

    def __init__(self, folder: Path, inside: str = "") -> None:
        self._outermost = folder
        self._folder = folder / inside

    def open(self, path: str) -> IO[bytes]:
        """Open a file of the folder.

        Parameters
        ----------
        path : str
            Within the package's folder.

        Returns
        -------
        file
            Binary.

        Raises
        ------
        OSError
            If it is missing, too large, no file, or a link to somewhere else: whoever
            made the folder may not choose what else of this machine is read.
        """
        target = self._folder / path
        status = target.stat()
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            raise OSError("it is no file, but a pipe or a device")
        if not target.resolve().is_relative_to(self._outermost.resolve()):
            raise OSError("it is a link that leads out of the package")
        if status.st_size > MOST_BYTES:
            raise OSError(f"it is larger than {MOST_BYTES:,} bytes")
        return target.open("rb")


class Zip:
    """The files of a zip, unpacked while they are read and never onto the disk.

    Parameters
    ----------
    path : Path
        Of the zip.
    descriptor : str
        The file beside which the others are looked for, in whatever folder it is.
    inside : str
        Folder of the package within the back-up whose descriptor that is.

    Raises
    ------
    OSError
        Or another of BROKEN_ZIP, if it cannot be opened as a zip.
    """

    def __init__(self, path: Path, descriptor: str, inside: str = "") -> None:
        _require_short_directory(path)
        self._archive = zipfile.ZipFile(path)
        names = [
            name for name in self._archive.namelist() if PurePosixPath(name).name == descriptor
        ]
        self._prefix = min(names, key=len, default=descriptor).removesuffix(descriptor)
        self._prefix += f"{inside}/" if inside else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._archive.close()

    def open(self, path: str) -> IO[bytes]:
        """Open a file of the zip.

        Parameters
        ----------
        path : str
            Within the folder of the descriptor.

        Returns
        -------
        file
            Binary.

        Raises
        ------
        OSError
            Or another of BROKEN_ZIP, if it is missing, cannot be unpacked, or would
            unpack to very much more than its size.
        """
        try:
            member = self._archive.getinfo(self._prefix + path)
        except KeyError:
            raise FileNotFoundError("it is not in the zip") from None
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Others unpack a few bytes to any size at once.
            raise OSError("it is packed in an unusual way: pack it with the usual one, deflate")
        if member.file_size > MOST_BYTES:
            raise OSError(f"it unpacks to more than {MOST_BYTES:,} bytes")
        most = max(SMALL_BYTES, MOST_DENSITY * member.compress_size)
        if member.file_size > most:
            raise OSError(f"it unpacks to more than {MOST_DENSITY} times its size")
        try:
            return self._archive.open(member)
        except BROKEN_ZIP as error:
            raise OSError(f"it cannot be unpacked ({error})") from None


def _require_short_directory(path: Path) -> None:
    """Look at a zip's end before its list of files is read into memory."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise OSError(f"it is larger than {MOST_BYTES:,} bytes")
    with path.open("rb") as file:
        file.seek(max(0, size - _LONGEST_END))
        end = file.read()
    at = end.rfind(_END_OF_DIRECTORY)
    if 0 <= at <= len(end) - 22:
        (directory,) = struct.unpack_from("<I", end, at + 12)
        if directory > MOST_DIRECTORY_BYTES:
            raise OSError("it lists more files than any data package has")
