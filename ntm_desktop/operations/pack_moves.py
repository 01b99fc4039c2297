"""Move a dossier to another version of its set: a copy first, then one transaction that undo takes back whole.

Rules:
* A dossier stays on its version until somebody moves it; no import does.
* Facts are carried over by the migrations of the new version. What it does not take is put aside, named and whole.
* A threshold the commune confirmed is never overwritten; where the new version says otherwise it becomes a finding.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from ntm_desktop.criteria.carry import Carried
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.errors import Refused
from ntm_desktop.facts.fact import Fact
from ntm_desktop.i18n import Text
from ntm_desktop.operations import dossiers, history
from ntm_desktop.operations.answer import DossierClosed
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.dossiers import Dossier, DossierState
from ntm_desktop.operations.pack_preview import Misfit, Move, move_of
from ntm_desktop.operations.packs import Before, copied_before, find, may_move
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.states import NewChoice, NewClaim, NewDossier, NewSetAside, NewState, SetAside

__all__ = [
    "FigureRedefined",
    "Moved",
    "NoMoveToUndo",
    "NotMovable",
    "SetAside",
    "move",
    "put_aside",
    "undo_move",
]

LABEL = "move_dossier"


@dataclass(eq=False)
class NotMovable(Refused):
    """Say that a dossier cannot move to that set."""

    dossier: str
    pack: str

    code: ClassVar[str] = "not_movable"
    what: ClassVar[str] = (
        "The dossier {dossier} cannot move to {pack}: it has that already, or it is another set."
    )
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = (
        "Choose another version of its set, or the province's set that was made from it; "
        "for any other set add a dossier of its own."
    )


@dataclass(eq=False)
class FigureRedefined(Refused):
    """Say that the new version reads a figure otherwise than a dossier that stays behind."""

    figure: str
    dossier: str
    """Name of the dossier that stays."""
    pack: str

    code: ClassVar[str] = "figure_redefined"
    what: ClassVar[str] = (
        "The pack {pack} gives the figure {figure} another meaning, and the dossier {dossier} still reads it."
    )
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Report this to the publisher: a figure with a new meaning needs a new name."


@dataclass(eq=False)
class NoMoveToUndo(Refused):
    """Say that the last action was not the move of a dossier."""

    code: ClassVar[str] = "no_move_to_undo"
    what: ClassVar[str] = (
        "The last change in this workspace was not the move of a dossier to another version."
    )
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Take back what was done since, or move the dossier to its former version."


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did."""

    change: Change
    move: Move
    copy: Path
    """The copy of the workspace that was taken before."""


def move(desk: Desk, dossier: str, to: str, before: Before | None = None) -> Moved:
    """Move an open dossier to a set that is here (`SET@VERSION`) and choose it; `before` is a copy taken for it.

    Raises NoSuchDossier, DossierClosed, UnknownPack, NotMovable, YearOutsideSet, FigureRedefined, WorkspaceReadOnly,
    and what `copied_before` and `Desk.record` raise; then the dossier is as it was.
    """
    found = dossiers.find(desk, dossier)
    if desk.workspace.read_only:
        raise WorkspaceReadOnly(str(desk.workspace.folder))
    if found.state is not DossierState.OPEN:
        raise DossierClosed(dossier)
    target = find(desk, to)
    if not may_move(found, desk.library.by_hash(found.set_sha256).source, target):
        raise NotMovable(dossier, to)
    dossiers.require_in(target, found.year)
    planned = move_of(desk, found, target)
    _require_shareable(desk, planned)
    states = tuple(_states(desk, planned))
    desk.library.keep(desk.library.versions()[target.id, target.version])
    copy = copied_before(desk, occasion(target), before)
    change = desk.record(states, LABEL)
    if desk.dossier is None or desk.dossier.id != found.id:
        dossiers.choose(desk, found.id)
    return Moved(change, planned, copy)


def occasion(target: CriterionSet) -> str:
    """Return how the name of the copy from before a move begins."""
    return f"before-move-{target.id}-{target.version}"


def _states(desk: Desk, planned: Move) -> Iterator[NewState]:
    found, target = planned.dossier, planned.after
    moved = replace(found, set_id=target.id, set_version=target.version, set_sha256=target.sha256)
    yield NewDossier(found.id, moved)
    for one in planned.carriage.carried:
        yield from _carried(desk, one)
    name = f"{planned.before.id}@{planned.before.version}"
    for misfit in planned.misfits:
        yield _put_aside(found, misfit, name)
        if misfit.in_the_way:
            yield from _withdrawn(misfit.fact)


def _carried(desk: Desk, one: Carried) -> Iterator[NewState]:
    fact = one.fact
    for claim in fact.claims:
        made = replace(claim, id=uuid.uuid4().hex, at=desk.now_utc())
        yield NewClaim(fact.key, claim.provenance.source, made)
    if fact.settled and fact.in_use is not None:
        yield NewChoice(fact.key, fact.in_use.provenance.source, fact.reason)


def _put_aside(dossier: Dossier, misfit: Misfit, from_set: str) -> NewState:
    fact = misfit.fact
    texts = tuple((claim.provenance.source, claim.text) for claim in fact.claims)
    return NewSetAside(
        dossier.id, fact.key, SetAside(dossier.id, fact.key, str(misfit.reason), from_set, texts)
    )


def _withdrawn(fact: Fact) -> Iterator[NewState]:
    if fact.settled:
        yield NewChoice(fact.key, None)
    for claim in fact.claims:
        yield NewClaim(fact.key, claim.provenance.source, None)


def _require_shareable(desk: Desk, planned: Move) -> None:
    """Refuse to take figures from under a dossier that stays behind."""
    taken = {misfit.fact.key.element for misfit in planned.misfits if misfit.in_the_way}
    for other in desk.workspace.dossiers() if taken else ():
        if other.id == planned.dossier.id:
            continue
        reads = desk.library.by_hash(other.set_sha256).source
        for name in sorted(taken & set(reads.catalogue.elements)):
            label = reads.catalogue.elements[name].label
            title = dossiers.name_of(desk, other).words()
            raise FigureRedefined(str(label), title, f"{planned.after.id}@{planned.after.version}")


def put_aside(desk: Desk) -> tuple[SetAside, ...]:
    """Return the figures that moving the chosen dossier put aside; nothing of them is lost."""
    return () if desk.dossier is None else desk.workspace.shelf.set_aside(desk.dossier.id)


def undo_move(desk: Desk) -> Change:
    """Take the last move back whole. Raises NoMoveToUndo, WorkspaceReadOnly, and what `history.undo` raises."""
    if desk.workspace.read_only:
        raise WorkspaceReadOnly(str(desk.workspace.folder))
    if history.can_undo(desk) != LABEL:
        raise NoMoveToUndo
    return history.undo(desk) or Change()


def figure_name(sets: tuple[CriterionSet, ...], element: str) -> Text:
    """Return what a figure is called in the first set that knows it; its own name when none does."""
    for one in sets:
        found = one.catalogue.elements.get(element)
        if found is not None:
            return found.label
    return Text(element)
