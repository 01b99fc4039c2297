"""Blocks pasted into a register, filled down or emptied: many cells as one step of undo.

Rows of a block that go beyond the last line become new lines. An empty cell of a block leaves what stands there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ntm_desktop.exchange.register_table import columns_of_heading
from ntm_desktop.facts.folding import nfc
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import registers
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.registers import Sheet
from ntm_desktop.workspace.states import NewState

MOST_TEXT = 4_000_000
"""Characters of a clipboard that are looked at."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a block goes: lines and columns in the order they are shown, and its first cell."""

    lines: Sequence[str]
    columns: Sequence[str]
    """Names; an empty one is computed and takes nothing."""
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a block brought."""

    change: Change = field(default_factory=Change)
    cells: int = 0
    added: int = 0
    """New lines."""
    left: int = 0
    """Columns of the block that did not fit."""
    heading: bool = False

    def words(self) -> str:
        """Return what happened as one line."""
        said = [
            ngettext("{count} cell pasted.", "{count} cells pasted.", self.cells).format(count=self.cells)
        ]
        if self.added:
            said.append(
                ngettext("{count} line added.", "{count} lines added.", self.added).format(count=self.added)
            )
        if self.left:
            said.append(_("{count} columns did not fit.").format(count=self.left))
        if self.heading:
            said.append(_("The heading row was left out."))
        return " ".join(said)


def paste(desk: Desk, sheet: Sheet, spot: Spot, text: str) -> Pasted:
    """Take a block of cells from the clipboard. Raises WorkspaceReadOnly and what `Desk.record` raises."""
    registers.require_writable(desk)
    lines = text[:MOST_TEXT].replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    block = [[" ".join(nfc(cell).split()) for cell in line.split("\t")] for line in lines]
    block = [cells for cells in block if any(cells)]
    if not block:
        return Pasted()
    headings = columns_of_heading(block[0], sheet.columns, sheet.keeping.headings)
    names: Sequence[str] = headings or spot.columns[spot.column :]
    rows = block[1:] if headings else block
    widest = max((len(cells) for cells in rows), default=0)
    here = () if headings else spot.lines[spot.row :]
    texts: dict[tuple[str, str], str] = {}
    new: list[Mapping[str, str]] = []
    for number, cells in enumerate(rows):
        given = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}
        if number < len(here):
            texts.update({(here[number], name): cell for name, cell in given.items()})
        elif given:
            new.append(given)
    states: list[NewState] = [
        *registers.changed_states(desk, texts),
        *registers.new_lines(desk, sheet.name, new),
    ]
    change = desk.record(states, "register") if states else Change()
    cells_taken = len(texts) + sum(len(given) for given in new)
    return Pasted(change, cells_taken, len(new), max(0, widest - len(names)), bool(headings))


def fill_down(desk: Desk, sheet: Sheet, spot: Spot, size: tuple[int, int]) -> Change:
    """Give the lines of a block what its first line has; a single line takes from the one above.

    `size` is its lines and columns. Raises WorkspaceReadOnly and what `Desk.record` raises.
    """
    height, width = size
    first = spot.row if height > 1 else spot.row - 1
    if first < 0:
        return Change()
    texts: dict[tuple[str, str], str] = {}
    for name in spot.columns[spot.column : spot.column + width]:
        if name:
            text = registers.cell_text(desk, sheet, spot.lines[first], name)
            for line in spot.lines[first + 1 : spot.row + height]:
                texts[line, name] = text
    return registers.type_cells(desk, texts)
