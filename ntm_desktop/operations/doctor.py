"""Examine a workspace without writing to it, and bring back from copies what can be brought back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from ntm_desktop.disk import Disk
from ntm_desktop.operations.copies import known
from ntm_desktop.workspace.carrying import Watch
from ntm_desktop.workspace.doctor import Diagnosis, Finding, diagnose
from ntm_desktop.workspace.evidence import EvidenceStore, Progress
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.mending import Mended, bring_back

__all__ = ["Diagnosis", "Mended", "examine", "mend"]

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


def mend(workspace: Workspace, diagnosis: Diagnosis, watch: Watch) -> Mended:
    """Bring evidence that is missing or changed back from the copies at hand.

    Raises DiskFull, FileUnwritable, FileInUse, Cancelled.
    """
    wanted = [about for finding, about in diagnosis.findings if finding in _LOST]
    places = [Path(one.place) for one in known(workspace).places if Path(one.place) != workspace.folder]
    store = EvidenceStore(workspace.folder / "evidence", workspace.folder / "quarantine", Disk())
    return bring_back(store, wanted, places, watch)
