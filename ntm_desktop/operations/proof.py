"""Proof that what was entered is on the disk: asked of the file anew, not of what the program remembers."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_desktop.operations.explanations import moment_words
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.journal import newest_edit


@dataclass(frozen=True, slots=True)
class Proof:
    """What a second look into the file of a workspace found."""

    facts: int
    """Figures in the file."""
    differing: int
    """Figures that the file holds otherwise than the window: what the file holds is what counts."""
    edits: int
    """Number of the last entry."""
    last: str
    """When that was made, as it is shown; empty in a workspace without any."""


def read_back(workspace: Workspace) -> Proof:
    """Read every figure from the file through a connection of its own and hold it against memory.

    Raises WorkspaceDamaged, DiskFull, FileUnwritable.
    """
    with workspace.reader() as file:
        stored = file.load_book().facts
        number, at = file.look(newest_edit)
    shown = workspace.book.facts
    differing = sum(1 for key in stored.keys() | shown.keys() if stored.get(key) != shown.get(key))
    return Proof(len(stored), differing, number, moment_words(at) if at else "")
