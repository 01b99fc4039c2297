"""The lists of a publisher's own repository while they are changed: read and checked, given new numbers, signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from ntm_desktop.errors import Refused
from ntm_desktop.packs.repository.beside import write_beside
from ntm_desktop.packs.repository.keys import KeyFolder, OpenedKey
from ntm_desktop.packs.repository.layout import ROOT, SNAPSHOT, TARGETS, TIMESTAMP, largest_list, list_file
from ntm_desktop.packs.repository.lists import SignedLists
from ntm_desktop.packs.repository.reading import BEGINNING, ISSUED_FIELD
from ntm_desktop.packs.repository.refusals import Tampered
from ntm_desktop.packs.repository.rules import Walk
from ntm_desktop.packs.repository.sources import FolderSource, require

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Role, Root, Snapshot, Targets, Timestamp

    _S = TypeVar("_S", Root, Snapshot, Targets, Timestamp)

ROOT_LIFE: Final = timedelta(days=3650)
TARGETS_LIFE: Final = timedelta(days=3 * 365)
SNAPSHOT_LIFE: Final = timedelta(days=400)
"""Signed by hand, off line: once a year, with time to be late."""
_LIVES: Final = {ROOT: ROOT_LIFE, TARGETS: TARGETS_LIFE, SNAPSHOT: SNAPSHOT_LIFE, TIMESTAMP: SNAPSHOT_LIFE}


@dataclass(eq=False)
class TooFewKeys(Refused):
    """Say that not enough keys of a role were opened."""

    role: str
    needed: int
    given: int

    code: ClassVar[str] = "pack_too_few_keys"
    what: ClassVar[str] = "{needed} keys must sign the list {role}; the passphrases of {given} were given."
    safe: ClassVar[str] = "The repository was not changed."
    next_step: ClassVar[str] = "Bring the keepers of the keys together and give their passphrases."


@dataclass(eq=False)
class PublisherClockBehind(Refused):
    """Say that something was signed later than the clock says it is now."""

    today: str
    issued_on: str

    code: ClassVar[str] = "pack_publisher_clock_behind"
    what: ClassVar[str] = "The clock says {today}, but the repository was last signed on {issued_on}."
    safe: ClassVar[str] = "The repository was not changed."
    next_step: ClassVar[str] = "Set the clock of this computer, then publish."


@dataclass(slots=True)
class Books:
    """The newest lists of a repository that was checked from its first root to its last pack list."""

    repo: Path
    keys: KeyFolder
    now: datetime
    root: Metadata[Root]
    targets: Metadata[Targets]
    snapshot: Metadata[Snapshot]
    timestamp: Metadata[Timestamp]
    provinces: dict[str, Metadata[Targets]] = field(default_factory=dict)
    also: dict[str, list[OpenedKey]] = field(default_factory=dict)
    """Keys that sign besides, by role: those being replaced, so that the lists hold under the old root too."""

    # ---------------------------------------------------------------- signing

    def sign(self, role: str, metadata: Metadata[_S]) -> None:
        """Give a list its time to live and the signatures its delegator wants.

        Raises: TooFewKeys, WrongPassword, NotALockedKey, FileUnreadable.
        """
        delegated = self._role(role)
        metadata.signed.expires = self.now + _LIVES.get(role, TARGETS_LIFE)
        metadata.signatures.clear()
        add_signatures(metadata, self.open(delegated.keyids))
        if len(metadata.signatures) < delegated.threshold:
            raise TooFewKeys(role, delegated.threshold, len(metadata.signatures))
        add_signatures(metadata, self.also.get(role, ()))

    def open(self, keyids: Iterable[str]) -> list[OpenedKey]:
        """Open those of the keys whose files and passphrases are at hand."""
        names = self.keys.by_id()
        wanted = sorted(names[each] for each in keyids if each in names)
        return [self.keys.open(name) for name in wanted if name in self.keys.passphrases]

    def at_hand(self, role: str) -> bool:
        """Tell whether the passphrase of a key of a role was given."""
        names = self.keys.by_id()
        return any(names.get(each) in self.keys.passphrases for each in self._role(role).keyids)

    def require(self, role: str) -> None:
        """See to it that a role can be signed before anything is written. Raises: TooFewKeys."""
        if not self.at_hand(role):
            raise TooFewKeys(role, self._role(role).threshold, 0)

    def write(self, role: str, metadata: Metadata[_S]) -> None:
        """Write a signed list. Raises: DiskFull, FileUnwritable."""
        version = None if role == TIMESTAMP else metadata.signed.version
        write_beside(self.repo / list_file(role, version), metadata.to_bytes(), self.keys.disk)

    def close(self) -> None:
        """Sign and write a new snapshot of the lists, then the timestamp that makes it the newest.

        Raises: TooFewKeys, WrongPassword, NotALockedKey, DiskFull, FileUnwritable, FileUnreadable.
        """
        from tuf.api.metadata import MetaFile

        meta = self.snapshot.signed.meta
        for role, metadata in ((TARGETS, self.targets), *self.provinces.items()):
            content = metadata.to_bytes()
            meta[f"{role}.json"] = MetaFile.from_data(metadata.signed.version, content, ["sha256"])
        self.snapshot.signed.version += 1
        self.sign(SNAPSHOT, self.snapshot)
        content = self.snapshot.to_bytes()
        described = MetaFile.from_data(self.snapshot.signed.version, content, ["sha256"])
        self.timestamp.signed.snapshot_meta = described
        self.timestamp.signed.version += 1
        self.timestamp.signed.unrecognized_fields[ISSUED_FIELD] = self.now.isoformat()
        self.sign(TIMESTAMP, self.timestamp)
        self.write(SNAPSHOT, self.snapshot)
        self.write(TIMESTAMP, self.timestamp)

    def _role(self, role: str) -> Role:
        top = self.root.signed.roles.get(role)
        return top if top is not None else self.targets.signed.get_delegated_role(role)


def add_signatures(metadata: Metadata[_S], keys: Iterable[OpenedKey]) -> None:
    """Sign a list with each of the keys."""
    for key in keys:
        metadata.signatures[key.public_key.keyid] = key.sign(metadata.signed_bytes)


def open_books(repo: Path, keys: KeyFolder, now: datetime) -> Books:
    """Read the lists of a repository and check them as a stranger would, but for their age.

    Raises: PublisherClockBehind, PartMissing, and what `Walk.follow` raises.
    """
    from tuf.api.metadata import Metadata

    now = now.replace(microsecond=0)
    source = FolderSource(repo)
    first = require(source, list_file(ROOT, 1), largest_list(ROOT))
    walk = Walk(SignedLists((first,)), BEGINNING)
    walk.follow(source)
    if now < walk.issued:
        raise PublisherClockBehind(now.date().isoformat(), walk.issued.date().isoformat())
    lists = walk.lists
    return Books(
        repo,
        keys,
        now,
        Metadata.from_bytes(lists.roots[-1]),
        Metadata.from_bytes(lists.targets),
        Metadata.from_bytes(lists.snapshot),
        Metadata.from_bytes(lists.timestamp),
        {name: Metadata.from_bytes(content) for name, content in lists.provinces.items()},
    )


def take_up_staged(books: Books, province: str) -> None:
    """Take up a list that a province signed since the last snapshot. Raises: Tampered, PartTooLarge, FileUnreadable."""
    from tuf.api.exceptions import RepositoryError
    from tuf.api.metadata import Metadata

    source = FolderSource(books.repo)
    while True:
        known = books.provinces.get(province)
        version = known.signed.version + 1 if known else 1
        file = list_file(province, version)
        content = source.read(file, largest_list(province))
        if content is None:
            return
        try:
            staged: Metadata[Targets] = Metadata.from_bytes(content)
            books.targets.signed.verify_delegate(province, staged.signed_bytes, staged.signatures)
        except RepositoryError as error:
            raise Tampered(file) from error
        if staged.signed.version != version or staged.signed.type != TARGETS:
            raise Tampered(file)
        books.provinces[province] = staged
