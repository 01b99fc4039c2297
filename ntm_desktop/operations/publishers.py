"""Whom this user believes, where packs come from, and what of a source may be used.

What is remembered of publishers is per user; a copy goes along in each workspace. Nothing here writes to a workspace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from typing_extensions import override

from ntm_desktop import __released__, settings
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.disk import fault_name
from ntm_desktop.errors import Cancelled, Damaged, FileUnreadable, Refused, Untrusted
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.sets import KnownVersion, SetLibrary, numbers
from ntm_desktop.packs.repository.admission import (
    Admission,
    Admitted,
    AdmittedPack,
    Confirmation,
    RefusedPack,
)
from ntm_desktop.packs.repository.bundle import open_bundle
from ntm_desktop.packs.repository.clock import Clock
from ntm_desktop.packs.repository.judge import KnownPack, PacksHere
from ntm_desktop.packs.repository.layout import ROOT, largest_list, list_file
from ntm_desktop.packs.repository.lists import SignedLists, fingerprint_of
from ntm_desktop.packs.repository.notices import Notice, NoticeKind, told
from ntm_desktop.packs.repository.proof import Publisher, prove, published_packs
from ntm_desktop.packs.repository.reading import BEGINNING, name_of, read_root
from ntm_desktop.packs.repository.refusals import UnknownPublisher, WrongConfirmation
from ntm_desktop.packs.repository.rules import Walk
from ntm_desktop.packs.repository.sources import Fetch, FetchedSource, FolderSource, Source, require
from ntm_desktop.packs.repository.state import TrustStore
from ntm_desktop.packs.shipped import known_packs, shipped_register_packs, shipped_root
from ntm_desktop.transfer.download import downloads

__all__ = [
    "Admitted",
    "AdmittedPack",
    "Believed",
    "Fetch",
    "KnownPublisher",
    "Notice",
    "NoticeKind",
    "Pace",
    "Publisher",
    "RefusedPack",
    "UnknownPublisher",
    "admitted",
    "admitted_trust",
    "believed",
    "clock",
    "is_address",
    "known_publishers",
    "told",
    "trust_store",
]

HOME = "home"
"""Stands for the owner of the shipped packs in a program that came without the root of a publisher."""


@dataclass(slots=True)
class Pace:
    """How the reading of a source is told of and stopped."""

    tell: Callable[[int], None]
    """Is told how many bytes have been read."""
    cancelled: Callable[[], bool]
    read: int = 0

    def check(self) -> None:
        """Stop here when that was asked for. Raises Cancelled."""
        if self.cancelled():
            raise Cancelled

    def add(self, size: int) -> None:
        """Count what was read. Raises Cancelled."""
        self.read += size
        self.tell(self.read)
        self.check()


@dataclass(frozen=True, slots=True)
class _PacedSource:
    """A source whose reading is told of."""

    source: Source
    pace: Pace

    @property
    def carried(self) -> bool:
        return self.source.carried

    def read(self, name: str, limit: int) -> bytes | None:
        self.pace.check()
        content = self.source.read(name, limit)
        self.pace.add(len(content or b""))
        return content


@dataclass(frozen=True, slots=True)
class KnownPublisher:
    """A publisher whose packs are believed here."""

    fingerprint: str
    name: str
    shipped: bool
    """It came with the program; the others were confirmed by their fingerprints."""


def trust_store() -> TrustStore:
    """Return what this user remembers of publishers."""
    return TrustStore(settings.user_folder("data") / "publishers")


def known_publishers() -> tuple[KnownPublisher, ...]:
    """Return whom this user believes, the shipped publisher first. Raises TrustStateDamaged, FileUnreadable."""
    home = fingerprint_of(shipped_root()) if shipped_root() else ""
    lists = {one.fingerprint: one for one in trust_store().publishers()}
    if home and home not in lists:
        lists[home] = SignedLists((shipped_root(),))
    found = [
        KnownPublisher(one.fingerprint, name_of(read_root(one.roots[-1])), one.fingerprint == home)
        for one in lists.values()
    ]
    return tuple(sorted(found, key=lambda one: (not one.shipped, one.name)))


def is_address(source: Path | str) -> bool:
    """Say whether a source is on a server."""
    return str(source).startswith(("http://", "https://"))


@contextmanager
def opened(source: Path | str, fetch: Fetch | None = None, pace: Pace | None = None) -> Iterator[Source]:
    """Give the repository at a folder, in a one-file bundle, or at an address while it is open.

    An address is asked only because the officer named it; `fetch` reads it where given, else the line itself.

    Raises FileUnreadable, BundleDamaged, BundleHostile; reading raises what `transfer.Downloads` raises, Cancelled.
    """
    with ExitStack() as open_ones:
        found: Source
        if is_address(source):
            line = fetch or open_ones.enter_context(downloads(pace.cancelled if pace is not None else None))
            found = FetchedSource(str(source), line)
        else:
            found = open_ones.enter_context(_carried(Path(source)))
        yield found if pace is None else _PacedSource(found, pace)


@contextmanager
def _carried(path: Path) -> Iterator[Source]:
    try:
        is_folder = path.is_dir()
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
    if is_folder:
        yield FolderSource(path)
        return
    with open_bundle(path) as bundle:
        yield bundle


def admitted(
    desk: Desk,
    source: Path | str,
    *,
    confirmed: str = "",
    fetch: Fetch | None = None,
    pace: Pace | None = None,
) -> Admitted:
    """Return what of a source may be used in this workspace; what was learned of its publisher is remembered.

    `confirmed` is the fingerprint an officer compared. Safe in a job with a desk of its own. Raises UnknownPublisher,
    what `opened` and `Admission.admit` raise.
    """
    store, home, now = trust_store(), shipped_root(), desk.clock()
    copy = desk.workspace.shelf.trust()
    if copy:
        with suppress(Damaged):  # a broken copy teaches nothing; what this user remembers stays
            store.take_back(copy, home, now)
    admission = Admission(store=store, home=home, built=_released(), here=_here(desk, home))
    confirmation = Confirmation(confirmed) if confirmed else None
    with opened(source, fetch, pace) as one:
        return admission.admit(one, now, confirmation)


def admitted_trust(source: Path | str, *, confirmed: str = "", fetch: Fetch | None = None) -> Admitted:
    """Return the trust packs of a source, by the rules of `admitted`, without a workspace. Raises as it does."""
    store, home = trust_store(), shipped_root()
    here = PacksHere(fingerprint_of(home) if home else HOME, {}, {})
    admission = Admission(store=store, home=home, built=_released(), here=here)
    with opened(source, fetch) as one:
        return admission.admit_trust(one, clock().now, Confirmation(confirmed) if confirmed else None)


@dataclass(frozen=True, slots=True)
class Believed:
    """Whose packs are believed."""

    packs: Mapping[str, str]
    """Who published a pack, by the SHA-256 of its bytes."""
    publishers: tuple[SignedLists, ...]
    stranger: UnknownPublisher | None = None
    """The publisher of a source that was named, when nobody here believes it."""

    def prove(self, proof: bytes, sha256: str) -> str:
        """Return who published a pack as the proof beside it shows; empty when it shows nothing."""
        for lists in self.publishers:
            publisher = prove(proof, sha256, lists.roots[0], later_roots=lists.roots[1:])
            if publisher is not None:
                return publisher.title
        return ""


def believed(
    source: Path | str | None = None, *, confirmed: str = "", fetch: Fetch | None = None
) -> Believed:
    """Return whose packs are believed to judge a dossier by: the shipped ones, those this user knows, and a source's.

    Remembers nothing. Raises WrongConfirmation, what `opened` raises, and Untrusted when the lists of the source do not
    hold.
    """
    home = shipped_root()
    lists = {one.fingerprint: one for one in trust_store().publishers()}
    if home:
        lists.setdefault(fingerprint_of(home), SignedLists((home,)))
    stranger = None
    if source is not None:
        with opened(source, fetch) as one:
            followed = _followed(one, lists, confirmed)
        if isinstance(followed, UnknownPublisher):
            stranger = followed
        else:
            lists[followed.fingerprint] = followed
    names = {sha256: publisher.title for sha256, publisher in _published(lists).items()}
    return Believed({**names, **known_packs()}, tuple(lists.values()), stranger)


def _published(lists: Mapping[str, SignedLists]) -> Mapping[str, Publisher]:
    """Return what remembered lists name; one whose lists do not hold together says nothing."""
    found: dict[str, Publisher] = {}
    for one in lists.values():
        with suppress(Untrusted, Refused, Damaged):
            found |= published_packs((one,))
    return found


def _followed(
    source: Source, known: Mapping[str, SignedLists], confirmed: str
) -> SignedLists | UnknownPublisher:
    """Return the lists of a source whose publisher is known or was confirmed, else who it says it is."""
    first = require(source, list_file(ROOT, 1), largest_list(ROOT))
    fingerprint = fingerprint_of(first)
    if fingerprint not in known:
        if not confirmed:
            return UnknownPublisher(fingerprint, name_of(read_root(first)))
        if Confirmation(confirmed).plain != fingerprint:
            raise WrongConfirmation(fingerprint, Confirmation(confirmed).plain)
    walk = Walk(known.get(fingerprint) or SignedLists((first,)), BEGINNING)
    walk.follow(source)
    return walk.lists


def clock() -> Clock:
    """Return the PC's time, and the newest moment that has certainly passed: by the program, by signed times."""
    return Clock(datetime.now(UTC), max(_released(), trust_store().seen))


def _released() -> datetime:
    return datetime.fromisoformat(__released__).replace(tzinfo=UTC)


def _here(desk: Desk, home: bytes) -> PacksHere:
    """Return what is at hand: packs that came with a program belong to its own publisher."""
    owner = fingerprint_of(home) if home else HOME
    publications = desk.workspace.shelf.publications()
    versions = desk.library.versions()
    known = {
        name: KnownPack(one.sha256, publications[one.sha256].key if one.sha256 in publications else owner)
        for name, one in versions.items()
    }
    books = {name: KnownPack(sha256, owner) for name, sha256 in shipped_register_packs().items()}
    for set_id, version, sha256 in desk.workspace.shelf.registers():
        publication = publications.get(sha256)
        books[set_id, version] = KnownPack(sha256, owner if publication is None else publication.key)
    return PacksHere(owner, known | books, _AtHand(desk.library, versions))


class _AtHand(Mapping[str, CriterionSet]):
    """The newest version of each set at hand, read when it is asked for."""

    def __init__(self, library: SetLibrary, versions: Mapping[tuple[str, str], KnownVersion]) -> None:
        self._library = library
        ordered = sorted(versions.items(), key=lambda item: numbers(item[0][1]))
        self._newest = {set_id: one for (set_id, _version), one in ordered}

    @override
    def __getitem__(self, set_id: str) -> CriterionSet:
        return self._library.set_of(self._newest[set_id]).source

    @override
    def __contains__(self, set_id: object) -> bool:
        return set_id in self._newest

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._newest)

    @override
    def __len__(self) -> int:
        return len(self._newest)
