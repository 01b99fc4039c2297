"""What lies where in a pack repository, what its parts are called and how large each may be.

metadata/1.root.json ...              who may sign what; every version stays for ever
metadata/timestamp.json               which snapshot is the newest
metadata/7.snapshot.json              which lists belong together
metadata/5.targets.json               the packs of the publisher and the provinces it lets in
metadata/3.thanh-hoa.json             the packs of one province
targets/packs/<sha256>.<id>-<version>.json
targets/packs/thanh-hoa/<sha256>.<id>-<version>.json
metadata/2.program.json               the newest code of this program, for each runtime
targets/program/<sha256>.ntm-desktop-<version>.tar.xz
targets/trust/<sha256>.<id>-<version>.json      whom to believe about signatures; the publisher's own list only
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ntm_desktop.criteria.load import MAX_BYTES

ROOT: Final = "root"
TIMESTAMP: Final = "timestamp"
SNAPSHOT: Final = "snapshot"
TARGETS: Final = "targets"
TOP_ROLES: Final = (ROOT, TIMESTAMP, SNAPSHOT, TARGETS)

LARGEST_LIST: Final[Mapping[str, int]] = {
    ROOT: 512_000,
    TIMESTAMP: 16_384,
    SNAPSHOT: 2_000_000,
    TARGETS: 5_000_000,
}
"""Bytes, as python-tuf has them; a province's list may be as large as the publisher's own."""
LARGEST_PACK: Final = MAX_BYTES
LARGEST_PROGRAM: Final = 16 << 20
MOST_ROOTS: Final = 256
MOST_PROVINCES: Final = 100
MOST_PACKS: Final = 5_000

METADATA: Final = "metadata"
FILES: Final = "targets"
PACKS: Final = "packs"
PROGRAM: Final = "program"
"""Folder of the program's own code, and the role that lists it: a delegation like a province's, with its own key."""
TRUST: Final = "trust"

_NAME: Final = r"[a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){0,12}"
_PROVINCE: Final = re.compile(_NAME)
_PACK: Final = re.compile(
    rf"{PACKS}/(?:(?P<province>{_NAME})/)?(?P<id>{_NAME})-(?P<version>\d{{1,6}}\.\d{{1,6}}\.\d{{1,6}})\.json",
    re.ASCII,
)
_UPDATE: Final = re.compile(rf"{PROGRAM}/ntm-desktop-(\d{{1,6}}\.\d{{1,6}}\.\d{{1,6}})\.tar\.xz", re.ASCII)
_TRUST_PACK: Final = re.compile(
    rf"{TRUST}/(?P<id>{_NAME})-(?P<version>\d{{1,6}}\.\d{{1,6}}\.\d{{1,6}})\.json", re.ASCII
)


@dataclass(frozen=True, slots=True)
class PackName:
    """What the path of a pack says of it."""

    id: str
    version: str
    province: str = ""
    """Empty: the publisher's own."""
    kind: str = PACKS
    """The folder: of criterion sets and register books, or of trust packs."""

    @property
    def path(self) -> str:
        """The path under which the lists name it."""
        folder = f"{self.kind}/{self.province}" if self.province else self.kind
        return f"{folder}/{self.id}-{self.version}.json"

    @property
    def numbers(self) -> tuple[int, ...]:
        """The version to compare by: 1.10.0 is newer than 1.9.0."""
        return tuple(int(number) for number in self.version.split("."))


def pack_name(path: str) -> PackName | None:
    """Read the path of a pack; None for any other path."""
    found = _PACK.fullmatch(path)
    return found and PackName(found["id"], found["version"], found["province"] or "")


def program_path(version: str) -> str:
    """Return the path under which the list names a version of the program."""
    return f"{PROGRAM}/ntm-desktop-{version}.tar.xz"


def program_version(path: str) -> str:
    """Read the path of a version of the program; empty for any other path."""
    found = _UPDATE.fullmatch(path)
    return found[1] if found else ""


def trust_name(path: str) -> PackName | None:
    """Read the path of a trust pack; None for any other path."""
    found = _TRUST_PACK.fullmatch(path)
    return found and PackName(found["id"], found["version"], kind=TRUST)


def is_province(name: str) -> bool:
    """Tell whether a name can be that of a province's list."""
    return bool(_PROVINCE.fullmatch(name)) and name not in TOP_ROLES


def list_file(role: str, version: int | None = None) -> str:
    """Return where the list of a role lies; only the timestamp's has no version in its name."""
    return f"{METADATA}/{role}.json" if version is None else f"{METADATA}/{version}.{role}.json"


def pack_file(path: str, sha256: str) -> str:
    """Return where the content of a pack or of the program lies, by the path that the lists name."""
    folder, _, name = path.rpartition("/")
    return f"{FILES}/{folder}/{sha256}.{name}"


def largest_list(role: str) -> int:
    """Return how many bytes the list of a role may have."""
    return LARGEST_LIST.get(role, LARGEST_LIST[TARGETS])
