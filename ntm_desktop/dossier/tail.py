"""Replace the signatures at the end of a container in place: what was signed is not read, moved or written again.

The end is small (signatures, directory); the files before it may be gigabytes. Order of the writing:
* the old end goes into a file beside, `<name>.tail`, whole and on the medium before the container is touched;
* the new end is written over the old one and brought to the medium; then the file beside goes.
A stick pulled in between leaves the file beside: `mend` brings the old end back, or sees that the new one is whole.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar, Final

from ntm_desktop.disk import Disk, fault_name, open_file, unwritable
from ntm_desktop.dossier.manifest import MANIFEST_NAME
from ntm_desktop.dossier.reader import is_signature
from ntm_desktop.dossier.ziplayout import (
    LIMITS,
    STORED,
    NotAContainer,
    ZipEntry,
    directory_bytes,
    fits_local_header,
    local_header,
    read_layout,
)
from ntm_desktop.errors import Damaged, FileUnreadable, Refused

_FORMAT: Final = 1
_BEFORE: Final = 1 << 16
"""Bytes before the end by which a kept end is known to belong to its container."""
_LARGEST_HEAD: Final = 1024


@dataclass(eq=False)
class EndNotPlain(Refused):
    """Say that a container does not end so that its signatures can be replaced in place."""

    path: str
    reason: str

    code: ClassVar[str] = "end_not_plain"
    what: ClassVar[str] = "{path} is not built so that something can be added to its signature ({reason})."
    safe: ClassVar[str] = "The file is as it was."
    next_step: ClassVar[str] = (
        "Verify the file to see what is wrong with it, or ask the sender for the original."
    )


@dataclass(eq=False)
class KeptEndForeign(Damaged):
    """Say that the end kept beside a container is not that of this container."""

    path: str
    beside: str

    code: ClassVar[str] = "kept_end_foreign"
    what: ClassVar[str] = "{beside} was kept when something was added to a signature, but not for {path}."
    safe: ClassVar[str] = "Neither file was changed."
    next_step: ClassVar[str] = (
        "Bring back the file that {beside} lay beside, or take {beside} away if {path} is whole."
    )


@dataclass(eq=False)
class ChangeUnfinished(Damaged):
    """Say that adding to the signature of a container was broken off."""

    path: str
    beside: str

    code: ClassVar[str] = "change_unfinished"
    what: ClassVar[str] = (
        "Adding to the signature of {path} was broken off; its former end is kept in {beside}."
    )
    safe: ClassVar[str] = "Everything that was signed is untouched."
    next_step: ClassVar[str] = (
        "Keep both files together and add the timestamp again: the former end is brought back first."
    )


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a container: its signatures, and what they speak for."""

    path: Path
    offset: int
    """Where the first signature begins."""
    before: tuple[ZipEntry, ...]
    manifest: bytes
    signatures: Mapping[str, bytes]
    end: bytes
    """Everything from the offset on."""


def kept_beside(path: Path) -> Path:
    """Return where the old end of a container is kept while it is replaced."""
    return path.with_name(path.name + ".tail")


def read_tail(path: Path) -> Tail:
    """Read manifest and signatures of a container, nothing else. Raises: NotAContainer, EndNotPlain, FileUnreadable."""
    try:
        with open_file(path) as file:
            layout = read_layout(file, str(path))
            if layout.problems:
                raise EndNotPlain(str(path), layout.problems[0].flaw.value)
            first = next((at for at, one in enumerate(layout.entries) if is_signature(one.name)), None)
            if first is None:
                raise EndNotPlain(str(path), "unsigned")
            before, last = layout.entries[:first], layout.entries[first:]
            manifests = [one for one in before if one.name == MANIFEST_NAME]
            if len(manifests) != 1 or not all(is_signature(one.name) for one in last):
                raise EndNotPlain(str(path), "order")
            manifest = _content(file, manifests[0], LIMITS.manifest)
            signatures = {one.name: _content(file, one, LIMITS.signature) for one in last}
            file.seek(last[0].offset)
            return Tail(path, last[0].offset, before, manifest, signatures, file.read())
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault


def _content(file: BinaryIO, entry: ZipEntry, largest: int) -> bytes:
    if entry.method != STORED or entry.size > largest:
        raise EndNotPlain(str(file.name), "packed")
    file.seek(entry.offset)
    header = file.read(entry.data_offset - entry.offset)
    content = file.read(entry.size)
    if not fits_local_header(entry, header) or zlib.crc32(content) != entry.checksum:
        raise EndNotPlain(str(file.name), "checksum")
    return content


def rewrite(tail: Tail, signatures: Mapping[str, bytes], disk: Disk | None = None) -> None:
    """Put these signatures in the place of those that were read. After an error the container is as it was.

    Raises: EndNotPlain where it was changed meanwhile or the signatures are too large, DiskFull, FileUnwritable,
    FileInUse; ChangeUnfinished where the former end could not be brought back and lies beside.
    """
    disk = disk or Disk()
    path, kept = tail.path, kept_beside(tail.path)
    new = _new_end(tail, signatures)
    if _end_of(path, tail.offset) != tail.end:
        raise EndNotPlain(str(path), "changed")
    try:
        _keep(tail, kept, disk)
    except OSError as fault:
        raise unwritable(kept, fault) from fault
    try:
        _write_end(path, tail.offset, new, disk)
    except OSError as fault:
        _bring_back(path, tail.offset, tail.end, disk)
        raise unwritable(path, fault) from fault
    _forget(kept, disk)


def mend(path: Path, disk: Disk | None = None) -> bool:
    """Finish a change that was broken off: the old end comes back unless the new one is whole; False: there was none.

    Raises: KeptEndForeign, FileUnreadable, DiskFull, FileUnwritable, FileInUse.
    """
    disk = disk or Disk()
    kept = kept_beside(path)
    if not kept.exists():
        return False
    if not _is_whole(path):
        offset, end = _kept_end(path, kept)
        _bring_back(path, offset, end, disk)
    else:
        _forget(kept, disk)
    return True


def require_finished(path: Path) -> None:
    """See to it that no change of a container was broken off. Raises: ChangeUnfinished."""
    kept = kept_beside(path)
    if kept.exists() and not _is_whole(path):
        raise ChangeUnfinished(str(path), str(kept))


def _is_whole(path: Path) -> bool:
    try:
        read_tail(path)
    except (NotAContainer, EndNotPlain):
        return False
    return True


def _new_end(tail: Tail, signatures: Mapping[str, bytes]) -> bytes:
    if sum(map(len, signatures.values())) > LIMITS.signature:
        raise EndNotPlain(str(tail.path), "too_large")
    entries, parts, offset = list(tail.before), [], tail.offset
    for name, content in signatures.items():
        entry = ZipEntry(name, len(content), len(content), zlib.crc32(content), offset)
        entries.append(entry)
        parts += [local_header(entry), content]
        offset = entry.end
    return b"".join((*parts, directory_bytes(entries, offset)))


def _end_of(path: Path, offset: int) -> bytes:
    try:
        with open_file(path) as file:
            file.seek(offset)
            return file.read()
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault


def _keep(tail: Tail, kept: Path, disk: Disk) -> None:
    """Bring the old end to the medium beside the container, under its name only once it is whole."""
    head = {
        "format": _FORMAT,
        "offset": tail.offset,
        "before": _fingerprint(tail.path, tail.offset),
        "sha256": hashlib.sha256(tail.end).hexdigest(),
    }
    part = kept.with_name(kept.name + ".part")
    disk.remove(part)
    try:
        with disk.create(part) as file:
            disk.write(file, json.dumps(head).encode() + b"\n" + tail.end)
            disk.sync(file)
        disk.rename(part, kept)
        disk.sync_folder(kept.parent)
    except OSError:
        for one in (part, kept):
            with suppress(OSError):
                disk.remove(one)
        raise


def _kept_end(path: Path, kept: Path) -> tuple[int, bytes]:
    """Return the offset and the old end that were kept, if they are of this container."""
    try:
        with open_file(kept) as file:
            head = json.loads(file.readline(_LARGEST_HEAD))
            end = file.read()
        known = (_FORMAT, hashlib.sha256(end).hexdigest(), _fingerprint(path, head["offset"]))
        if (head["format"], head["sha256"], head["before"]) != known:
            raise KeptEndForeign(str(path), str(kept))
        return head["offset"], end
    except OSError as fault:
        raise FileUnreadable(str(kept), fault_name(fault)) from fault
    except (ValueError, LookupError, TypeError) as fault:
        raise KeptEndForeign(str(path), str(kept)) from fault


def _fingerprint(path: Path, offset: int) -> str:
    """Return the SHA-256 of the bytes before the end, and how many they are: other containers have others."""
    with open_file(path) as file:
        start = max(0, offset - _BEFORE)
        file.seek(start)
        before = file.read(offset - start)
    return f"{len(before)}:{hashlib.sha256(before).hexdigest()}"


def _write_end(path: Path, offset: int, end: bytes, disk: Disk) -> None:
    with disk.reopen(path) as file:
        file.seek(offset)
        disk.write(file, end)
        file.truncate()
        disk.sync(file)


def _bring_back(path: Path, offset: int, end: bytes, disk: Disk) -> None:
    kept = kept_beside(path)
    try:
        _write_end(path, offset, end, disk)
    except OSError as fault:
        raise ChangeUnfinished(str(path), str(kept)) from fault
    _forget(kept, disk)


def _forget(kept: Path, disk: Disk) -> None:
    """Take the kept end away; one that stays is seen to be over the next time."""
    with suppress(OSError):
        disk.remove(kept)
        disk.sync_folder(kept.parent)
