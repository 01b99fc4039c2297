"""Take packs in from a repository: whose it is, whether its lists hold, and then pack by pack.

Rules:
* The first root of a source says whose it is. The root shipped with the program and those that were confirmed are
  trusted; any other is refused with its fingerprint, and a `Confirmation` of exactly that fingerprint lets it in.
* A fault of the lists, or a pack that is not what its list says, refuses the whole source: somebody tampered with it.
* A pack that cannot be used (its rules too new, its examples fail, its version is here with other content) is refused
  alone; the others are taken in.
* What came by hand is never refused for its age: the age is told. What a server hands out today must be fresh.
* Nothing here writes packs anywhere; only what is known of the publisher is remembered.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ntm_desktop.errors import NtmError, Refused, Untrusted
from ntm_desktop.packs.repository.clock import Clock
from ntm_desktop.packs.repository.judge import PackJudge, PacksHere
from ntm_desktop.packs.repository.layout import ROOT, TIMESTAMP, largest_list, list_file
from ntm_desktop.packs.repository.lists import SignedLists, fingerprint_of
from ntm_desktop.packs.repository.notices import Notice, NoticeKind
from ntm_desktop.packs.repository.proof import Publisher, proof_of, publisher_of
from ntm_desktop.packs.repository.reading import BEGINNING, issued_at, name_of, read_list, read_root
from ntm_desktop.packs.repository.refusals import (
    ListExpired,
    UnknownPublisher,
    WrongConfirmation,
    WrongPackName,
)
from ntm_desktop.packs.repository.rules import ListedPack, ListedProgram, Walk, newest
from ntm_desktop.packs.repository.sources import Source, require, require_listed
from ntm_desktop.packs.repository.state import TrustStore
from ntm_desktop.packs.trust_pack import load_trust


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An officer's word that the fingerprint is the publisher's, compared on another way than the packs came."""

    fingerprint: str
    """Hexadecimal; spaces and capitals do not matter."""

    @property
    def plain(self) -> str:
        """The fingerprint as the program writes it."""
        return "".join(self.fingerprint.split()).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmittedPack:
    """A pack that may be used, with the proof of who published it."""

    id: str
    version: str
    sha256: str
    squeezed: bytes
    """Its bytes, made small: a bundle may bring many versions, and all of them wait until somebody decides."""
    publisher: Publisher
    proof: bytes
    """For the dossiers made with it; `proof.prove` reads it."""

    @property
    def content(self) -> bytes:
        """Return the bytes of the pack."""
        return zlib.decompress(self.squeezed)


@dataclass(frozen=True, slots=True)
class RefusedPack:
    """A pack that was left out, and why."""

    id: str
    version: str
    reason: NtmError


@dataclass(frozen=True, slots=True)
class Admitted:
    """What a source brought."""

    packs: tuple[AdmittedPack, ...]
    """Those that are not here yet, in the order of their paths."""
    warnings: tuple[Notice, ...]
    refused: tuple[RefusedPack, ...]
    publisher: Publisher
    programs: tuple[ListedProgram, ...] = ()
    """Versions of this program that it lists too; whether they may run is not judged here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What must be known to take packs in."""

    store: TrustStore
    home: bytes
    """The first root (version 1) of the publisher that is shipped with the program."""
    built: datetime
    """When the program was built, aware."""
    here: PacksHere

    def admit(self, source: Source, now: datetime, confirmation: Confirmation | None = None) -> Admitted:
        """Take in what a source brings and remember its lists. `now` is the PC's clock, aware.

        Raises: UnknownPublisher, WrongConfirmation, WrongSignature, Tampered, RolledBack, ListExpired,
        ListUnreadable, UnknownListFormat, PartTooLarge, PartMissing, BundleDamaged, TrustStateDamaged, Unavailable.
        """
        walk, notices = self.follow(source, now, confirmation)
        judge = PackJudge(source, walk, self.here)
        packs, refused = [], []
        proofs: dict[str, bytes] = {}
        for listed in judge.new():
            content = judge.content(listed)
            try:
                judge.require_usable(listed, content)
            except (Refused, Untrusted) as reason:
                refused.append(RefusedPack(listed.name.id, listed.name.version, reason))
                continue
            province = listed.name.province
            if province not in proofs:  # one for all packs of a list: it names them all
                proofs[province] = proof_of(walk.lists, province)
            packs.append(_admitted(walk, listed, content, proofs[province]))
        self.store.keep(walk.lists)
        owner = Publisher(walk.lists.fingerprint, walk.publisher)
        return Admitted(tuple(packs), notices, tuple(refused), owner, walk.programs())

    def follow(
        self, source: Source, now: datetime, confirmation: Confirmation | None = None
    ) -> tuple[Walk, tuple[Notice, ...]]:
        """Return the lists of a source, checked, and what has to be told of them. Raises as `admit`."""
        base = self._base(source, confirmation)
        walk, expired = self._walked(source, base, now)
        return walk, tuple(self._notices(walk, Clock(now, self.floor(walk.lists)), expired))

    def admit_trust(
        self, source: Source, now: datetime, confirmation: Confirmation | None = None
    ) -> Admitted:
        """Take in the newest of each trust pack a source brings, and remember its lists. Raises as `admit`."""
        walk, notices = self.follow(source, now, confirmation)
        packs, refused = [], []
        listed_packs = walk.trust_packs()
        for listed in newest(listed_packs, {one.name.id for one in listed_packs}).values():
            content = require_listed(source, listed.name.path, listed.sha256, listed.size)
            try:
                found = load_trust(content)
                if (found.id, found.version) != (listed.name.id, listed.name.version):
                    raise WrongPackName(listed.name.path, found.id, found.version)
            except Untrusted as reason:
                refused.append(RefusedPack(listed.name.id, listed.name.version, reason))
                continue
            packs.append(_admitted(walk, listed, content, b""))
        self.store.keep(walk.lists)
        self.store.raise_floor(walk.issued)
        return Admitted(
            tuple(packs), notices, tuple(refused), Publisher(walk.lists.fingerprint, walk.publisher)
        )

    def floor(self, lists: SignedLists | None = None) -> datetime:
        """Return a time that has certainly passed; with the lists of a publisher also by what it signed."""
        issued = BEGINNING
        if lists is not None and lists.timestamp:
            issued = issued_at(read_list(list_file(TIMESTAMP), lists.timestamp))
        return max(self.built, self.store.seen, issued)

    def _base(self, source: Source, confirmation: Confirmation | None) -> SignedLists:
        """Return the lists to start from: those that are remembered, or a first root that may be trusted."""
        file = list_file(ROOT, 1)
        first = require(source, file, largest_list(ROOT))
        fingerprint = fingerprint_of(first)
        known = self.store.publisher(fingerprint)
        if known is not None:
            return known
        if fingerprint != fingerprint_of(self.home):
            if confirmation is None:
                raise UnknownPublisher(fingerprint, name_of(read_root(first)))
            if confirmation.plain != fingerprint:
                raise WrongConfirmation(fingerprint, confirmation.plain)
        return SignedLists((first,))

    def _walked(self, source: Source, base: SignedLists, now: datetime) -> tuple[Walk, NoticeKind | None]:
        """Follow the lists; what came by hand gets a second chance at the floor and a third outside of time."""
        floor = self.floor(base)
        attempts: list[tuple[datetime, NoticeKind | None]] = [(Clock(now, floor).time, None)]
        if source.carried:
            attempts += [(floor, NoticeKind.LIST_OLD), (BEGINNING, NoticeKind.LIST_EXPIRED)]
        fault: ListExpired | None = None
        for at, told in attempts:
            walk = Walk(base, at)
            try:
                walk.follow(source)
            except ListExpired as expired:
                fault = expired
                self._remember(walk, base)
            except (Untrusted, Refused):
                self._remember(walk, base)
                raise
            else:
                return walk, told
        raise fault or AssertionError(attempts)

    def _remember(self, walk: Walk, base: SignedLists) -> None:
        """Keep what was verified before a fault, of publishers that were known already."""
        if self.store.publisher(base.fingerprint) is not None:
            self.store.keep(walk.lists)

    def _notices(self, walk: Walk, clock: Clock, expired: NoticeKind | None) -> Iterator[Notice]:
        today, floor = clock.now.date().isoformat(), clock.floor.date().isoformat()
        if clock.behind:
            yield Notice(kind=NoticeKind.CLOCK_BEHIND, today=today, floor=floor)
        if expired is not None:
            issued = walk.issued
            yield Notice(
                kind=expired,
                today=today,
                floor=floor,
                issued_on="" if issued == BEGINNING else issued.date().isoformat(),
                months=clock.months_since(issued),
            )
        for province in walk.lapsed:
            named = walk.province_name(province)
            yield Notice(kind=NoticeKind.PROVINCE_LAPSED, today=today, floor=floor, province=named)


def _admitted(walk: Walk, listed: ListedPack, content: bytes, proof: bytes) -> AdmittedPack:
    return AdmittedPack(
        id=listed.name.id,
        version=listed.name.version,
        sha256=listed.sha256,
        squeezed=zlib.compress(content, 1),
        publisher=publisher_of(walk, listed),
        proof=proof,
    )
