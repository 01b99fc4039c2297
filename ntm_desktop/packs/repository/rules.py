"""Which lists of a repository are believed, in which order, and what each failure means.

The rules themselves are python-tuf's: signatures, thresholds, rollback, mix and match, expiry. Its `Updater` has no
public way to say what time it is, nor to keep the state in memory, so its inner class is driven here in the same
order; the version of tuf is pinned exactly and tests hold every attack against it (decision 0005).

Order, from the TUF specification 1.0, section 5:
* root n, n+1, ... each signed by the one before and by itself, until there is no next one;
* timestamp, never older than the one known, unless a new root took the old one's key away;
* snapshot, then targets, then each province's list: sizes, hashes and versions as the list before says.
* What was verified is kept (`Walk.lists`) even when a later list is refused.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ntm_desktop.packs.repository.layout import (
    FILES,
    LARGEST_PACK,
    LARGEST_PROGRAM,
    MOST_PACKS,
    MOST_PROVINCES,
    MOST_ROOTS,
    PROGRAM,
    ROOT,
    SNAPSHOT,
    TARGETS,
    TIMESTAMP,
    PackName,
    is_province,
    largest_list,
    list_file,
    pack_name,
    program_path,
    program_version,
    trust_name,
)
from ntm_desktop.packs.repository.lists import SignedLists
from ntm_desktop.packs.repository.reading import (
    NAME_FIELD,
    RUNTIME_FIELD,
    issued_at,
    name_of,
    plain_text,
    read_list,
    read_root,
)
from ntm_desktop.packs.repository.refusals import (
    ListExpired,
    ListUnreadable,
    RolledBack,
    Tampered,
    WrongSignature,
)
from ntm_desktop.packs.repository.sources import ListsSource, Source, require

if TYPE_CHECKING:
    from tuf.api.metadata import Delegations, MetaFile, Signed, Snapshot, TargetFile, Targets, Timestamp
    from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet

_HEX_DIGITS: Final = 64
_Older = Callable[["Signed"], tuple[int, int] | None]
"""Number found and number known where a list is older than the known one, else None."""


@dataclass(frozen=True, slots=True)
class ListedPack:
    """What the signed lists say of one pack."""

    name: PackName
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class ListedProgram:
    """What the signed lists say of one version of the program."""

    version: str
    runtime: str
    """The runtime it needs; empty where the list does not say."""
    sha256: str
    size: int

    @property
    def path(self) -> str:
        """The path under which the list names it."""
        return program_path(self.version)


def newest(packs: Iterable[ListedPack], ids: Collection[str]) -> dict[str, ListedPack]:
    """Return the newest version of each of the sets, by id; those that are not listed are left out."""
    found: dict[str, ListedPack] = {}
    for pack in sorted(packs, key=lambda pack: pack.name.numbers):
        if pack.name.id in ids:
            found[pack.name.id] = pack
    return found


class Walk:
    """Go through the lists of one publisher, first those that are kept, then those of a source."""

    def __init__(self, kept: SignedLists, at: datetime) -> None:
        """Start from roots that are already trusted. Raises: ListUnreadable, WrongSignature, Tampered."""
        from tuf.api.exceptions import RepositoryError
        from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet
        from tuf.ngclient.config import EnvelopeType

        logging.getLogger("tuf").setLevel(logging.CRITICAL + 1)
        logging.getLogger("securesystemslib").setLevel(logging.CRITICAL + 1)
        self.lists = kept
        self.lapsed: tuple[str, ...] = ()
        """Provinces whose lists have expired; their packs are left out."""
        first, *others = kept.roots
        read_root(first)
        try:
            self._trusted: TrustedMetadataSet = TrustedMetadataSet(first, EnvelopeType.METADATA)
        except RepositoryError:
            raise WrongSignature(list_file(ROOT)) from None
        self._trusted.reference_time = at
        for root in others:
            self._accept_root(root)

    @property
    def root_version(self) -> int:
        """The number of the newest trusted root."""
        return int(self._trusted.root.version)

    @property
    def publisher(self) -> str:
        """What the publisher calls itself in its newest root."""
        return name_of(self._trusted.root)

    @property
    def issued(self) -> datetime:
        """When the timestamp was signed, UTC; `BEGINNING` when it does not say."""
        return issued_at(self._trusted.timestamp)

    def follow(self, source: Source, *, province: str | None = None) -> None:
        """Load the lists of a source; of the provinces' lists all, or only that of the one named (empty: none).

        Raises: WrongSignature, Tampered, RolledBack, ListExpired, ListUnreadable, UnknownListFormat, PartTooLarge,
        PartMissing, Unavailable.
        """
        self._follow_roots(source)
        self._follow_timestamp(source)
        self._follow_snapshot(source)
        self._follow_targets(source)
        self._follow_provinces(source, self._provinces() if province is None else (province,))

    def files(self) -> dict[str, str]:
        """Return where the lists that were followed lie, roots left out, by their roles."""
        meta = self._trusted.snapshot.meta
        numbered = {SNAPSHOT: self._trusted.snapshot.version, TARGETS: meta[f"{TARGETS}.json"].version}
        numbered |= {province: meta[f"{province}.json"].version for province in self.lists.provinces}
        return {TIMESTAMP: list_file(TIMESTAMP)} | {
            role: list_file(role, version) for role, version in numbered.items()
        }

    def packs(self) -> tuple[ListedPack, ...]:
        """Return every pack of the lists that were followed, in the order of their paths."""
        found = list(self._packs_of(self._trusted.targets, ""))
        for province in self._provinces():
            if province in self._trusted:
                found += self._packs_of(self._list_of(province), province)
        if len(found) > MOST_PACKS:
            raise ListUnreadable(list_file(TARGETS), "too_many_packs")
        return tuple(sorted(found, key=lambda pack: pack.name.path))

    def programs(self) -> tuple[ListedProgram, ...]:
        """Return every version of the program, in the order of their paths; only the role for it lists any."""
        delegations = self._delegations()
        role = (delegations.roles or {}).get(PROGRAM) if delegations else None
        if role is None or PROGRAM not in self._trusted:
            return ()
        return tuple(
            _listed_program(path, target)
            for path, target in sorted(self._list_of(PROGRAM).targets.items())
            if role.is_delegated_path(path) and program_version(path)
        )

    def trust_packs(self) -> tuple[ListedPack, ...]:
        """Return the trust packs of the publisher's own list; whom a province lets in it cannot say."""
        named = ((trust_name(path), target) for path, target in self._trusted.targets.targets.items())
        found = [_listed(name, target) for name, target in named if name is not None]
        return tuple(sorted(found, key=lambda pack: pack.name.path))

    def province_name(self, province: str) -> str:
        """Return what the publisher calls a province it lets in."""
        delegations = self._delegations()
        role = (delegations.roles or {}).get(province) if delegations else None
        return province if role is None else plain_text(role.unrecognized_fields.get(NAME_FIELD)) or province

    # ---------------------------------------------------------------- roots

    def _follow_roots(self, source: Source) -> None:
        for version in range(self.root_version + 1, self.root_version + 1 + MOST_ROOTS):
            file = list_file(ROOT, version)
            content = source.read(file, largest_list(ROOT))
            if content is None:
                return
            self._accept_root(content)
            self.lists = replace(self.lists, roots=(*self.lists.roots, content))

    def _accept_root(self, content: bytes) -> None:
        file = list_file(ROOT, self.root_version + 1)
        with self._judged(file, content):
            self._trusted.update_root(content)

    # ---------------------------------------------------------------- lists of the publisher

    def _follow_timestamp(self, source: Source) -> None:
        from tuf.api.exceptions import EqualVersionNumberError, RepositoryError

        if self.lists.timestamp:
            with suppress(
                RepositoryError
            ):  # expired, or its key is no longer the publisher's: a new one decides
                self._trusted.update_timestamp(self.lists.timestamp)
        file = list_file(TIMESTAMP)
        content = require(source, file, largest_list(TIMESTAMP))
        with self._judged(file, content, self._older_timestamp()), suppress(EqualVersionNumberError):
            self._trusted.update_timestamp(content)
            self.lists = replace(self.lists, timestamp=content)

    def _follow_snapshot(self, source: Source) -> None:
        from tuf.api.exceptions import RepositoryError

        if self.lists.snapshot:
            with suppress(RepositoryError):
                self._trusted.update_snapshot(self.lists.snapshot, trusted=True)
                return
        described = self._trusted.timestamp.snapshot_meta
        content = self._read(source, SNAPSHOT, described)
        with self._judged(list_file(SNAPSHOT, described.version), content, self._older_parts()):
            self._trusted.update_snapshot(content)
        self.lists = replace(self.lists, snapshot=content)

    def _follow_targets(self, source: Source) -> None:
        content = self._load(source, TARGETS, ROOT)
        self.lists = replace(self.lists, targets=content)

    def _follow_provinces(self, source: Source, names: tuple[str, ...]) -> None:
        provinces = {}
        for province in names:
            if f"{province}.json" not in self._trusted.snapshot.meta:
                continue  # let in, but has not published yet
            try:
                provinces[province] = self._load(source, province, TARGETS)
            except ListExpired:
                self.lapsed = (*self.lapsed, province)
                provinces[province] = self.lists.of(province)
        self.lists = replace(self.lists, provinces={name: each for name, each in provinces.items() if each})

    def _load(self, source: Source, role: str, delegator: str) -> bytes:
        """Load the list of packs of a role, the kept one if it is still the one that is meant."""
        from tuf.api.exceptions import RepositoryError

        kept = self.lists.of(role)
        if kept:
            with suppress(RepositoryError):
                self._trusted.update_delegated_targets(kept, role, delegator)
                return kept
        described = self._trusted.snapshot.meta.get(f"{role}.json")
        if described is None:
            raise Tampered(list_file(SNAPSHOT))
        content = self._read(source, role, described)
        with self._judged(list_file(role, described.version), content):
            self._trusted.update_delegated_targets(content, role, delegator)
        return content

    def _read(self, source: Source, role: str, described: MetaFile) -> bytes:
        """Read a list and compare it with its description before anything in it is looked at."""
        from tuf.api.exceptions import LengthOrHashMismatchError

        largest = largest_list(role)
        file = list_file(role, described.version if self._trusted.root.consistent_snapshot else None)
        content = require(source, file, min(described.length or largest, largest))
        try:
            described.verify_length_and_hashes(content)
        except LengthOrHashMismatchError:
            raise Tampered(file) from None
        return content

    # ---------------------------------------------------------------- what the lists say

    def _delegations(self) -> Delegations | None:
        return self._trusted.targets.delegations

    def _list_of(self, role: str) -> Targets:
        listed: Targets = self._trusted[role]  # type: ignore[assignment]  # a delegation holds targets only
        return listed

    def _provinces(self) -> tuple[str, ...]:
        delegations = self._delegations()
        names = tuple((delegations.roles or {}) if delegations else ())
        if len(names) > MOST_PROVINCES or not all(map(is_province, names)):
            raise ListUnreadable(list_file(TARGETS), "provinces")
        return names

    def _packs_of(self, listed: Targets, province: str) -> Iterator[ListedPack]:
        delegations = self._delegations()
        for path, target in listed.targets.items():
            name = pack_name(path)
            if name is None:
                continue  # other things may be published beside packs
            if province:
                role = (delegations.roles or {}).get(province) if delegations else None
                if role is None or name.province != province or not role.is_delegated_path(path):
                    raise Tampered(f"{FILES}/{path}")
            yield _listed(name, target)

    # ---------------------------------------------------------------- what a failure means

    def _older_timestamp(self) -> _Older | None:
        if TIMESTAMP not in self._trusted:
            return None
        known = self._trusted.timestamp

        def older(found: Signed) -> tuple[int, int] | None:
            parts: Timestamp = found  # type: ignore[assignment]  # tuf has seen to its type
            if found.version < known.version:
                return found.version, known.version
            versions = parts.snapshot_meta.version, known.snapshot_meta.version
            return versions if versions[0] < versions[1] else None

        return older

    def _older_parts(self) -> _Older:
        known = dict(self._trusted.snapshot.meta) if SNAPSHOT in self._trusted else {}

        def older(found: Signed) -> tuple[int, int] | None:
            parts: Snapshot = found  # type: ignore[assignment]  # tuf has seen to its type
            for name, before in known.items():
                now = parts.meta.get(name)
                if now is not None and now.version < before.version:
                    return now.version, before.version
            return None

        return older

    @contextmanager
    def _judged(self, file: str, content: bytes, older: _Older | None = None) -> Iterator[None]:
        """Turn what tuf raises into what an officer is told."""
        from tuf.api.exceptions import (
            BadVersionNumberError,
            ExpiredMetadataError,
            RepositoryError,
            UnsignedMetadataError,
        )

        found = read_list(file, content)
        try:
            yield
        except UnsignedMetadataError:
            raise WrongSignature(file) from None
        except ExpiredMetadataError:
            raise self._expired(file, found) from None
        except BadVersionNumberError:
            versions = older(found) if older else None
            raise (RolledBack(file, *versions) if versions else Tampered(file)) from None
        except RepositoryError:
            raise Tampered(file) from None

    def _expired(self, file: str, found: Signed) -> ListExpired:
        """Name the list that has expired; it may be one before the list that was being loaded."""
        now = self._trusted.reference_time
        before = [(list_file(signed.type), signed) for signed in self._trusted if signed.is_expired(now)]
        file, expired = (*before, (file, found))[0]
        return ListExpired(file, expired.expires.date().isoformat(), now.date().isoformat())


def lists_source(lists: SignedLists) -> ListsSource:
    """Return lists as a source of their own. Raises: ListUnreadable, UnknownListFormat."""
    return ListsSource(lists, {read_root(each).version: each for each in lists.roots})


def _listed(name: PackName, target: TargetFile) -> ListedPack:
    return ListedPack(name, _sha256_of(target, name.path, LARGEST_PACK), target.length)


def _listed_program(path: str, target: TargetFile) -> ListedProgram:
    sha256 = _sha256_of(target, path, LARGEST_PROGRAM)
    custom = target.custom
    runtime = custom.get(RUNTIME_FIELD) if isinstance(custom, dict) else None
    return ListedProgram(program_version(path), plain_text(runtime), sha256, target.length)


def _sha256_of(target: TargetFile, path: str, largest: int) -> str:
    sha256 = target.hashes.get("sha256", "")
    if len(sha256) != _HEX_DIGITS or not 0 < target.length <= largest:
        raise Tampered(f"{FILES}/{path}")
    return sha256.lower()
