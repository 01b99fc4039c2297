"""Updates of this program: what a stick or an address offers, taking it in for the next start, and the way back.

Newer code is believed only of the publisher that came with the program; a program that came without one asks for the
fingerprint once, by itself: believing somebody's packs is not enough to run somebody's code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from ntm_desktop import __released__, __version__, launcher
from ntm_desktop.disk import Disk
from ntm_desktop.launcher import Installed, Pointer
from ntm_desktop.operations.publishers import Fetch, Notice, Pace, Publisher, opened, trust_store
from ntm_desktop.packs.program.refusals import (
    ForeignProgram,
    NoProgramThere,
    NothingToRollBack,
    NotInstalled,
    OtherRuntime,
    ProgramNotNewer,
    ProgramPublisherUnknown,
)
from ntm_desktop.packs.program.update_file import Update, read_update
from ntm_desktop.packs.program.versions import Tell, Versions
from ntm_desktop.packs.repository.admission import Admission, Confirmation
from ntm_desktop.packs.repository.judge import PacksHere
from ntm_desktop.packs.repository.layout import ROOT, largest_list, list_file
from ntm_desktop.packs.repository.lists import fingerprint_of
from ntm_desktop.packs.repository.reading import name_of, read_root
from ntm_desktop.packs.repository.refusals import Tampered, WrongConfirmation
from ntm_desktop.packs.repository.rules import ListedProgram
from ntm_desktop.packs.repository.sources import Source, require, require_listed
from ntm_desktop.packs.shipped import shipped_root

__all__ = [
    "Offer",
    "OfferKind",
    "ProgramPublisherUnknown",
    "Standing",
    "apply",
    "look",
    "roll_back",
    "standing",
    "waiting",
]

_SHOWN = 12
"""Digits of a runtime that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Which versions are here."""

    version: str
    """The one that runs."""
    released: str
    """`2027-01-31`."""
    installed: str
    """The one that was set up; empty: nothing was, updates are off."""
    next: str
    """The one that the next start runs."""
    back: str
    """The one that rolling back would choose; empty: there is none."""
    failed: str
    """The one that was chosen and did not come up; empty: none."""


class OfferKind(StrEnum):
    """What a source offers of the program."""

    NEWER = "newer"
    SAME = "same"
    OLDER = "older"
    OTHER_RUNTIME = "other_runtime"
    """A newer one is there, but it needs other libraries: only the full setup brings them."""
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a source offers, by its signed lists; the code itself was not read yet."""

    kind: OfferKind
    version: str
    """Empty where there is none."""
    size: int
    """Bytes of the update."""
    publisher: Publisher
    warnings: tuple[Notice, ...]


def standing() -> Standing:
    """Return which versions are here."""
    own = launcher.installed()
    if own is None:
        return Standing(
            version=__version__, released=__released__, installed="", next=__version__, back="", failed=""
        )
    folder = launcher.versions_folder()
    pointer = launcher.read_pointer(folder)
    coming = launcher.choice(folder, own) or own.version
    wanted = pointer.version if pointer.runtime == own.runtime else ""
    failed = wanted if launcher.numbers(wanted) > launcher.numbers(coming) else ""
    back = _before(folder, pointer, coming, own) if coming != own.version else ""
    return Standing(
        version=__version__,
        released=__released__,
        installed=own.version,
        next=coming,
        back=back,
        failed=failed,
    )


def waiting(programs: Iterable[ListedProgram]) -> str:
    """Return the newest of the versions beside packs where an installed program could take it in; else nothing.

    It is only told of: who may bring code is judged by `look`.
    """
    own = launcher.installed()
    known = launcher.numbers(standing().next)
    fitting = [one.version for one in programs if own is not None and one.runtime == own.runtime]
    return max((one for one in fitting if launcher.numbers(one) > known), key=launcher.numbers, default="")


def look(
    source: Path | str, *, confirmed: str = "", fetch: Fetch | None = None, pace: Pace | None = None
) -> Offer:
    """Return what a source offers of the program; nothing is taken in.

    Raises NotInstalled, ProgramPublisherUnknown, ForeignProgram, and what `opened` and `Admission.follow` raise.
    """
    own = _installed()
    with opened(source, fetch, pace) as one:
        return _Counter(one, own, confirmed).offer


def apply(
    source: Path | str,
    *,
    confirmed: str = "",
    fetch: Fetch | None = None,
    pace: Pace | None = None,
    disk: Disk | None = None,
) -> Standing:
    """Take the newest version of a source in; the next start runs it.

    Raises what `look` raises, NoProgramThere, ProgramNotNewer, OtherRuntime, UpdateDamaged, Tampered, DiskFull,
    FileUnwritable, Cancelled; then everything is as it was.
    """
    own = _installed()
    with ExitStack() as stack:
        counter = _Counter(stack.enter_context(opened(source, fetch, pace)), own, confirmed)
        update = counter.read()
        versions = Versions(launcher.versions_folder(), disk or Disk())
        versions.lay(update, _teller(pace))
        versions.choose(_next_pointer(versions.folder, own, update, counter.publisher))
        counter.remember()
    pointer = launcher.read_pointer(versions.folder)
    versions.forget({pointer.version, pointer.previous, __version__})
    return standing()


def roll_back() -> Standing:
    """Let the next start run the version before. Raises NotInstalled, NothingToRollBack, DiskFull, FileUnwritable."""
    _installed()
    now = standing()
    if not now.back:
        raise NothingToRollBack(now.next)
    folder = launcher.versions_folder()
    pointer = launcher.read_pointer(folder)
    to = "" if now.back == now.installed else now.back
    Versions(folder).choose(replace(pointer, version=to, previous=""))
    return standing()


def _installed() -> Installed:
    own = launcher.installed()
    if own is None:
        raise NotInstalled
    return own


def _before(folder: Path, pointer: Pointer, coming: str, own: Installed) -> str:
    """Return the version before the one that comes: the kept one if it can run, else the installed one."""
    if coming != pointer.version:
        return own.version
    kept = replace(pointer, version=pointer.previous, previous="")
    return launcher.choice_of(folder, kept, own) or own.version


def _next_pointer(folder: Path, own: Installed, update: Update, publisher: str) -> Pointer:
    """Return the pointer to a new version; the one before it is the last that came up."""
    known = launcher.read_pointer(folder)
    stood = known.version if (folder / f"{known.version}.ok").exists() else known.previous
    previous = stood if known.runtime == own.runtime and stood != update.version else ""
    return Pointer(update.version, previous, update.runtime, publisher)


def _teller(pace: Pace | None) -> Tell:
    def tell(_done: int, _total: int) -> None:
        if pace is not None:
            pace.check()

    return tell


class _Counter:
    """A source at which newer code is asked for, its publisher judged before anything else."""

    def __init__(self, source: Source, own: Installed, confirmed: str) -> None:
        home = shipped_root()
        self._source = source
        self._own = own
        self.publisher = _believed(source, home, confirmed)
        self._store = trust_store()
        now = datetime.now(UTC)
        here = PacksHere(fingerprint_of(home) if home else "", {}, {})
        admission = Admission(
            store=self._store,
            home=home,
            built=datetime.fromisoformat(__released__).replace(tzinfo=UTC),
            here=here,
        )
        self._walk, self._warnings = admission.follow(source, now, Confirmation(self.publisher))
        self._programs: Sequence[ListedProgram] = sorted(
            self._walk.programs(), key=lambda one: launcher.numbers(one.version)
        )

    @property
    def offer(self) -> Offer:
        """What there is."""
        kind, listed = self._pick()
        return Offer(
            kind=kind,
            version="" if listed is None else listed.version,
            size=0 if listed is None else listed.size,
            publisher=Publisher(self.publisher, self._walk.publisher),
            warnings=self._warnings,
        )

    def read(self) -> Update:
        """Return the code that may be taken in; refuse any other."""
        kind, listed = self._pick()
        known = standing().next
        if listed is None:
            raise NoProgramThere
        if kind is OfferKind.OTHER_RUNTIME:
            raise OtherRuntime(listed.version, listed.runtime[:_SHOWN])
        if kind is not OfferKind.NEWER:
            raise ProgramNotNewer(listed.version, known)
        update = read_update(require_listed(self._source, listed.path, listed.sha256, listed.size))
        if (update.version, update.runtime) != (listed.version, listed.runtime):
            raise Tampered(listed.path)
        missing = update.missing()
        if missing:
            raise OtherRuntime(update.version, ", ".join(missing))
        return update

    def remember(self) -> None:
        """Keep the lists that were verified: an older stick is refused from now on."""
        self._store.keep(self._walk.lists)

    def _pick(self) -> tuple[OfferKind, ListedProgram | None]:
        """Return the newest version for this runtime; where only another one has something newer, that."""
        known = launcher.numbers(standing().next)
        fitting = [one for one in self._programs if one.runtime == self._own.runtime]
        newest = self._programs[-1] if self._programs else None
        best = fitting[-1] if fitting else None
        if best is not None and launcher.numbers(best.version) > known:
            return OfferKind.NEWER, best
        if newest is None:
            return OfferKind.NONE, None
        if launcher.numbers(newest.version) > known:
            return OfferKind.OTHER_RUNTIME, newest
        same = launcher.numbers(newest.version) == known
        return (OfferKind.SAME if same else OfferKind.OLDER), newest


def _believed(source: Source, home: bytes, confirmed: str) -> str:
    """Return the fingerprint of the publisher of a source whose code may run here.

    Raises ForeignProgram, ProgramPublisherUnknown, WrongConfirmation.
    """
    first = require(source, list_file(ROOT, 1), largest_list(ROOT))
    fingerprint, name = fingerprint_of(first), name_of(read_root(first))
    if home:
        if fingerprint != fingerprint_of(home):
            raise ForeignProgram(name)
    elif fingerprint != launcher.read_pointer(launcher.versions_folder()).publisher:
        if not confirmed:
            raise ProgramPublisherUnknown(fingerprint, name)
        if Confirmation(confirmed).plain != fingerprint:
            raise WrongConfirmation(fingerprint, Confirmation(confirmed).plain)
    return fingerprint
