"""Take the last action back, and do it again."""

from __future__ import annotations

from ntm_desktop.operations import dossiers
from ntm_desktop.operations.answer import require_open
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.workspace.journal import Undone


def can_undo(desk: Desk) -> str | None:
    """Return the code of the action that `undo` would take back; None when there is none."""
    return desk.workspace.undo_label


def can_redo(desk: Desk) -> str | None:
    """Return the code of the action that `redo` would do again; None when there is none."""
    return desk.workspace.redo_label


def undo(desk: Desk) -> Change | None:
    """Take the last action back; what was changed since is left alone and listed. None when there is nothing.

    Raises DossierClosed while a sealed dossier is chosen, and what `Workspace.undo` raises.
    """
    if can_undo(desk) is None:
        return None
    _require_taken(desk)
    return _took_in(desk, desk.workspace.undo())


def redo(desk: Desk) -> Change | None:
    """Do again what was taken back last. None when there is nothing. Raises as `undo`."""
    if can_redo(desk) is None:
        return None
    _require_taken(desk)
    return _took_in(desk, desk.workspace.redo())


def _require_taken(desk: Desk) -> None:
    """Refuse to change figures under a sealed dossier that is being looked at."""
    if desk.dossier is not None:
        require_open(desk)


def _took_in(desk: Desk, undone: Undone) -> Change:
    change = desk.take_in(undone.edits, undone.label, tuple(skip.edit.target for skip in undone.skipped))
    if desk.dossier is None:
        desk.choose(dossiers.newest(desk))  # the chosen one was taken back, or the only one came again
    return change
