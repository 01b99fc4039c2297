"""Take the last action back, and do it again."""

from __future__ import annotations

from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk


def can_undo(desk: Desk) -> str | None:
    """Return the code of the action that `undo` would take back; None when there is none."""
    return desk.workspace.undo_label


def can_redo(desk: Desk) -> str | None:
    """Return the code of the action that `redo` would do again; None when there is none."""
    return desk.workspace.redo_label


def undo(desk: Desk) -> Change | None:
    """Take the last action back; what was changed since is left alone and listed. None when there is nothing.

    Raises what `Workspace.undo` raises.
    """
    if can_undo(desk) is None:
        return None
    undone = desk.workspace.undo()
    return desk.take_in(undone.edits, undone.label, tuple(skip.edit.target for skip in undone.skipped))


def redo(desk: Desk) -> Change | None:
    """Do again what was taken back last. None when there is nothing. Raises what `Workspace.redo` raises."""
    if can_redo(desk) is None:
        return None
    redone = desk.workspace.redo()
    return desk.take_in(redone.edits, redone.label, tuple(skip.edit.target for skip in redone.skipped))
