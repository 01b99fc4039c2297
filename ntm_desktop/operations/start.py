"""The first start: find the commune, paste the hamlets, choose set and year; and open what is there already."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ntm_desktop import settings
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.errors import NtmError
from ntm_desktop.facts.catalogue import SubjectKind
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.facts.subject import Hamlet
from ntm_desktop.facts.units import Unit, find_units
from ntm_desktop.i18n import Text
from ntm_desktop.operations import dossiers
from ntm_desktop.operations.answer import claim_state
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pasted import HamletRow, PastedHamlets, read_hamlets
from ntm_desktop.packs.shipped import set_of, shipped_pack, shipped_packs
from ntm_desktop.workspace.errors import NewerWithCopy
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.review_schema import is_review
from ntm_desktop.workspace.states import NewHamlet, NewState
from ntm_desktop.workspace.units import load_units

__all__ = [
    "CommuneMatches",
    "HamletRow",
    "NewWorkspace",
    "NewerWithCopy",
    "PastedHamlets",
    "SetSummary",
    "Unit",
    "add_hamlets",
    "create",
    "default_folder",
    "find_communes",
    "is_review",
    "keeps_households",
    "known_sets",
    "open_desk",
    "read_hamlets",
    "utc_now",
]

HOUSEHOLDS = "thon_so_ho"
"""The element a pasted column of numbers fills."""


@dataclass(frozen=True, slots=True)
class SetSummary:
    """What the assistant shows of a set, without reading its pack."""

    id: str
    version: str
    title: Text
    short_title: Text
    valid_from: int | None
    valid_to: int | None
    criteria: int
    indicators: int
    publisher: str
    complete: bool


@dataclass(frozen=True, slots=True)
class CommuneMatches:
    """What a search for a commune found."""

    units: tuple[Unit, ...]
    found: int
    total: int


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """What the assistant asks before anything is written."""

    unit: Unit
    hamlet_label: str
    hamlets: tuple[HamletRow, ...]
    set_id: str
    year: int
    who: str


def utc_now() -> datetime:
    """Read the clock of this machine."""
    return datetime.now(UTC)


def known_sets() -> tuple[SetSummary, ...]:
    """Return the sets shipped with the program in their newest versions, complete ones first."""
    newest = {pack.id: pack for pack in shipped_packs()}
    return tuple(
        SetSummary(
            id=pack.id,
            version=pack.version,
            title=pack.title,
            short_title=pack.short_title,
            valid_from=pack.valid_from,
            valid_to=pack.valid_to,
            criteria=pack.criteria,
            indicators=pack.indicators,
            publisher=pack.publisher,
            complete=pack.complete,
        )
        for pack in sorted(
            newest.values(), key=lambda pack: (not pack.complete, -(pack.valid_from or 0), pack.level)
        )
    )


def find_communes(query: str, limit: int = 6) -> CommuneMatches:
    """Find communes by name, with or without diacritics, or by code."""
    units = load_units()
    found = find_units(query, units, limit=len(units)) if query.strip() else ()
    total = sum(1 for unit in units if unit.until is None)
    return CommuneMatches(found[:limit], len(found), total)


def default_folder(unit: Unit) -> Path:
    """Return where the workspace of a commune is made unless the officer says otherwise; never an existing one."""
    parent = settings.user_folder("documents") / "Ho so NTM"
    name = f"{unit.code} {unit.kind} {unit.name}"
    folder, number = parent / name, 2
    while folder.exists():
        folder, number = parent / f"{name} ({number})", number + 1
    return folder


def create(folder: Path, plan: NewWorkspace, clock: Callable[[], datetime] = utc_now) -> Desk:
    """Make the workspace, its hamlets with their households, and its first dossier.

    Raises `sets.UnknownSet` and `dossiers.YearOutsideSet` before anything is made, and what `Workspace.create` and
    `Desk.record` raise; a workspace that was made stays and can be opened.
    """
    dossiers.require_year(plan.set_id, plan.year)
    workspace = Workspace.create(folder, plan.unit.commune(plan.hamlet_label), who=plan.who, clock=clock)
    desk = Desk(workspace, clock)
    try:
        dossiers.add(desk, plan.set_id, plan.year)
        if plan.hamlets:
            add_hamlets(desk, plan.hamlets)
    except NtmError:
        desk.close()
        raise
    return desk


def keeps_households(set_id: str) -> bool:
    """Say whether a shipped set has a place for the households of each hamlet; where not, they are not stored."""
    pack = shipped_pack(set_id)
    return pack is not None and _has_households(set_of(pack))


def _has_households(criterion_set: CriterionSet) -> bool:
    element = criterion_set.catalogue.elements.get(HOUSEHOLDS)
    return element is not None and element.subject is SubjectKind.HAMLET


def add_hamlets(desk: Desk, pasted: tuple[HamletRow, ...]) -> Change:
    """Add hamlets in this order, with their households for the chosen dossier's year where the set has them.

    Raises NoDossierChosen, and what `Desk.record` raises.
    """
    year = year_period(desk.situation.year)
    offset = max((hamlet.order for hamlet in desk.workspace.book.hamlets), default=0)
    hamlets = [
        Hamlet(id=uuid.uuid4().hex, name=row.name, order=offset + number)
        for number, row in enumerate(pasted, start=1)
    ]
    states: list[NewState] = [NewHamlet(hamlet.id, hamlet) for hamlet in hamlets]
    if _has_households(desk.compiled.source):
        states.extend(
            claim_state(desk, FactKey(HOUSEHOLDS, hamlet.id, year), str(row.households))
            for hamlet, row in zip(hamlets, pasted, strict=True)
            if row.households is not None
        )
    return desk.record(states, "hamlets")


def open_desk(
    folder: Path, *, who: str, clock: Callable[[], datetime] = utc_now, read_only: bool = False
) -> Desk:
    """Open a workspace at its newest open dossier. Raises what `Workspace.open` raises."""
    workspace = Workspace.open(folder, who=who, clock=clock, read_only=read_only)
    try:
        desk = Desk(workspace, clock)
        chosen = dossiers.newest(desk)
        if chosen is not None:
            desk.choose(chosen)
    except BaseException:
        workspace.close()  # or nobody could open it until the program ends
        raise
    return desk
