"""Much is stored in a job beside the window; the desk takes over what was stored.

An operation that may store thousands of figures has two halves: one for a job, one for the thread of the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ntm_desktop.facts.fact import Edit
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.workspace.journal import Watch
from ntm_desktop.workspace.states import NewState


@dataclass(frozen=True, slots=True)
class Stored:
    """What a job has stored; the desk has to take it over."""

    label: str
    states: tuple[NewState, ...]
    edits: tuple[Edit, ...]


def record(desk: Desk, states: Sequence[NewState], label: str, watch: Watch | None = None) -> Stored:
    """Store new states in a job as `Desk.record` does; nothing else is stored until the desk has taken them over.

    Raises as `Desk.record`, StoringBeside, and what `watch` raises; then nothing has changed.
    """
    edits = desk.workspace.beside.commit(states, label=label, watch=watch)
    return Stored(label, tuple(states), edits)


def take_over(desk: Desk, stored: Stored) -> Change:
    """Bring the book and the verdicts up to what a job has stored, and say what changed."""
    desk.workspace.beside.follow(stored.edits, stored.states)
    return desk.take_in(stored.edits, stored.label)
