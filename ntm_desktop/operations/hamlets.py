"""Add and rename hamlets from a list; ids are kept, so that every figure stays with its hamlet."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from ntm_desktop.exchange.hamlet_list import hamlets_from_cells
from ntm_desktop.exchange.proposals import CellProblem
from ntm_desktop.facts.subject import Hamlet
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.sheets.read import read as read_workbook
from ntm_desktop.workspace.states import NewHamlet, NewState

__all__ = ["CellProblem", "HamletsTaken", "rename", "take_hamlets"]


@dataclass(frozen=True, slots=True)
class HamletsTaken:
    """What a list of hamlets brought."""

    added: int
    renamed: int
    unchanged: int
    problems: tuple[CellProblem, ...]
    change: Change


def take_hamlets(desk: Desk, path: Path) -> HamletsTaken:
    """Add the hamlets of a file that are new, rename those whose id it names; leave the others alone.

    Raises FileUnreadable, NotAWorkbook, PasswordProtected, TooLarge, NoHamletsInFile, and what `Desk.record` raises.
    """
    known = {hamlet.id: hamlet for hamlet in desk.workspace.book.hamlets}
    listed = hamlets_from_cells(path.name, read_workbook(path), desk.workspace.book.hamlets)
    order = max((hamlet.order for hamlet in known.values()), default=0)
    added: list[NewState] = []
    renamed: list[NewState] = []
    for row in listed.rows:
        hamlet = known.get(row.id)
        if hamlet is None:
            new = Hamlet(id=uuid.uuid4().hex, name=row.name, order=order + len(added) + 1)
            added.append(NewHamlet(new.id, new))
        elif row.renames and hamlet.name != row.name:
            renamed.append(NewHamlet(hamlet.id, replace(hamlet, name=row.name)))
    states = [*renamed, *added]
    change = desk.record(states, "hamlets") if states else Change(label="hamlets")
    unchanged = len(listed.rows) - len(states)
    return HamletsTaken(len(added), len(renamed), unchanged, listed.problems, change)


def rename(desk: Desk, hamlet: str, name: str) -> Change:
    """Give a hamlet another name. Raises KeyError for an unknown id, and what `Desk.record` raises."""
    known = {one.id: one for one in desk.workspace.book.hamlets}
    return desk.record([NewHamlet(hamlet, replace(known[hamlet], name=name))], "hamlets")
