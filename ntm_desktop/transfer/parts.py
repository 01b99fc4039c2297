"""A large file cut into numbered parts that travel by mail, by Zalo or on a FAT32 stick, and joined again.

The format (docs/parts-file.md):
* The parts are nothing but the bytes of the file in order: `cat` or `copy /b` joins them without this program.
* One list beside them, in the form `sha256sum -c` reads, says what belongs together; the facts stand in its comments.
* The list is written last, when every part was read back: parts without a list are unfinished.
* Joining believes nothing: every part and the whole are hashed, and nothing that is there is written over.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from ntm_desktop.disk import Disk, fault_name, forget_cached, open_file, unwritable
from ntm_desktop.errors import DiskFull, FileUnreadable
from ntm_desktop.transfer.part_refusals import (
    FitsAlready,
    ForeignPart,
    ManyPartLists,
    NameTaken,
    NoPartList,
    PartListBroken,
    PartReadsBackOtherwise,
    PartsDamaged,
    PartsMissing,
    PartTwice,
    TooManyParts,
)

LIST_SUFFIX: Final = ".sha256"
MOST_PARTS: Final = 999
_BLOCK: Final = 1 << 20
_ALL: Final = 1 << 62
_LONGEST_LIST: Final = 256 * 1024
_FIRST_LINE: Final = "# NTM Desktop parts 1"
_NAME: Final = r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}"
_LIST: Final = re.compile(
    rf"{re.escape(_FIRST_LINE)}\n# file (?P<name>{_NAME})\n# identity (?P<identity>[0-9a-f]{{64}})\n"
    r"# size (?P<size>[0-9]{1,15})\n# part-size (?P<part_size>[1-9][0-9]{0,14})\n"
    r"# sha256 (?P<sha256>[0-9a-f]{64})\n(?:# join[^\n]*\n)*(?P<lines>(?:[0-9a-f]{64} \*[^\n/\\]+\n)+)"
)
_PART: Final = re.compile(r"(?P<name>.+)\.[0-9]{3}")

Step = Callable[[int], None]
"""Called with a number of bytes worked on; may raise Cancelled."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What is cut into parts, and into how large ones."""

    name: str
    """Name of the whole file, plain ASCII."""
    identity: str
    """Identity of the dossier in it, 64 hex digits; not interpreted here."""
    size: int
    part_size: int
    """Bytes of every part but the last."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, in order."""
        count = -(-self.size // self.part_size)
        return tuple(f"{self.name}.{number:03d}" for number in range(1, count + 1))


@dataclass(frozen=True, slots=True)
class PartList:
    """A list that was read, or is about to be written."""

    whole: Whole
    sha256: str
    parts: tuple[tuple[str, str], ...]
    """Name and SHA-256 of each part, in order."""

    def size_of(self, place: int) -> int:
        """Return how many bytes the part at a place has."""
        before = place * self.whole.part_size
        return min(self.whole.part_size, self.whole.size - before)


def is_part(path: Path) -> bool:
    """Say whether a name is that of a part or of a list of parts."""
    return path.name.endswith(LIST_SUFFIX) or _PART.fullmatch(path.name) is not None


def split(source: Path, folder: Path, whole: Whole, step: Step) -> tuple[Path, ...]:
    """Cut a file into parts and return them, the list last. On any failure nothing of them is left.

    Raises FitsAlready, TooManyParts, NameTaken, DiskFull, FileUnwritable, FileUnreadable, PartReadsBackOtherwise,
    Cancelled.
    """
    if whole.size <= whole.part_size:
        raise FitsAlready(source.name)
    if whole.size > MOST_PARTS * whole.part_size:
        raise TooManyParts(source.name, MOST_PARTS)
    targets = [folder / name for name in (*whole.names, whole.name + LIST_SUFFIX)]
    for target in targets:
        if target.exists():
            raise NameTaken(str(target))
    disk = Disk()
    with _or_nothing(disk) as made, _written(folder), _reading(source) as file:
        folder.mkdir(parents=True, exist_ok=True)
        _require_room(folder, whole.size)
        all_of_it, parts = hashlib.sha256(), list[tuple[str, str]]()
        for target in targets[:-1]:
            made.append(target)
            sha256 = _write(target, _blocks(file, source, whole.part_size), disk, step, all_of_it)
            parts.append((target.name, sha256))
        found = PartList(whole, all_of_it.hexdigest(), tuple(parts))
        _read_back(folder, found, step)
        made.append(targets[-1])
        _write(targets[-1], iter([list_text(found).encode()]), disk, _uncounted)
        disk.sync_folder(folder)
    return tuple(targets)


def list_text(one: PartList) -> str:
    """Return a list as it stands in its file."""
    whole, names = one.whole, [name for name, _sha256 in one.parts]
    lines = (
        _FIRST_LINE,
        f"# file {whole.name}",
        f"# identity {whole.identity}",
        f"# size {whole.size}",
        f"# part-size {whole.part_size}",
        f"# sha256 {one.sha256}",
        f"# join on Windows: copy /b {'+'.join(names)} {whole.name}",
        f"# join elsewhere: cat {whole.name}.??? > {whole.name}",
        *(f"{sha256} *{name}" for name, sha256 in one.parts),
    )
    return "\n".join(lines) + "\n"


def read_list(path: Path) -> PartList:
    """Read a list; every name, number and size in it must fit together. Raises PartListBroken, FileUnreadable."""
    with _reading(path) as file:
        content = b"".join(_blocks(file, path, _LONGEST_LIST + 1))
    match = _LIST.fullmatch(content.decode("ascii", "replace").replace("\r\n", "\n"))
    if match is None or len(content) > _LONGEST_LIST:
        raise PartListBroken(path.name)
    whole = Whole(match["name"], match["identity"], int(match["size"]), int(match["part_size"]))
    parts = tuple((line[66:], line[:64]) for line in match["lines"].splitlines())
    fits = 0 < whole.size <= MOST_PARTS * whole.part_size
    if (
        not fits
        or path.name != whole.name + LIST_SUFFIX
        or tuple(name for name, _sha in parts) != whole.names
    ):
        raise PartListBroken(path.name)
    return PartList(whole, match["sha256"], parts)


def find_list(path: Path) -> Path:
    """Return the list of a folder, of a part, or the list itself. Raises NoPartList, ManyPartLists."""
    if path.is_dir():
        lists = sorted(one for one in path.glob(f"*{LIST_SUFFIX}") if one.is_file())
        if len(lists) > 1:
            raise ManyPartLists(str(path), ", ".join(one.name for one in lists))
        if not lists:
            raise NoPartList(str(path))
        return lists[0]
    part = _PART.fullmatch(path.name)
    found = path.with_name(part["name"] + LIST_SUFFIX) if part is not None else path
    if not found.name.endswith(LIST_SUFFIX) or not found.is_file():
        raise NoPartList(str(path))
    return found


def join(one: PartList, folder: Path, target: Path, step: Step) -> None:
    """Join the parts of a folder into a new file, which gets its name once every byte was compared.

    Raises NameTaken, PartsMissing, ForeignPart, PartTwice, PartsDamaged, PartReadsBackOtherwise, DiskFull,
    FileUnwritable, FileUnreadable, Cancelled.
    """
    if target.exists():
        raise NameTaken(str(target))
    _require_all(one, folder)
    disk, all_of_it, found = Disk(), hashlib.sha256(), list[str]()
    beside = target.with_name(target.name + ".join")
    with _or_nothing(disk) as made, _written(target):
        _require_room(target.parent, one.whole.size)
        made.append(beside)
        _write(beside, _joined(one, folder, found), disk, step, all_of_it)
        _compare(one, found, all_of_it.hexdigest())
        if _hash_of(beside, step) != one.sha256:
            raise PartReadsBackOtherwise(target.name)
        if target.exists():
            raise NameTaken(str(target))
        disk.rename(beside, target)
        disk.sync_folder(target.parent)


def _uncounted(_size: int) -> None:
    """Count nothing: the list is small."""


def _require_room(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < size:
        raise DiskFull(str(folder))


@contextmanager
def _or_nothing(disk: Disk) -> Iterator[list[Path]]:
    """Take away what was made when the rest fails."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in made:
            with suppress(OSError):
                disk.remove(path)
        raise


def _require_all(one: PartList, folder: Path) -> None:
    names = {name for name, _sha256 in one.parts}
    missing = tuple(sorted(name for name in names if not (folder / name).is_file()))
    if missing:
        raise PartsMissing(", ".join(missing), len(names))
    for path in sorted(folder.glob(f"{one.whole.name}.[0-9][0-9][0-9]")):
        if path.name not in names:
            raise ForeignPart(path.name, len(names))


def _joined(one: PartList, folder: Path, found: list[str]) -> Iterator[bytes]:
    """Give the parts block by block, none longer than it may be, and note what each really is."""
    for place, (name, _sha256) in enumerate(one.parts):
        digest, most = hashlib.sha256(), one.size_of(place)
        with _reading(folder / name) as file:
            for block in _blocks(file, folder / name, most + 1):  # a byte more gives another hash
                digest.update(block)
                yield block
        found.append(digest.hexdigest())


def _compare(one: PartList, found: list[str], sha256: str) -> None:
    wanted = {sha: name for name, sha in one.parts}
    wrong = [(name, is_now) for (name, sha), is_now in zip(one.parts, found, strict=True) if sha != is_now]
    for name, is_now in wrong:
        if is_now in wanted:
            raise PartTwice(name, wanted[is_now])
    if wrong:
        raise PartsDamaged(", ".join(name for name, _is_now in wrong))
    if sha256 != one.sha256:
        raise PartListBroken(one.whole.name + LIST_SUFFIX)


def _read_back(folder: Path, one: PartList, step: Step) -> None:
    for name, sha256 in one.parts:
        if _hash_of(folder / name, step) != sha256:
            raise PartReadsBackOtherwise(name)


def _hash_of(path: Path, step: Step) -> str:
    digest = hashlib.sha256()
    with _reading(path) as file:
        forget_cached(file)
        for block in _blocks(file, path, _ALL):
            step(len(block))
            digest.update(block)
    return digest.hexdigest()


def _write(
    target: Path, blocks: Iterator[bytes], disk: Disk, step: Step, also: hashlib._Hash | None = None
) -> str:
    """Write a file beside, flush it, put it in its place; return its SHA-256."""
    part, digest = target.with_name(target.name + ".part"), hashlib.sha256()
    disk.remove(part)
    try:
        with disk.create(part) as file:
            for block in blocks:
                step(len(block))
                disk.write(file, block)
                digest.update(block)
                if also is not None:
                    also.update(block)
            disk.sync(file)
        disk.rename(part, target)
    except BaseException:
        with suppress(OSError):
            disk.remove(part)
        raise
    return digest.hexdigest()


def _blocks(file: BinaryIO, path: Path, most: int) -> Iterator[bytes]:
    while most > 0:
        try:
            block = file.read(min(_BLOCK, most))
        except OSError as fault:
            raise FileUnreadable(str(path), fault_name(fault)) from fault
        if not block:
            return
        most -= len(block)
        yield block


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    try:
        file = open_file(path)
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
    with file:
        yield file


@contextmanager
def _written(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise unwritable(path, fault) from fault
