"""What is remembered of publishers between two admissions: per user, in a folder; never lowered.

    <fingerprint>.json      the signed lists of one publisher, as last verified
    floor.json              the newest signed time that was seen elsewhere (timestamps, revocation lists)

Files are written beside and renamed. A copy goes into each workspace; taking it back goes through the same rules as
packs from a stick, so that neither an old nor a forged copy lowers anything or lets a stranger in.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from ntm_desktop.disk import Disk, fault_name, open_file
from ntm_desktop.errors import Damaged, FileUnreadable, Refused, Untrusted
from ntm_desktop.packs.repository.beside import write_beside
from ntm_desktop.packs.repository.layout import TIMESTAMP
from ntm_desktop.packs.repository.lists import LARGEST, SignedLists, fingerprint_of, from_json, to_json
from ntm_desktop.packs.repository.reading import BEGINNING, read_list, read_root
from ntm_desktop.packs.repository.refusals import TrustStateDamaged
from ntm_desktop.packs.repository.rules import Walk, lists_source
from ntm_desktop.snapshot.canonical import Json, canonical_bytes, parse

FORMAT: Final = 1
_FLOOR_FILE: Final = "floor.json"
_PUBLISHER_FILE: Final = re.compile(r"[0-9a-f]{64}\.json", re.ASCII)


@dataclass(frozen=True, slots=True)
class TrustStore:
    """The folder of one user."""

    folder: Path
    disk: Disk = field(default_factory=Disk)

    def publishers(self) -> tuple[SignedLists, ...]:
        """Return the lists of every known publisher. Raises: TrustStateDamaged, FileUnreadable."""
        try:
            names = sorted(
                path.stem for path in self.folder.iterdir() if _PUBLISHER_FILE.fullmatch(path.name)
            )
        except FileNotFoundError:
            return ()
        except OSError as fault:
            raise FileUnreadable(str(self.folder), fault_name(fault)) from fault
        found = (self.publisher(name) for name in names)
        return tuple(lists for lists in found if lists is not None)

    def publisher(self, fingerprint: str) -> SignedLists | None:
        """Return the lists of a publisher; None when it is not known. Raises: TrustStateDamaged, FileUnreadable."""
        path = self._file(fingerprint)
        content = self._read(path)
        if content is None:
            return None
        try:
            lists = _decoded(content)
        except ValueError as error:
            raise TrustStateDamaged(str(path)) from error
        if lists.fingerprint != fingerprint:
            raise TrustStateDamaged(str(path))
        return lists

    def keep(self, lists: SignedLists) -> None:
        """Remember the lists of a publisher, unless newer ones are remembered (another window may have been faster).

        Raises: TrustStateDamaged, DiskFull, FileUnwritable.
        """
        known = self.publisher(lists.fingerprint)
        if known is None or _age(known) <= _age(lists):
            write_beside(self._file(lists.fingerprint), canonical_bytes(_encoded(lists)), self.disk)

    @property
    def seen(self) -> datetime:
        """The newest signed time seen outside the lists; a broken note counts as none."""
        with suppress(ValueError, TypeError, KeyError):
            value = parse(self._read(self.folder / _FLOOR_FILE) or b"{}")
            moment = datetime.fromisoformat(str(value["seen"])) if isinstance(value, dict) else BEGINNING
            return moment if moment.tzinfo is not None else BEGINNING
        return BEGINNING

    def raise_floor(self, moment: datetime) -> None:
        """Remember a signed time (aware) that was verified: of a timestamp, of a revocation list.

        Raises: DiskFull, FileUnwritable.
        """
        if moment > self.seen:
            note = canonical_bytes({"seen": moment.isoformat()})
            write_beside(self.folder / _FLOOR_FILE, note, self.disk)

    def copy(self) -> bytes:
        """Return everything as one content for a workspace. Raises: TrustStateDamaged, FileUnreadable."""
        publishers: list[Json] = [_encoded(lists) for lists in self.publishers()]
        return canonical_bytes({"format": FORMAT, "publishers": publishers, "seen": self.seen.isoformat()})

    def take_back(self, copy: bytes, home: bytes, now: datetime) -> tuple[SignedLists, ...]:
        """Take from a copy what is newer; return the publishers it names that have to be confirmed anew.

        `home` is the root shipped with the program. What is broken here is set aside first.

        Raises: TrustStateDamaged, DiskFull, FileUnwritable.
        """
        strangers = []
        publishers, seen = _decoded_copy(copy)
        for theirs in publishers:
            own = self._sound(theirs.fingerprint)
            if own is None and theirs.fingerprint == fingerprint_of(home):
                own = SignedLists((home,))
            if own is None:
                strangers.append(theirs)
                continue
            with suppress(Untrusted, Damaged, Refused):  # older or forged: what is here stays
                walk = Walk(own, BEGINNING)
                walk.follow(lists_source(theirs))
                self.keep(walk.lists)
        self.raise_floor(min(seen, now))
        return tuple(strangers)

    # ---------------------------------------------------------------- files

    def _file(self, fingerprint: str) -> Path:
        return self.folder / f"{fingerprint}.json"

    def _sound(self, fingerprint: str) -> SignedLists | None:
        """Return what is known of a publisher; set it aside when it is broken."""
        try:
            return self.publisher(fingerprint)
        except TrustStateDamaged:
            path = self._file(fingerprint)
            self.disk.rename(path, path.with_suffix(".broken"))
            return None

    def _read(self, path: Path) -> bytes | None:
        try:
            with open_file(path) as file:
                content = file.read(LARGEST + 1)
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise FileUnreadable(str(path), fault_name(fault)) from fault
        if len(content) > LARGEST:
            raise TrustStateDamaged(str(path))
        return content


def _age(lists: SignedLists) -> tuple[int, int]:
    """Order two states of one publisher: roots first, because a new root may start the other numbers anew."""
    timestamp = read_list(TIMESTAMP, lists.timestamp).version if lists.timestamp else 0
    return read_root(lists.roots[-1]).version, timestamp


def _encoded(lists: SignedLists) -> dict[str, Json]:
    return {"format": FORMAT, "lists": to_json(lists)}


def _decoded(content: bytes) -> SignedLists:
    return _decoded_value(parse(content))


def _decoded_value(value: Json) -> SignedLists:
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ValueError(FORMAT)
    return from_json(value.get("lists"))


def _decoded_copy(copy: bytes) -> tuple[list[SignedLists], datetime]:
    try:
        value = parse(copy)
        publishers = value.get("publishers") if isinstance(value, dict) else None
        seen = datetime.fromisoformat(str(value.get("seen") if isinstance(value, dict) else None))
        sound = isinstance(publishers, list) and seen.tzinfo is not None
        lists = (
            [_decoded_value(each) for each in publishers] if sound and isinstance(publishers, list) else None
        )
    except ValueError as error:
        raise TrustStateDamaged("") from error
    if lists is None:
        raise TrustStateDamaged("")
    return lists, seen
