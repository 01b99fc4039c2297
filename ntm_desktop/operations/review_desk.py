"""The desk of a reviewer: dossiers of many communes, what is doubtful about each, and who has not sent any.

The province never changes a figure: everything written here stands beside the dossiers, not in them.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from ntm_desktop.disk import unwritable
from ntm_desktop.errors import Refused
from ntm_desktop.facts.folding import one_line
from ntm_desktop.facts.units import Unit
from ntm_desktop.operations.desk import VIETNAM
from ntm_desktop.operations.start import utc_now
from ntm_desktop.packs.shipped import shipped_pack
from ntm_desktop.trust.anchors import load_anchors
from ntm_desktop.workspace.journal import Clock
from ntm_desktop.workspace.review_folder import Incoming, Refusal, ReviewFolder, Standing, beside
from ntm_desktop.workspace.review_schema import is_review
from ntm_desktop.workspace.units import load_units

__all__ = [
    "Case",
    "Flag",
    "Incoming",
    "Refusal",
    "ReviewDesk",
    "Standing",
    "UnknownProvince",
    "create_review",
    "is_review",
    "open_review",
]


@dataclass(eq=False)
class UnknownProvince(Refused):
    """Say that no province has that name."""

    province: str

    code: ClassVar[str] = "unknown_province"
    what: ClassVar[str] = "No province has the name {province}."
    safe: ClassVar[str] = "Nothing was made."
    next_step: ClassVar[str] = "Write it as in the table of administrative units, with its kind."


@dataclass(eq=False)
class NotTakenIn(Refused):
    """Say that no dossier with that identity came in."""

    identity: str

    code: ClassVar[str] = "not_taken_in"
    what: ClassVar[str] = "No dossier {identity} was taken in here."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "List the dossiers and choose one of them."


class Flag(StrEnum):
    """What is to be looked at about a dossier. The values are a contract."""

    SIGNER_UNKNOWN = "signer_unknown"
    UNSIGNED = "unsigned"
    PUBLISHER_UNKNOWN = "publisher_unknown"
    NOT_CONCLUDED = "not_concluded"
    """Something else of the verification is open: a newer format, a rule language nobody here knows."""
    LATE = "late"
    FOREIGN = "foreign"
    """The commune is not in the province's list."""
    OLD_SET = "old_set"
    """A newer version of the set is known here."""
    PREDECESSOR_MISSING = "predecessor_missing"
    """It corrects a dossier that never came in."""
    RIVAL = "rival"
    """The same commune made another dossier for this set and year."""


_GROUNDS = {
    "unsigned": Flag.UNSIGNED,
    "signer_unknown": Flag.SIGNER_UNKNOWN,
    "certificate_not_valid": Flag.SIGNER_UNKNOWN,
    "publisher_unknown": Flag.PUBLISHER_UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Case:
    """A commune with its revisions for one set and year; none came in: only the name."""

    code: str
    name: str
    revisions: tuple[Incoming, ...] = ()
    """The latest first."""
    flags: tuple[Flag, ...] = ()
    """Of the latest."""

    @property
    def latest(self) -> Incoming | None:
        """The revision that counts."""
        return self.revisions[0] if self.revisions else None


class ReviewDesk:
    """Hold a reviewer's open workspace."""

    def __init__(self, folder: ReviewFolder, who: str) -> None:
        self.folder = folder
        self.who = who
        self.units: tuple[Unit, ...] = tuple(
            unit for unit in load_units() if unit.province == folder.province
        )
        """The communes of the province, today's and those that are no longer so."""
        self._codes = frozenset(unit.code for unit in self.units)

    def now(self) -> datetime:
        """Return the time as shown to officers."""
        return self.folder.clock().astimezone(VIETNAM)

    def now_utc(self) -> str:
        """Return the time as stored: UTC, ISO 8601 with `Z`."""
        return self.folder.clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def dossier(self, identity: str) -> Incoming:
        """Return a dossier by its identity, or by the beginning of it where that is one only. Raises NotTakenIn."""
        exact = self.folder.find(identity)
        found = (
            [exact] if exact else [one for one in self.folder.incoming() if one.identity.startswith(identity)]
        )
        if len(found) != 1 or not identity:
            raise NotTakenIn(identity)
        return found[0]

    def sets(self) -> tuple[tuple[str, int, str], ...]:
        """Return id, year and title of every set dossiers came in for, the latest year first."""
        found = {(one.set_id, one.year): one.set_title for one in self.folder.incoming()}
        return tuple(
            (set_id, year, title)
            for (set_id, year), title in sorted(found.items(), key=lambda one: (-one[0][1], one[0][0]))
        )

    def cases(self, set_id: str, year: int) -> tuple[Case, ...]:
        """Return every commune of the province, with what came in for a set and year, by name; foreign ones last."""
        came = self.folder.incoming(set_id, year)
        flags = self.flags(came)
        grouped: dict[str, list[Incoming]] = defaultdict(list)
        for one in came:
            grouped[one.commune].append(one)
        today = {unit.code: unit.name for unit in self.units if unit.until is None}
        names = today | {code: found[0].commune_name for code, found in grouped.items() if code not in today}
        return tuple(
            Case(code, name, tuple(grouped[code]), flags[grouped[code][0].identity] if grouped[code] else ())
            for code, name in sorted(names.items(), key=lambda one: (one[0] not in today, one[1], one[0]))
        )

    def flags(self, incoming: Iterable[Incoming]) -> Mapping[str, tuple[Flag, ...]]:
        """Return what is to be looked at about each dossier, by identity."""
        every = tuple(incoming)
        known = {one.identity for one in every}
        makers: dict[tuple[str, str, int], set[str]] = defaultdict(set)
        newest: dict[str, tuple[int, ...]] = {}
        for one in every:
            makers[one.commune, one.set_id, one.year].add(one.dossier)
            newest[one.set_id] = max(newest.get(one.set_id, ()), _numbers(one.set_version))
        deadlines = self.folder.deadlines()
        made: dict[str, tuple[Flag, ...]] = {}
        for one in every:
            shipped = shipped_pack(one.set_id)
            best = max(newest[one.set_id], _numbers(shipped.version) if shipped is not None else ())
            due = deadlines.get((one.set_id, one.year), "")
            said = {
                Flag.LATE: bool(due) and _day(one.received_at).isoformat() > due,
                Flag.FOREIGN: self._is_foreign(one.commune),
                Flag.OLD_SET: _numbers(one.set_version) < best,
                Flag.PREDECESSOR_MISSING: bool(one.previous) and one.previous not in known,
                Flag.RIVAL: len(makers[one.commune, one.set_id, one.year]) > 1,
            }
            grounds = (reason.partition(":")[0] for reason in one.reasons)
            open_ones = dict.fromkeys(_GROUNDS.get(ground, Flag.NOT_CONCLUDED) for ground in grounds)
            made[one.identity] = (*open_ones, *(flag for flag, holds in said.items() if holds))
        return made

    def believe(self, certificates: Iterable[Path]) -> int:
        """Keep certificate files as those this office believes; return how many certificates there are now.

        Raises NoCertificate, FileUnreadable, FileUnwritable, DiskFull; then none of them is kept.
        """
        paths = tuple(certificates)
        load_anchors(paths)
        target = self.folder.folder / "anchors"
        try:
            for path in paths:
                shutil.copyfile(path, target / path.name)
        except OSError as fault:
            raise unwritable(target, fault) from fault
        return len(load_anchors(self.folder.anchors()))

    @contextmanager
    def beside(self) -> Iterator[ReviewDesk]:
        """Give the same desk to read in another thread. Raises WorkspaceDamaged, FileUnwritable."""
        with beside(self.folder) as folder:
            yield ReviewDesk(folder, self.who)

    def close(self) -> None:
        """Close the workspace."""
        self.folder.close()

    def _is_foreign(self, commune: str) -> bool:
        return bool(self._codes) and commune not in self._codes


def create_review(
    folder: Path, province: str, *, office: str, who: str, clock: Clock = utc_now
) -> ReviewDesk:
    """Make a reviewer's workspace for a province, named with or without its kind. Raises UnknownProvince and more."""
    wanted = one_line(province).casefold()
    names = {unit.province for unit in load_units()}
    fits = [name for name in names if wanted in {name.casefold(), name.casefold().partition(" ")[2]}]
    fits = fits or [name for name in names if name.casefold().endswith(f" {wanted}")]
    if len(fits) != 1:
        raise UnknownProvince(province)
    made = ReviewFolder.create(folder, province=fits[0], office=one_line(office), who=who, clock=clock)
    return ReviewDesk(made, who)


def open_review(folder: Path, *, who: str, clock: Clock = utc_now) -> ReviewDesk:
    """Open a reviewer's workspace. Raises what `ReviewFolder.open` raises."""
    return ReviewDesk(ReviewFolder.open(folder, who=who, clock=clock), who)


@lru_cache(maxsize=256)
def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _day(moment: str) -> date:
    """Return the day of a moment in +07:00."""
    return datetime.fromisoformat(moment).astimezone(VIETNAM).date()
