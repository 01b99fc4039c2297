"""The zip around the files: headers as the writer makes them, and a reader that believes nothing early.

Every byte of an accepted container is accounted for: files lie one behind the other, without gaps or tail.
Format: PKWARE APPNOTE.TXT 6.3.3, sections 4.3 and 4.5.3.
"""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, ClassVar, Final

from ntm_desktop.dossier.flaws import ContainerProblem, Flaw
from ntm_desktop.dossier.names import clashes, is_safe
from ntm_desktop.errors import Damaged

STORED: Final = 0
DEFLATED: Final = 8

_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_END64: Final = struct.Struct("<4sQ2H2I4Q")
_LOCATOR64: Final = struct.Struct("<4sIQI")
_LOCAL_EXTRA64: Final = struct.Struct("<2H2Q")
_EXTRA: Final = struct.Struct("<2H")
CHECKSUM_OFFSET: Final = 14
"""Where in a local header the CRC-32 stands."""

_MAX16: Final = 0xFFFF
_MAX32: Final = 0xFFFFFFFF
_ZIP64_ID: Final = 1
_ENCRYPTED: Final = 0x2041
"""Flags: encrypted, strongly encrypted, masked headers."""
_HARMLESS_FLAGS: Final = 0x0806
"""Flags: name is UTF-8, effort of the compression."""
_FIRST_DAY: Final = (1 << 5) | 1
"""1 January 1980: the same files give the same bytes whenever they are packed."""
_VERSION, _VERSION64 = 20, 45


@dataclass(eq=False)
class NotAContainer(Damaged):
    """Say that a file is no dossier at all, or only the beginning of one."""

    path: str
    reason: str
    """For a log or a specialist; never translated."""

    code: ClassVar[str] = "not_a_container"
    what: ClassVar[str] = "{path} is not a dossier file, or only the beginning of one."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Ask for the file again, or copy it again from where it came."


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a container may hold. Sizes in bytes."""

    files: int = 20_000
    directory: int = 16 << 20
    inflated: int = 1 << 30
    """All compressed files together, inflated; this program's own are stored as they are."""
    ratio: int = 200
    manifest: int = 16 << 20
    signature: int = 4 << 20


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """One file in a zip, as its directory describes it."""

    name: str
    size: int
    stored_size: int
    checksum: int
    """CRC-32."""
    offset: int
    method: int = STORED
    flags: int = 0
    time: int = 0
    date: int = _FIRST_DAY
    wide: bool = False
    """Whether the local header carries the sizes in 64 bits."""

    @property
    def data_offset(self) -> int:
        """Where the file's bytes begin."""
        return self.offset + _LOCAL.size + len(self.name) + (_LOCAL_EXTRA64.size if self.wide else 0)

    @property
    def end(self) -> int:
        """The offset just behind the file's bytes."""
        return self.data_offset + self.stored_size


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of a zip in the order of their bytes. With problems nothing may be read from it."""

    entries: tuple[ZipEntry, ...]
    problems: tuple[ContainerProblem, ...]


def needs_wide_header(size: int) -> bool:
    """Tell whether a file of this size needs the 64-bit form."""
    return size >= _MAX32


def local_header(entry: ZipEntry) -> bytes:
    """Give the bytes in front of a file."""
    extra = _LOCAL_EXTRA64.pack(_ZIP64_ID, 16, entry.size, entry.stored_size) if entry.wide else b""
    stored_size, size = (_MAX32, _MAX32) if entry.wide else (entry.stored_size, entry.size)
    version = _VERSION64 if entry.wide else _VERSION
    name = entry.name.encode("ascii")
    header = (b"PK\3\4", version, entry.flags, entry.method, entry.time, entry.date, entry.checksum)
    return _LOCAL.pack(*header, stored_size, size, len(name), len(extra)) + name + extra


def fits_local_header(entry: ZipEntry, found: bytes) -> bool:
    """Tell whether the bytes in front of a file say the same as the directory."""
    expected = local_header(entry)
    # Bytes 4 to 6, the version needed to extract, differ harmlessly between programs.
    return found[:4] == expected[:4] and found[6:] == expected[6:]


def directory_bytes(entries: Sequence[ZipEntry], offset: int) -> bytes:
    """Give everything behind the last file; offset is where it will stand."""
    central = b"".join(_central_header(entry) for entry in entries)
    count, size = len(entries), len(central)
    end64 = b""
    if count >= _MAX16 or size >= _MAX32 or offset >= _MAX32:
        record = (b"PK\6\6", _END64.size - 12, _VERSION64, _VERSION64, 0, 0, count, count, size, offset)
        end64 = _END64.pack(*record) + _LOCATOR64.pack(b"PK\6\7", 0, offset + size, 1)
    short = min(count, _MAX16)
    return (
        central + end64 + _END.pack(b"PK\5\6", 0, 0, short, short, min(size, _MAX32), min(offset, _MAX32), 0)
    )


def _central_header(entry: ZipEntry) -> bytes:
    wide = [number for number in (entry.size, entry.stored_size, entry.offset) if number >= _MAX32]
    extra = struct.pack(f"<2H{len(wide)}Q", _ZIP64_ID, 8 * len(wide), *wide) if wide else b""
    version = _VERSION64 if wide or entry.wide else _VERSION
    name = entry.name.encode("ascii")
    head = (b"PK\1\2", version, version, entry.flags, entry.method, entry.time, entry.date, entry.checksum)
    sizes = (min(entry.stored_size, _MAX32), min(entry.size, _MAX32), len(name), len(extra))
    return _CENTRAL.pack(*head, *sizes, 0, 0, 0, 0, min(entry.offset, _MAX32)) + name + extra


def read_layout(file: BinaryIO, path: str, limits: Limits = LIMITS) -> Layout:
    """Find the files of a zip without reading or inflating any. Raises: NotAContainer."""
    size = file.seek(0, 2)
    end = _read_end(file, path, size)
    if isinstance(end, ContainerProblem):
        return Layout((), (end,))
    count, length, offset = end
    if count > limits.files or length > limits.directory:
        return Layout((), (ContainerProblem(Flaw.TOO_MANY_FILES, detail=str(count)),))
    file.seek(offset)
    directory = file.read(length)
    problems: list[ContainerProblem] = []
    entries = tuple(_read_directory(directory, path, problems))
    if len(entries) != count:
        raise NotAContainer(path, "directory")
    entries = _fit_together(entries, offset, problems)
    problems += [
        ContainerProblem(Flaw.DUPLICATE_NAME, name) for name in clashes(each.name for each in entries)
    ]
    inflated = sum(each.size for each in entries if each.method == DEFLATED)
    if inflated > limits.inflated:
        problems.append(ContainerProblem(Flaw.INFLATES_TOO_FAR, detail=str(inflated)))
    for entry in entries:
        problems += _entry_problems(entry, limits)
    return Layout(entries, tuple(problems))


def _read_end(file: BinaryIO, path: str, size: int) -> tuple[int, int, int] | ContainerProblem:
    """Return count of files, length and offset of the directory."""
    tail_size = min(size, _END.size + _MAX16)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    found = tail.rfind(b"PK\5\6")
    if found < 0 or len(tail) - found < _END.size:
        raise NotAContainer(path, "no zip end")
    if len(tail) - found != _END.size:
        return ContainerProblem(Flaw.TRAILING_DATA, detail=str(len(tail) - found - _END.size))
    _, disk, first_disk, here, count, length, offset, comment = _END.unpack_from(tail, found)
    end_offset = size - _END.size
    wide = _read_end64(file, path, end_offset)
    if wide is not None:
        if (here, count, length, offset) != tuple(map(min, wide, (_MAX16, _MAX16, _MAX32, _MAX32))):
            raise NotAContainer(path, "zip64 end")
        here, count, length, offset = wide
        end_offset -= _END64.size + _LOCATOR64.size
    if disk or first_disk or comment or here != count or not count or offset + length > end_offset:
        raise NotAContainer(path, "zip end")
    if offset + length != end_offset:
        return ContainerProblem(Flaw.HIDDEN_DATA, detail="around the directory")
    return count, length, offset


def _read_end64(file: BinaryIO, path: str, end_offset: int) -> tuple[int, int, int, int] | None:
    start = end_offset - _LOCATOR64.size - _END64.size
    if start < 0:
        return None
    file.seek(start)
    tail = file.read(_END64.size + _LOCATOR64.size)
    locator = _LOCATOR64.unpack_from(tail, _END64.size)
    if locator[0] != b"PK\6\7":
        return None
    record = _END64.unpack_from(tail)
    if record[:2] != (b"PK\6\6", _END64.size - 12) or record[4:6] != (0, 0) or locator[1:] != (0, start, 1):
        raise NotAContainer(path, "zip64 end")
    here, count, length, offset = record[6:]
    return here, count, length, offset


def _read_directory(directory: bytes, path: str, problems: list[ContainerProblem]) -> Iterator[ZipEntry]:
    position = 0
    while position < len(directory):
        if len(directory) - position < _CENTRAL.size:
            raise NotAContainer(path, "directory")
        header = _CENTRAL.unpack_from(directory, position)
        position += _CENTRAL.size
        rest = directory[position : position + sum(header[10:13])]
        position += sum(header[10:13])
        if header[0] != b"PK\1\2" or position > len(directory):
            raise NotAContainer(path, "directory")
        yield _read_central(header, rest, problems)


def _read_central(header: tuple[int, ...], rest: bytes, problems: list[ContainerProblem]) -> ZipEntry:
    _magic, _made, _needed, flags, method, time, date, checksum, stored_size, size = header[:10]
    name_size, extra_size, comment_size, disk, _internal, attributes, offset = header[10:]
    # Only ASCII names are safe; any other byte becomes a mark, one for one, and is refused as unsafe.
    name = rest[:name_size].decode("ascii", errors="replace")
    wide = _read_extra(rest[name_size : name_size + extra_size], (size, stored_size, offset))
    if wide is None or comment_size or disk:
        problems.append(ContainerProblem(Flaw.ZIP_FEATURE, name, "extra field, comment or further disk"))
    if stat.S_IFMT(attributes >> 16) not in (0, stat.S_IFREG) or attributes & stat.FILE_ATTRIBUTE_DIRECTORY:
        problems.append(ContainerProblem(Flaw.NOT_A_FILE, name))
    size, stored_size, offset = wide or (size, stored_size, offset)
    return ZipEntry(name, size, stored_size, checksum, offset, method, flags, time, date)


def _read_extra(extra: bytes, numbers: tuple[int, int, int]) -> tuple[int, int, int] | None:
    """Replace the numbers that stand in the 64-bit extra field; None if the field holds anything else."""
    wide = sum(number == _MAX32 for number in numbers)
    if not wide:
        return None if extra else numbers
    if len(extra) != _EXTRA.size + 8 * wide or _EXTRA.unpack_from(extra) != (_ZIP64_ID, 8 * wide):
        return None
    values = iter(struct.unpack_from(f"<{wide}Q", extra, _EXTRA.size))
    size, stored_size, offset = (next(values) if number == _MAX32 else number for number in numbers)
    return size, stored_size, offset


def _fit_together(
    entries: tuple[ZipEntry, ...], directory_offset: int, problems: list[ContainerProblem]
) -> tuple[ZipEntry, ...]:
    """Require that files lie one behind the other, which also says which local headers are wide."""
    if entries[0].offset:
        problems.append(ContainerProblem(Flaw.HIDDEN_DATA, detail="before the first file"))
    fitted = []
    behind = (*(entry.offset for entry in entries[1:]), directory_offset)
    for entry, next_offset in zip(entries, behind, strict=True):
        spare = next_offset - entry.end
        if spare < 0:
            problems.append(ContainerProblem(Flaw.OVERLAPPING_FILES, entry.name, str(entry.offset)))
        elif spare not in (0, _LOCAL_EXTRA64.size):
            problems.append(ContainerProblem(Flaw.HIDDEN_DATA, entry.name, str(spare)))
        fitted.append(replace(entry, wide=spare == _LOCAL_EXTRA64.size))
    return tuple(fitted)


def _entry_problems(entry: ZipEntry, limits: Limits) -> Iterator[ContainerProblem]:
    if not is_safe(entry.name):
        yield ContainerProblem(Flaw.UNSAFE_NAME, entry.name)
    if entry.flags & _ENCRYPTED:
        yield ContainerProblem(Flaw.ENCRYPTED, entry.name)
    elif entry.flags & ~_HARMLESS_FLAGS:
        yield ContainerProblem(Flaw.ZIP_FEATURE, entry.name, f"flags {entry.flags:#06x}")
    if entry.method not in (STORED, DEFLATED):
        yield ContainerProblem(Flaw.COMPRESSION, entry.name, str(entry.method))
    elif entry.method == STORED and entry.size != entry.stored_size:
        yield ContainerProblem(Flaw.SIZES, entry.name)
    elif entry.size > limits.ratio * max(entry.stored_size, 1024):
        yield ContainerProblem(Flaw.INFLATES_TOO_FAR, entry.name, f"{entry.size} from {entry.stored_size}")
