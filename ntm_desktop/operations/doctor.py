"""Examine a workspace without writing to it, and bring back from copies what can be brought back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from ntm_desktop.disk import Disk
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.copies import Copy, copies_at, known
from ntm_desktop.workspace import ledger
from ntm_desktop.workspace.carrying import PlaceGone, Watch
from ntm_desktop.workspace.doctor import Diagnosis, Finding, diagnose
from ntm_desktop.workspace.drive import hold_local
from ntm_desktop.workspace.evidence import EvidenceStore, Progress
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.mending import Mended, bring_back
from ntm_desktop.workspace.salvage import Saved, salvage

__all__ = ["Diagnosis", "Finding", "Mended", "examine", "examine_with", "finding_sentence", "mend", "rescue"]

_LOST = frozenset({Finding.EVIDENCE_MISSING, Finding.EVIDENCE_CHANGED, Finding.EVIDENCE_UNREADABLE})


def examine(
    folder: Path,
    *,
    now: datetime | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Diagnosis:
    """Return what is right and wrong with a workspace. Raises WorkspaceMissing, NotAWorkspace, Cancelled."""
    return diagnose(folder, now=now or datetime.now(UTC), progress=progress, cancelled=cancelled)


def examine_with(folder: Path, now: datetime, watch: Watch) -> Diagnosis:
    """Return what is right and wrong, telling how far it is. Raises as `examine`."""
    return examine(folder, now=now, progress=watch.reach, cancelled=watch.is_cancelled)


def mend(workspace: Workspace, diagnosis: Diagnosis, watch: Watch) -> Mended:
    """Bring evidence that is missing or changed back from the copies at hand.

    Raises DiskFull, FileUnwritable, FileInUse, Cancelled.
    """
    wanted = [about for finding, about in diagnosis.findings if finding in _LOST]
    places = [Path(one.place) for one in known(workspace).places if Path(one.place) != workspace.folder]
    store = EvidenceStore(workspace.folder / "evidence", workspace.folder / "quarantine", Disk())
    return bring_back(store, wanted, places, watch)


def rescue(folder: Path, target: Path, watch: Watch) -> Saved:
    """Save what can be saved of a damaged workspace into a new folder; the rest comes from its last copy at hand.

    Nothing is written to the damaged one. Raises as `workspace.salvage.salvage`, and WorkspaceOnNetwork.
    """
    hold_local(target)
    places = [folder, *(Path(one.place) for one in ledger.load(folder).places if Path(one.place) != folder)]
    found: list[Copy] = []
    for place in places:
        with suppress(PlaceGone):
            found += copies_at(place)[:1]
    newest = max(found, key=lambda copy: copy.at, default=None)
    return salvage(folder, target, newest.file if newest is not None else None, watch, Disk())


def finding_sentence(code: str, about: str) -> str:
    """Return a finding in words, with what it is about."""
    sentence = {
        "unreadable": _("The file of the workspace cannot be read: {about}"),
        "not_intact": _("The file of the workspace is not intact: {about}"),
        "newer": _("Number of its format: {about}"),
        "older": _("It will be brought up to date when it is opened; number of its format: {about}"),
        "journal_differs": _("Entries are not what was last recorded: {about}"),
        "pack_changed": _("A criterion pack was changed: {about}"),
        "evidence_missing": _("A file of evidence is missing: {about}"),
        "evidence_changed": _("A file of evidence was changed: {about}"),
        "evidence_unreadable": _("A file of evidence cannot be read: {about}"),
        "evidence_extra": _("A file in the store is shown for nothing: {about}"),
        "leftover": _("A copy was not finished; it is cleared away at the next start: {about}"),
        "little_room": _("Little room is left on the disk (bytes): {about}"),
        "on_network": _("The workspace lies on a network share and cannot be written there: {about}"),
        "synced": _("Another program copies the folder of the workspace and may put old files back: {about}"),
        "clock_behind": _("The clock of this computer is behind the last entry, made {about}"),
    }.get(code, "{about}")
    return sentence.format(about=about)
