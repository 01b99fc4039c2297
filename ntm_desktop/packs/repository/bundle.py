"""A whole repository as one zip file for a stick: written the same from the same, read believing nothing.

The writer stores, it does not compress: the bytes do not depend on a version of zlib, and packs are small. The reader
also takes compressed files, because somebody will zip the folder by hand; sizes are judged before anything is inflated.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from ntm_desktop.disk import fault_name, open_file
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.packs.repository.layout import FILES, METADATA
from ntm_desktop.packs.repository.refusals import BundleDamaged, BundleHostile, PartTooLarge

MOST_FILES: Final = 8_000
LARGEST_DIRECTORY: Final = 2 << 20
MOST_INFLATED: Final = 1 << 30
"""Bytes, all files together."""
STEEPEST: Final = 200
"""How many times larger a file may become; JSON gets 10 to 20 times smaller."""

_END: Final = struct.Struct("<4s4H2IH")
_LOCATOR64_SIZE: Final = 20
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
_SAFE: Final = re.compile(rf"(?:{METADATA}|{FILES})(?:/[A-Za-z0-9][A-Za-z0-9._-]*)+", re.ASCII)
_ENCRYPTED: Final = 0x2041
_FAULTS: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, struct.error)


def write_bundle(file: BinaryIO, contents: Iterable[tuple[str, bytes]]) -> None:
    """Write files as one bundle in the order given, one after the other. Raises OSError."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in contents:
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system = 3  # the same on Windows
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)


class BundleSource:
    """A repository in one file; open only while `open_bundle` holds it."""

    carried: Final = True

    def __init__(self, path: str, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._archive = archive
        self._entries = {entry.filename: entry for entry in _judged(path, archive.infolist())}

    def read(self, name: str, limit: int) -> bytes | None:
        """Return a file, None when there is none. Raises PartTooLarge, BundleDamaged, FileUnreadable."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.file_size > limit:
            raise PartTooLarge(name, limit)
        with _told(self._path), self._archive.open(entry) as file:
            content = file.read(limit + 1)
        if len(content) != entry.file_size:
            raise BundleDamaged(self._path, "short")
        return content


@contextmanager
def open_bundle(path: Path) -> Iterator[BundleSource]:
    """Give the repository in a bundle while it is open.

    Raises: BundleDamaged, BundleHostile, FileUnreadable.
    """
    with _told(str(path)):
        file = open_file(path)
    with file:
        with _told(str(path)):
            _require_plain_end(file, str(path))
            archive = zipfile.ZipFile(file)
        with archive:
            yield BundleSource(str(path), archive)


@contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise FileUnreadable(path, fault_name(fault)) from fault
    except _FAULTS as fault:
        raise BundleDamaged(path, type(fault).__name__) from fault


def _require_plain_end(file: BinaryIO, path: str) -> None:
    """Look at the last bytes, so that no endless directory is ever read; bundles have no comment and no zip64."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size - _LOCATOR64_SIZE))
    tail = file.read(_END.size + _LOCATOR64_SIZE)
    if len(tail) < _END.size:
        raise BundleDamaged(path, "too_short")
    magic, *_, count, length, _offset, _comment = _END.unpack(tail[-_END.size :])
    if magic != b"PK\5\6":
        raise BundleDamaged(path, "no_end")
    if tail.startswith(b"PK\6\7") or count > MOST_FILES or length > LARGEST_DIRECTORY:
        raise BundleHostile(path, str(count), "too_many_files")


def _judged(path: str, entries: Iterable[zipfile.ZipInfo]) -> Iterator[zipfile.ZipInfo]:
    """Give the files of a bundle, refusing the whole for one that no honest bundle holds."""
    seen: set[str] = set()
    inflated = 0
    for entry in entries:
        if entry.is_dir() and _SAFE.fullmatch(f"{entry.filename}x"):
            continue  # a folder zipped by hand names its folders too
        inflated += entry.file_size
        reason = _objection(entry, seen)
        if inflated > MOST_INFLATED:
            reason = "inflates_too_far"
        if reason:
            raise BundleHostile(path, ascii(entry.orig_filename[:80]), reason)
        seen.add(entry.filename.casefold())
        yield entry


def _objection(entry: zipfile.ZipInfo, seen: set[str]) -> str:
    checks = {
        "unsafe_name": not _SAFE.fullmatch(entry.filename) or entry.orig_filename != entry.filename,
        "duplicate_name": entry.filename.casefold() in seen,
        "not_a_file": stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG},
        "encrypted": bool(entry.flag_bits & _ENCRYPTED),
        "compression": entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED},
        "inflates_too_far": entry.file_size > STEEPEST * max(entry.compress_size, 1024),
    }
    return next((reason for reason, wrong in checks.items() if wrong), "")
