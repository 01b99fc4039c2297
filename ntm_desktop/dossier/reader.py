"""Read a container that may be hostile: one pass in the order of its bytes, with bounded memory.

Whatever is wrong with it is a value; only a file that is no container at all is an error.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BufferedReader
from itertools import cycle
from pathlib import Path
from typing import Final

from ntm_desktop.disk import fault_name, open_file
from ntm_desktop.dossier.digest import Digest
from ntm_desktop.dossier.flaws import ContainerProblem, Flaw
from ntm_desktop.dossier.manifest import (
    CONTAINER_TYPE,
    MANIFEST_NAME,
    MIMETYPE_NAME,
    Manifest,
    Reference,
    read_manifest,
)
from ntm_desktop.dossier.pace import Pace, Progress
from ntm_desktop.dossier.ziplayout import (
    DEFLATED,
    LIMITS,
    STORED,
    Limits,
    NotAContainer,
    ZipEntry,
    fits_local_header,
    read_layout,
)
from ntm_desktop.errors import FileUnreadable

BLOCK: Final = 1 << 20
"""Bytes read and hashed at a time."""
_SIGNATURE: Final = re.compile(r"META-INF/[^/]*signature[^/]*\.p7s", re.IGNORECASE)
_SIGNATURES: Final = "META-INF/*.p7s"
"""The room that all signatures share."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file of the container and what the manifest says of it."""

    name: str
    media_type: str
    size: int
    expected: str
    """SHA-256 in the manifest; empty: the manifest does not know it."""
    actual: str

    @property
    def ok(self) -> bool:
        """Tell whether the file is the one the manifest speaks for."""
        return bool(self.expected) and self.expected == self.actual


@dataclass(frozen=True, slots=True)
class ContainerFacts:
    """Everything that was found in a container."""

    size: int
    """Bytes of the whole file."""
    identity: str = ""
    """SHA-256 of the manifest; empty if there is none."""
    files: tuple[FileFacts, ...] = ()
    missing: tuple[str, ...] = ()
    """Named by the manifest, not there."""
    extra: tuple[str, ...] = ()
    """There, not named by the manifest."""
    kept: Mapping[str, bytes] = field(default_factory=dict)
    signatures: tuple[tuple[str, bytes], ...] = ()
    """Name and bytes (CMS), judged by nobody yet."""
    manifest: bytes = b""
    problems: tuple[ContainerProblem, ...] = ()

    @property
    def sound(self) -> bool:
        """Tell whether the files are exactly those of the manifest. Says nothing about who signed it."""
        whole = bool(self.files) and not (self.problems or self.missing or self.extra)
        return whole and all(each.ok for each in self.files)


def read_container(
    path: Path,
    *,
    keep: Mapping[str, int] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    limits: Limits = LIMITS,
) -> ContainerFacts:
    """Hash every file once and keep the small ones asked for.

    `keep` names files, or folders with a slash at the end, with the most bytes to hold of each (of a folder:
    in all). A zip whose structure is not trusted is not read further. Raises: NotAContainer, FileUnreadable,
    Cancelled.
    """
    try:
        with ThreadPoolExecutor(1) as hashing, open_file(path) as file:
            size = file.seek(0, 2)
            layout = read_layout(file, str(path), limits)
            if layout.problems:
                return ContainerFacts(size, problems=layout.problems)
            pace = Pace(sum(entry.size for entry in layout.entries), progress, cancelled)
            contents = _Contents(file, _Shelf(keep or {}, limits), pace, hashing)
            for entry in layout.entries:
                contents.read(entry)
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
    return _compare(path, size, layout.entries, contents)


def _compare(path: Path, size: int, entries: tuple[ZipEntry, ...], contents: _Contents) -> ContainerFacts:
    kept = contents.shelf.kept
    problems = contents.problems
    first = entries[0]
    typed = first.name == MIMETYPE_NAME and kept.pop(MIMETYPE_NAME, b"") == CONTAINER_TYPE.encode("ascii")
    content = kept.pop(MANIFEST_NAME, b"")
    if not typed and not content:
        raise NotAContainer(str(path), "neither mimetype nor manifest")
    if not typed or first.method != STORED or first.wide:
        problems.append(ContainerProblem(Flaw.MIMETYPE, MIMETYPE_NAME))
    manifest = Manifest("", ())
    if content:
        manifest = read_manifest(content)
        problems += manifest.problems
    elif MANIFEST_NAME not in contents.digests:
        problems.append(ContainerProblem(Flaw.MANIFEST_MISSING, MANIFEST_NAME))
    signatures = tuple((name, kept.pop(name)) for name in tuple(kept) if is_signature(name))
    problems += [
        ContainerProblem(Flaw.SIGNATURE_UNREFERENCED, name)
        for name, _ in signatures
        if name != manifest.signature
    ]
    known = {reference.name: reference for reference in manifest.references}
    files = tuple(
        _file_facts(entry, known.get(entry.name), contents) for entry in entries if _is_payload(entry.name)
    )
    there = {entry.name for entry in entries}
    return ContainerFacts(
        size=size,
        identity=contents.digests.get(MANIFEST_NAME, ""),
        files=files,
        missing=tuple(name for name in known if name not in there),
        extra=tuple(each.name for each in files if each.name not in known),
        kept=kept,
        signatures=signatures,
        manifest=content,
        problems=tuple(problems),
    )


def _file_facts(entry: ZipEntry, reference: Reference | None, contents: _Contents) -> FileFacts:
    media_type, expected = (reference.media_type, reference.sha256) if reference else ("", "")
    return FileFacts(entry.name, media_type, entry.size, expected, contents.digests[entry.name])


def is_signature(name: str) -> bool:
    """Tell whether a name inside a container is that of a signature."""
    return bool(_SIGNATURE.fullmatch(name))


def _is_payload(name: str) -> bool:
    return name not in (MIMETYPE_NAME, MANIFEST_NAME) and not is_signature(name)


class _Shelf:
    """Hold the few files that are wanted whole, within the room each was given."""

    def __init__(self, keep: Mapping[str, int], limits: Limits) -> None:
        own = {
            MIMETYPE_NAME: len(CONTAINER_TYPE),
            MANIFEST_NAME: limits.manifest,
            _SIGNATURES: limits.signature,
        }
        self._room = {**keep, **own}
        self.kept: dict[str, bytes] = {}

    def slot(self, name: str) -> str:
        """Name the room that a file would take from; empty: nobody wants it."""
        if is_signature(name):
            return _SIGNATURES
        folders = (name[: position + 1] for position, letter in enumerate(name) if letter == "/")
        return next((wanted for wanted in (name, *folders) if wanted in self._room), "")

    def has_room(self, slot: str, size: int) -> bool:
        """Take the room if there is enough."""
        enough = self._room[slot] >= size
        if enough:
            self._room[slot] -= size
        return enough


class _Contents:
    """Walk over the files of a zip: hash each, keep the wanted, note what does not fit."""

    def __init__(self, file: BufferedReader, shelf: _Shelf, pace: Pace, hashing: Executor) -> None:
        self._file = file
        self._hashing = hashing
        self._pace = pace
        # Two, so that one is read while the other is hashed.
        self._blocks = cycle(memoryview(bytearray(BLOCK)) for _ in range(2))
        self.shelf = shelf
        self.digests: dict[str, str] = {}
        self.problems: list[ContainerProblem] = []

    def read(self, entry: ZipEntry) -> None:
        """Read one file, where it stands. Raises: NotAContainer if the zip ends within it."""
        self._file.seek(entry.offset)
        if not fits_local_header(entry, self._file.read(entry.data_offset - entry.offset)):
            self._note(Flaw.LOCAL_HEADER, entry)
        kept = self._keeper(entry)
        digest = Digest(self._hashing)
        for block in self._inflated(entry) if entry.method == DEFLATED else self._stored(entry):
            digest.begin(block)
            if kept is not None:
                kept += block
            self._pace.advance(len(block))
        if digest.checksum != entry.checksum:
            self._note(Flaw.CHECKSUM, entry)
        if kept is not None:
            self.shelf.kept[entry.name] = bytes(kept)
        self.digests[entry.name] = digest.hexdigest()

    def _keeper(self, entry: ZipEntry) -> bytearray | None:
        slot = self.shelf.slot(entry.name)
        if not slot:
            return None
        if not self.shelf.has_room(slot, entry.size):
            self._note(Flaw.FILE_TOO_LARGE, entry)
            return None
        return bytearray()

    def _stored(self, entry: ZipEntry) -> Iterator[memoryview]:
        left = entry.stored_size
        while left:
            block = next(self._blocks)
            count = self._file.readinto(block[: min(left, BLOCK)])
            if not count:
                raise NotAContainer(str(self._file.name), "shorter than before")
            left -= count
            yield block[:count]

    def _inflated(self, entry: ZipEntry) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        left = entry.size
        try:
            for block in self._stored(entry):
                waiting: bytes | memoryview = block
                full = False
                while (waiting or full) and not inflater.eof:
                    # At most one byte more than declared: a lie is noticed before it takes room.
                    room = min(left + 1, BLOCK)
                    inflated = inflater.decompress(waiting, room)
                    waiting, full = inflater.unconsumed_tail, len(inflated) == room
                    left -= len(inflated)
                    if left < 0:
                        self._note(Flaw.INFLATES_TOO_FAR, entry)
                        return
                    yield inflated
        except zlib.error:
            self._note(Flaw.COMPRESSION, entry)
            return
        if left or not inflater.eof or inflater.unused_data:
            self._note(Flaw.COMPRESSION, entry)

    def _note(self, flaw: Flaw, entry: ZipEntry) -> None:
        self.problems.append(ContainerProblem(flaw, entry.name))
