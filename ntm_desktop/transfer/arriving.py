"""Files on their way in: each lies beside as it grows, and is put in its place once it was read and named.

    <folder>/<identity>.asice      what arrived whole, was hashed, and named by what it is
    <folder>/.incoming/<id>        bytes that came so far; their number is the offset
    <folder>/.incoming/<id>.json   what was announced: size, SHA-256, identity
    <folder>/.incoming/<id>.whole  put together from what came and what is here

Killed at any moment it goes on from what the disk has; what was whole but not named yet is named at the next start.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ntm_desktop.disk import Disk, open_file, unwritable
from ntm_desktop.transfer.changed import Base, Place, Plan, Span, is_proven, read_plan, whole_blocks

Naming = Callable[[Path], str]
"""Gives the identity of a finished file, hexadecimal; raises ValueError for one that is not what is taken in here."""
Contents = Callable[[Path], tuple[bytes, Sequence[Span]]]
"""Gives the list of contents of a finished file and where they lie; raises ValueError, OSError."""

INCOMING: Final = ".incoming"
SUFFIX: Final = ".asice"
_ID: Final = re.compile(r"[0-9a-f]{32}")
_HEX: Final = re.compile(r"[0-9a-f]{64}")
_BLOCK: Final = 1 << 20
_SPARE: Final = 256 << 20
"""Bytes of the disk that are left alone."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is taken in."""

    largest: int = 2 << 30
    """Bytes of one file."""
    most: int = 200
    """Uploads that are begun at a time."""
    days: int = 14
    """For which a broken-off upload is kept after its last byte."""


class NoRoom(Exception):
    """Say that nothing more can be taken in now: answered as such, never shown to an officer."""


class Strange(Exception):
    """Say that what arrived is not what was announced, or nothing that is taken in here."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What the sender said of a file."""

    size: int
    sha256: str
    """Of what comes."""
    identity: str
    whole: str = ""
    """SHA-256 of the file it is a part of; empty: it is the whole."""

    @property
    def final(self) -> str:
        """SHA-256 of the file that is taken in."""
        return self.whole or self.sha256


class Arrivals:
    """The folder of a receiving office."""

    def __init__(
        self,
        folder: Path,
        naming: Naming,
        bounds: Bounds | None = None,
        disk: Disk | None = None,
        contents: Contents | None = None,
    ) -> None:
        self.folder = folder
        self.bounds = bounds or Bounds()
        self.contents = contents
        """None: only whole files are taken in."""
        self._naming = naming
        self._disk = disk or Disk()
        self._incoming = folder / INCOMING

    def prepare(self) -> tuple[str, ...]:
        """Make the folders, name what was whole when it was killed, drop what was given up; return what was named.

        Raises DiskFull, FileUnwritable.
        """
        named = []
        try:
            self._incoming.mkdir(parents=True, exist_ok=True)
            for about in sorted(self._incoming.glob("*.json")):
                upload = about.stem
                if self._is_whole(upload):
                    try:
                        named.append(self.finish(upload))
                    except (Strange, NoRoom):
                        continue  # taken away with the reason told to nobody: its sender asks again
            self._drop_old()
        except OSError as fault:
            raise unwritable(self.folder, fault) from fault
        return tuple(named)

    def _is_whole(self, upload: str) -> bool:
        announced, path = self.announced(upload), self._incoming / upload
        return announced is not None and path.is_file() and self.offset(upload) == announced.size

    def announced(self, upload: str) -> Announced | None:
        """Return what was said of an upload; None where there is none."""
        if _ID.fullmatch(upload) is None:
            return None
        try:
            return Announced(**json.loads((self._incoming / f"{upload}.json").read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def offset(self, upload: str) -> int:
        """Return how many bytes of an upload are there. Raises OSError."""
        return (self._incoming / upload).stat().st_size

    def begin(self, announced: Announced) -> str:
        """Make room for a file and return the id of its upload. Raises NoRoom, OSError."""
        self._drop_old()
        begun = sum(1 for _each in self._incoming.glob("*.json"))
        free = shutil.disk_usage(self._incoming).free
        if begun >= self.bounds.most or free < announced.size + _SPARE:
            raise NoRoom
        upload = secrets.token_hex(16)
        self._disk.create(self._incoming / upload).close()
        about = self._incoming / f"{upload}.json"
        part = about.with_suffix(".part")
        with self._disk.create(part) as file:
            self._disk.write(file, json.dumps(asdict(announced)).encode())
            self._disk.sync(file)
        self._disk.rename(part, about)
        self._disk.sync_folder(self._incoming)
        return upload

    def cut(self, upload: str, offset: int) -> None:
        """Take back what came after `offset`. Raises OSError."""
        os.truncate(self._incoming / upload, offset)

    def append(self, upload: str, content: bytes) -> None:
        """Put bytes behind those that are there. Raises OSError."""
        with (self._incoming / upload).open("ab", buffering=0) as file:
            self._disk.write(file, content)

    def settle(self, upload: str) -> None:
        """Bring what came to the medium, before it is told as arrived. Raises OSError."""
        with (self._incoming / upload).open("ab", buffering=0) as file:
            self._disk.sync(file)

    def finish(self, upload: str) -> str:
        """Hash a whole file, name it and put it in its place; return its identity.

        A part is put together first. Raises Strange when it is not what was announced; then nothing of it is kept.
        Raises NoRoom, OSError; then it can be asked for again.
        """
        announced = self.announced(upload)
        path = self._incoming / upload
        try:
            if announced is not None and announced.whole:
                path = self._put_together(path, announced)
            fits = announced is not None and self._named(path, announced) == announced.identity
        except Strange:
            fits = False
        if announced is None or not fits:
            self._drop(upload)
            raise Strange
        self._disk.rename(path, self._place(announced))
        self._disk.sync_folder(self.folder)
        self._drop(upload)
        return announced.identity

    def _named(self, path: Path, announced: Announced) -> str:
        """Return the identity of a file with the announced bytes; empty for another, or one that has none."""
        try:
            return self._naming(path) if hash_of(path) == announced.final else ""
        except ValueError:
            return ""

    def held(self, bases: Iterable[Base], identity: str) -> dict[str, Place]:
        """Return what lies in those earlier files whose contents are known to who sends the file `identity`."""
        found: dict[str, Place] = {}
        for base in bases:
            path = self.folder / f"{base.identity}{SUFFIX}"
            try:
                contents, spans = self.contents(path) if self.contents is not None else (b"", ())
            except (ValueError, OSError):
                continue
            if is_proven(base, contents, identity):
                found.update({sha256: Place(path, offset, size) for offset, size, sha256 in spans})
        return found

    def _put_together(self, part: Path, announced: Announced) -> Path:
        """Write the whole beside its part. Raises Strange, NoRoom, OSError."""
        target = part.with_suffix(".whole")
        self._disk.remove(target)
        try:
            with open_file(part) as opened:
                plan = read_plan(opened)
                self._hold_fitting(part, plan, announced)
                with self._disk.create(target) as file:
                    for block in whole_blocks(opened, plan, self.held(plan.bases, announced.identity)):
                        self._disk.write(file, block)
                    self._disk.sync(file)
        except ValueError as fault:
            raise Strange from fault
        return target

    def _hold_fitting(self, part: Path, plan: Plan, announced: Announced) -> None:
        if plan.size > self.bounds.largest or hash_of(part) != announced.sha256:
            raise Strange
        if shutil.disk_usage(self._incoming).free < plan.size + _SPARE:
            raise NoRoom

    def _place(self, one: Announced) -> Path:
        """Return the name of a finished file; another file of the same identity (a timestamp more) stands beside."""
        first = self.folder / f"{one.identity}{SUFFIX}"
        if not first.exists() or hash_of(first) == one.final:
            return first
        return self.folder / f"{one.identity}-{one.final[:12]}{SUFFIX}"

    def receipt(self, identity: str, sha256: str) -> dict[str, str | int] | None:
        """Return the word that this very file is here, read afresh from the disk; None when it is not."""
        if _HEX.fullmatch(identity) is None or _HEX.fullmatch(sha256) is None:
            return None
        for name in (f"{identity}{SUFFIX}", f"{identity}-{sha256[:12]}{SUFFIX}"):
            path = self.folder / name
            try:
                found = path.stat()
                if hash_of(path) == sha256:
                    at = datetime.fromtimestamp(found.st_mtime, UTC).isoformat(timespec="seconds")
                    return {
                        "identity": identity,
                        "sha256": sha256,
                        "size": found.st_size,
                        "received_at": at.replace("+00:00", "Z"),
                    }
            except OSError:
                continue
        return None

    def _drop(self, upload: str) -> None:
        for name in (upload, f"{upload}.whole", f"{upload}.json"):
            self._disk.remove(self._incoming / name)

    def _drop_old(self) -> None:
        """Drop what was broken off long ago: its sender has the file and begins anew."""
        before = time.time() - self.bounds.days * 86400
        for path in self._incoming.iterdir():
            if (
                _ID.fullmatch(path.stem)
                and path.stat().st_mtime < before
                and not self._lives(path.stem, before)
            ):
                self._disk.remove(path)

    def _lives(self, upload: str, before: float) -> bool:
        try:
            return (self._incoming / upload).stat().st_mtime >= before
        except OSError:
            return False


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
