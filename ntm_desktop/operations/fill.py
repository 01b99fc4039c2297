"""Take figures from a file at once: a form of this program, a table of facts, or a JSON facts file.

Everything readable is taken as one step of undo; everything else is listed with its address. Nothing is taken away,
and nothing that was changed here since a form was written is replaced.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ntm_desktop.exchange.explain import explain
from ntm_desktop.exchange.proposals import CellProblem, problem_at
from ntm_desktop.facts.fact import Problem
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.intake import Filled, Preview, elements, ground, preview, take

__all__ = ["CellProblem", "Filled", "elements", "explain", "fill", "refused"]


def fill(desk: Desk, path: Path) -> Filled:
    """Take the figures of a file into the workspace. Raises what `intake.preview` and `Desk.record` raise."""
    return take_agreed(desk, preview(ground(desk), path))


def take_agreed(desk: Desk, seen: Preview) -> Filled:
    """Take all of a preview that nobody has to be asked about. Raises what `Desk.record` raises."""
    filled = take(desk, seen, seen.agreed)
    return replace(
        filled,
        unchanged=filled.unchanged + seen.unchanged,
        problems=(*refused(seen), *filled.problems),
    )


def refused(seen: Preview) -> tuple[CellProblem, ...]:
    """Return the problems of a file, its conflicts among them."""
    conflicts = (
        problem_at(
            row.proposal.place,
            Problem("changed_since", (("now", row.old), ("typed", row.proposal.text))),
        )
        for row in seen.rows
        if row.conflict
    )
    return (*seen.problems, *conflicts)
