"""The packs that come with the program: an index names them, each is read when it is first asked for.

The index says which file contents this program knows and who published them, without parsing any pack. Files of
former versions stay beside the newest, because dossiers made with them are opened again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ntm_desktop.criteria.load import PackUnreadable, load
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.registers import RegisterBook, load_registers
from ntm_desktop.errors import Damaged
from ntm_desktop.i18n import Text
from ntm_desktop.paths import resources_folder

if TYPE_CHECKING:
    from ntm_desktop.packs.source import BuiltPack

INDEX = "index.json"
ROOT = "publisher.root.json"
"""The first root of the publisher whose packs are believed without asking; lies beside the index."""


@dataclass(eq=False)
class ShippedPackDamaged(Damaged):
    """Say that a pack that came with the program is gone or changed."""

    file: str

    code: ClassVar[str] = "shipped_pack_damaged"
    what: ClassVar[str] = "The criterion pack {file} that came with the program is missing or was changed."
    safe: ClassVar[str] = "The workspace is untouched."
    next_step: ClassVar[str] = "Install the program again."


@dataclass(frozen=True, slots=True)
class ShippedPack:
    """What the index says of a pack."""

    id: str
    version: str
    title: Text
    short_title: Text
    level: str
    valid_from: int | None
    valid_to: int | None
    publisher: str
    criteria: int
    """How many criteria it has."""
    indicators: int
    complete: bool
    """False while parts of the set are unknown."""
    sha256: str

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.id}-{self.version}.json"


def built_folder() -> Path:
    """Return the folder of the built packs and their index."""
    return resources_folder() / "packs" / "built"


def pack_files(folder: Path) -> list[Path]:
    """Return the packs of such a folder; the index and the publisher's root lie beside them."""
    return sorted(path for path in folder.glob("*.json") if path.name not in {INDEX, ROOT})


def registers_folder() -> Path:
    """Return the folder of the built register book; books of former versions stay beside the newest."""
    return built_folder() / "registers"


@cache
def shipped_registers() -> RegisterBook:
    """Return the newest register book; read once, when it is first asked for.

    Raises:
        ShippedPackDamaged: The file is gone or is not one.
    """
    return _registers_in(_register_files()[-1])


@cache
def shipped_registers_before() -> tuple[RegisterBook, ...]:
    """Return the register books of former versions, the oldest first. Raises ShippedPackDamaged."""
    return tuple(map(_registers_in, _register_files()[:-1]))


def shipped_register_packs() -> Mapping[tuple[str, str], str]:
    """Return the SHA-256 of every register book that came with the program, by id and version."""
    return {
        (path.stem.rpartition("-")[0], path.stem.rpartition("-")[2]): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in _register_files()
    }


def _register_files() -> list[Path]:
    files = sorted(registers_folder().glob("*.json"), key=lambda path: _numbers(path.stem.rpartition("-")[2]))
    if not files:
        raise ShippedPackDamaged(registers_folder().name)
    return files


def _registers_in(file: Path) -> RegisterBook:
    try:
        return load_registers(file.read_bytes())
    except (OSError, PackUnreadable) as error:
        raise ShippedPackDamaged(file.name) from error


@cache
def shipped_packs() -> tuple[ShippedPack, ...]:
    """Return all shipped packs in the order of the index; a set's newest version comes last.

    Raises:
        ShippedPackDamaged: The index is gone or is not one.
    """
    try:
        raw = json.loads((built_folder() / INDEX).read_text(encoding="utf-8"))
        return tuple(_entry(item) for item in raw)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ShippedPackDamaged(INDEX) from error


def shipped_pack(id_: str, version: str = "") -> ShippedPack | None:
    """Return the shipped pack of a set, its newest version unless one is named; None when there is none."""
    found = [pack for pack in shipped_packs() if pack.id == id_ and version in {"", pack.version}]
    return found[-1] if found else None


def known_packs() -> Mapping[str, str]:
    """Return who published the packs this program knows, by the SHA-256 of their bytes.

    Raises:
        ShippedPackDamaged: The index is gone or is not one.
    """
    return {pack.sha256: pack.publisher for pack in shipped_packs()}


def content_of(pack: ShippedPack) -> bytes:
    """Return the bytes of a shipped pack.

    Raises:
        ShippedPackDamaged: The file is gone or is not the one the index names.
    """
    try:
        content = (built_folder() / pack.file).read_bytes()
    except OSError as error:
        raise ShippedPackDamaged(pack.file) from error
    if hashlib.sha256(content).hexdigest() != pack.sha256:
        raise ShippedPackDamaged(pack.file)
    return content


@cache
def shipped_root() -> bytes:
    """Return the first root of the publisher that this program believes; empty when it came without one.

    Raises:
        ShippedPackDamaged: The file cannot be read.
    """
    try:
        return (built_folder() / ROOT).read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise ShippedPackDamaged(ROOT) from error


@cache
def set_of(pack: ShippedPack) -> CriterionSet:
    """Return the criterion set of a shipped pack; read once.

    Raises:
        ShippedPackDamaged: The file is gone or is not the one the index names.
    """
    return load(content_of(pack))


def index_of(packs: Iterable[BuiltPack]) -> bytes:
    """Return the index of built packs: by id, then by version."""
    entries = [
        {
            "id": built.set.id,
            "version": built.set.version,
            "title": {"vi": built.set.title.vi, "en": built.set.title.en},
            "short_title": {"vi": built.set.short_title.vi, "en": built.set.short_title.en},
            "level": built.set.level,
            "valid_from": built.set.valid_from,
            "valid_to": built.set.valid_to,
            "publisher": built.set.publisher,
            "criteria": len(built.set.criteria),
            "indicators": len(built.set.indicators()),
            "complete": built.set.complete,
            "sha256": built.sha256,
        }
        for built in sorted(packs, key=lambda built: (built.set.id, _numbers(built.set.version)))
    ]
    return (json.dumps(entries, ensure_ascii=False, indent=1) + "\n").encode()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def _entry(item: dict[str, object]) -> ShippedPack:
    return ShippedPack(
        id=str(item["id"]),
        version=str(item["version"]),
        title=_text(item["title"]),
        short_title=_text(item["short_title"]),
        level=str(item["level"]),
        valid_from=_year(item["valid_from"]),
        valid_to=_year(item["valid_to"]),
        publisher=str(item["publisher"]),
        criteria=_count(item["criteria"]),
        indicators=_count(item["indicators"]),
        complete=item["complete"] is True,
        sha256=str(item["sha256"]),
    )


def _year(item: object) -> int | None:
    return item if isinstance(item, int) else None


def _count(item: object) -> int:
    if not isinstance(item, int):
        raise TypeError(item)
    return item


def _text(item: object) -> Text:
    if not isinstance(item, dict):
        raise TypeError(item)
    return Text(str(item["vi"]), str(item["en"]))
