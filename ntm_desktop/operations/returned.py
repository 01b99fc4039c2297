"""A returned dossier at the commune: its slip is taken in, it opens as the next revision, remarks are answered.

The slip lies beside what was sealed, under the identity of the container it speaks of. Answers are notes of the
dossier (`answer/NUMBER`), so that undo knows them, and they travel with the next revision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from ntm_desktop.criteria.inputs import inputs
from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.errors import NtmError, Refused
from ntm_desktop.facts.folding import nfc
from ntm_desktop.operations import frozen, seal
from ntm_desktop.operations.answer import require_open
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.return_slips import OpenedSlip, open_slip
from ntm_desktop.operations.review_remarks import NoSuchRemark
from ntm_desktop.snapshot.content import content_of
from ntm_desktop.snapshot.difference import Difference, difference
from ntm_desktop.snapshot.return_slip import ANSWER_PREFIX, LONGEST_REMARK, Remark, ReturnSlip
from ntm_desktop.trust.certificates import Certificate
from ntm_desktop.workspace.states import Dossier, DossierState, NewRemark

_WAY: Final = (DossierState.SEALED, DossierState.SENT, DossierState.RETURNED, DossierState.OPEN)
"""The states a dossier passes through; one delivered by hand was never marked as sent."""


@dataclass(eq=False)
class SlipForAnother(Refused):
    """Say that a slip is about a dossier that this workspace does not have."""

    commune: str
    year: int

    code: ClassVar[str] = "slip_for_another"
    what: ClassVar[str] = "This return slip is for another dossier: commune {commune}, year {year}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = (
        "Open the workspace of that commune, or ask the reviewer's office for your slip."
    )


@dataclass(eq=False)
class SlipForAnotherRevision(Refused):
    """Say that a slip is about another revision than the one that was sent last."""

    revision: int
    current: int

    code: ClassVar[str] = "slip_for_another_revision"
    what: ClassVar[str] = "This return slip is for revision {revision}; the dossier is at revision {current}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Use the slip for the revision sent last, or ask the reviewer's office for it."


@dataclass(frozen=True, slots=True)
class Answerable:
    """A remark as the commune sees it."""

    remark: Remark
    answer: str
    changed: bool
    """Something was changed where the remark stands since the dossier was returned."""


def take_slip(desk: Desk, opened: OpenedSlip) -> Change:
    """Keep the slip and open its dossier as the next revision; one cut off is simply taken once more.

    Raises SlipForAnother, SlipForAnotherRevision, WorkspaceReadOnly, DiskFull, FileUnwritable.
    """
    slip = opened.slip
    dossier = desk.workspace.dossier(slip.dossier)
    if dossier is None or slip.commune != desk.workspace.commune.code:
        raise SlipForAnother(slip.commune, slip.year)
    _require_current(desk, dossier, slip)
    _keep(desk, opened)
    if dossier.state is DossierState.OPEN:  # taken before; a later slip for the same revision replaces it
        return desk.choose(dossier)
    for state in _WAY[_WAY.index(dossier.state) + 1 :]:
        dossier = desk.workspace.move_dossier(dossier.id, state)
    return desk.choose(dossier)


def _require_current(desk: Desk, dossier: Dossier, slip: ReturnSlip) -> None:
    """Refuse a slip that is not about the last sealed revision."""
    sealed = desk.workspace.sealed(dossier.id)
    last = sealed[0] if sealed else None
    if last is None or (last.revision, last.identity) != (slip.revision, slip.identity):
        raise SlipForAnotherRevision(slip.revision, dossier.revision)


def _keep(desk: Desk, opened: OpenedSlip) -> None:
    folder, disk = desk.workspace.folder / frozen.FOLDER, Disk()
    target = folder / f"{opened.slip.identity}.slip"
    part = target.with_name(target.name + ".part")
    try:
        disk.make_folder(folder)
        disk.remove(part)
        with disk.create(part) as file:
            disk.write(file, opened.content)
            disk.sync(file)
        disk.rename(part, target)
        disk.sync_folder(folder)
    except OSError as fault:
        raise unwritable(target, fault) from fault


def slip_of(desk: Desk, anchors: tuple[Certificate, ...] = ()) -> OpenedSlip | None:
    """Return the slip the chosen dossier answers, judged now; None: it corrects none, or the file is gone."""
    dossier = desk.dossier
    if dossier is None or dossier.state is not DossierState.OPEN or not dossier.previous:
        return None
    path = desk.workspace.folder / frozen.FOLDER / f"{dossier.previous}.slip"
    if not path.is_file():
        return None
    try:
        return open_slip(path, anchors, desk.now())
    except NtmError:  # damaged since: the dossier can be worked on without it
        return None


def answerable(desk: Desk, opened: OpenedSlip) -> tuple[Answerable, ...]:
    """Return the remarks of the slip in the order of the set, with their answers and what was touched."""
    if desk.dossier is None:
        return ()
    notes = desk.workspace.remarks(desk.dossier.id)
    touched, order = _touched(desk, changes(desk)), _order(desk)
    return tuple(
        Answerable(one, notes.get(f"{ANSWER_PREFIX}{one.number}", ""), one.requirement in touched)
        for one in sorted(
            opened.slip.remarks, key=lambda one: (order.get(one.requirement, len(order)), one.number)
        )
    )


def answer_remark(desk: Desk, opened: OpenedSlip, number: int, text: str) -> Change:
    """Write the answer to a remark; an empty one takes it back. Raises NoSuchRemark, DossierClosed and as `record`."""
    require_open(desk)
    if desk.dossier is None or all(one.number != number for one in opened.slip.remarks):
        raise NoSuchRemark(number)
    words = nfc(text).strip()[:LONGEST_REMARK]
    note = NewRemark(desk.dossier.id, f"{ANSWER_PREFIX}{number}", words or None)
    return desk.record([note], "answer_remark")


def changes(desk: Desk) -> Difference:
    """Return what the chosen dossier changed against the revision it corrects; nothing when it corrects none."""
    dossier = desk.dossier
    before = None if dossier is None else frozen.sealed_content(desk.workspace, dossier.previous)
    if dossier is None or before is None:
        return Difference()
    now = seal.freeze(desk, dossier, seal.Signatory("", "", "")).snapshot
    return difference(before, content_of(now))


def _touched(desk: Desk, changed: Difference) -> frozenset[str]:
    """Return the codes of the requirements, and of their indicators, at which something was changed."""
    if changed.is_empty or desk.set is None:
        return frozenset()
    keys = {one.key for one in changed.figures}
    codes = {link.requirement for one in (*changed.added, *changed.removed) for link in one.links}
    codes |= {
        one.code
        for one in desk.set.requirements()
        if keys & {read.key for read in inputs(desk.compiled, desk.situation, one.code)}
    }
    above = {
        indicator.code
        for indicator in desk.set.indicators()
        if any(one.code in codes for one in indicator.requirements)
    }
    return frozenset(codes | above)


def _order(desk: Desk) -> dict[str, int]:
    """Return the place of every indicator and requirement in the set."""
    codes: list[str] = []
    for indicator in desk.compiled.source.indicators():
        codes += [indicator.code, *(one.code for one in indicator.requirements)]
    return {code: place for place, code in enumerate(codes)}
