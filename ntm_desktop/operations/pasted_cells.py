"""Cells pasted from a spreadsheet into a table, filled down, emptied: many figures as one step of undo.

Rules:
* A block may be larger than the table: what did not fit is counted and told, the rest is taken.
* Where the first column of the block holds names of hamlets, rows go to the hamlet of that name, whatever the order.
* An empty cell of the block leaves the figure that stands there; nothing is taken away by pasting.
* What cannot be read is kept as typed with its problem, as if it had been typed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO

from ntm_desktop.criteria.model import Table
from ntm_desktop.exchange.hamlet_names import TOTALS, HamletNames
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.text import fold, nfc
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.answer import answer_all, key_for
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk

Block = tuple[tuple[str, ...], ...]

MOST_TEXT = 4_000_000
"""Characters of a clipboard that are looked at; a commune's largest table is a hundredth of it."""
_NAMES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block goes: the rows of the table from top to bottom as they are shown, and its first cell."""

    rows: Sequence[str]
    """Ids of the hamlets or records in the order they are shown."""
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a block brought."""

    change: Change = field(default_factory=Change)
    taken: int = 0
    unreadable: int = 0
    """Of those taken: cells whose text is kept with a problem."""
    blank: int = 0
    """Empty cells that left the figure that stood there."""
    rows_left: int = 0
    """Rows below the table, that did not fit."""
    columns_left: int = 0
    unknown: tuple[str, ...] = ()
    """Names that no hamlet has, or more than one."""
    heading: bool = False
    total: bool = False

    def words(self) -> str:
        """Return what happened, what did not fit, and what was left out, as one line."""
        said = [
            ngettext("{count} cell pasted.", "{count} cells pasted.", self.taken).format(count=self.taken)
        ]
        if self.unreadable:
            said.append(_("{count} cannot be read: F8 goes there.").format(count=self.unreadable))
        if self.rows_left:
            said.append(
                _("{count} rows did not fit: the table ends before them.").format(count=self.rows_left)
            )
        if self.columns_left:
            said.append(
                _("{count} columns did not fit: the table ends before them.").format(count=self.columns_left)
            )
        if self.unknown:
            said.append(_("Not in the list: {names}.").format(names=_listed(self.unknown)))
        if self.heading:
            said.append(_("The heading row was left out."))
        if self.total:
            said.append(_("The row of totals was left out."))
        if self.blank:
            said.append(_("{count} empty cells left the figures as they were.").format(count=self.blank))
        return " ".join(said)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    return shown if more <= 0 else _("{names} and {count} more").format(names=shown, count=more)


def read_block(text: str) -> Block:
    """Read the text of a clipboard as rows of cells: tabs between cells, quotes around cells with lines in them."""
    text = text[:MOST_TEXT].replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not text.strip():
        return ()
    lines = text.split("\n")
    # A lone quotation mark is a character of a cell, not the beginning of a quoted one.
    quoted = text.count('"') % 2 == 0
    rows = csv.reader(StringIO(text), delimiter="\t") if quoted else (line.split("\t") for line in lines)
    try:
        return tuple(tuple(" ".join(nfc(cell).split()) for cell in row or ("",)) for row in rows)
    except csv.Error:  # a cell beyond the limit of the reader
        return tuple(tuple(" ".join(nfc(cell).split()) for cell in line.split("\t")) for line in lines)


def paste(desk: Desk, table: Table, place: Place, text: str) -> Pasted:
    """Take a block of cells into a table as one step of undo.

    Raises DossierClosed, and what `Desk.record` raises.
    """
    block = read_block(text)
    if not block:
        return Pasted()
    laid = _by_name(desk, table, place, block) or _by_place(table, place, block)
    texts: dict[FactKey, str] = {}
    blank = 0
    for key, cell in _cells(desk, table, place, laid):
        if not cell:
            blank += 1
            continue
        texts[key] = cell
    change, unreadable = answer_all(desk, texts, "paste")
    width = max((len(cells) for _row, cells in laid.rows), default=0)
    return replace(
        laid.told,
        change=change,
        taken=len(texts),
        unreadable=unreadable,
        blank=blank,
        columns_left=max(0, place.column + width - len(table.columns)),
    )


@dataclass(frozen=True, slots=True)
class _Laid:
    """The rows of a block with the row of the table each goes to."""

    rows: tuple[tuple[int, Sequence[str]], ...]
    told: Pasted


def _cells(desk: Desk, table: Table, place: Place, laid: _Laid) -> Iterator[tuple[FactKey, str]]:
    keys = [key_for(desk, column) for column in table.columns]
    for row, cells in laid.rows:
        subject = place.rows[row]
        for column, cell in enumerate(cells[: max(0, len(keys) - place.column)], start=place.column):
            key = keys[column]
            yield FactKey(key.element, subject, key.period), cell


def _by_place(table: Table, place: Place, block: Block) -> _Laid:
    heading = len(block) > 1 and _is_heading(table, place.column, block[0])
    rows = block[1:] if heading else block
    room = max(0, len(place.rows) - place.row)
    fits = tuple((place.row + number, cells) for number, cells in enumerate(rows[:room]))
    return _Laid(fits, Pasted(rows_left=max(0, len(rows) - room), heading=heading))


def _is_heading(table: Table, column: int, cells: Sequence[str]) -> bool:
    """Say whether the cells are the labels of the columns they stand above."""
    labels = [fold(str(one.label)) for one in table.columns[column:]]
    said = [(fold(cell), label) for cell, label in zip(cells, labels, strict=False) if cell]
    return bool(said) and all(cell == label for cell, label in said)


def _by_name(desk: Desk, table: Table, place: Place, block: Block) -> _Laid | None:
    """Return where the rows go by the names in the first column; None where it does not hold names of hamlets."""
    if table.register:
        return None
    names = HamletNames(hamlet for hamlet in desk.book.hamlets if hamlet.id in set(place.rows))
    found = [names.find(cells[0]) if cells and cells[0] else "" for cells in block]
    if len([one for one in found if one]) * 2 < len(block) - 1 or not any(found):
        return None
    where = {row: number for number, row in enumerate(place.rows)}
    rows: list[tuple[int, Sequence[str]]] = []
    unknown: list[str] = []
    told = Pasted()
    for number, (cells, hamlet) in enumerate(zip(block, found, strict=True)):
        name = cells[0] if cells else ""
        if hamlet:
            rows.append((where[hamlet], cells[1:]))
        elif fold(name) in TOTALS:
            told = replace(told, total=True)
        elif number == 0:
            told = replace(told, heading=True)
        elif name:
            unknown.append(name)
    return _Laid(tuple(rows), replace(told, unknown=tuple(unknown)))


def fill_down(desk: Desk, table: Table, place: Place, size: tuple[int, int]) -> Change:
    """Give the rows below the figures of the first row of a selection (rows, columns), as one step of undo.

    Of a single row the one above is taken. Raises DossierClosed, and what `Desk.record` raises.
    """
    height, width = size
    first = place.row if height > 1 else place.row - 1
    last = place.row + height
    if first < 0:
        return Change()
    texts: dict[FactKey, str] = {}
    for column in table.columns[place.column : place.column + width]:
        key = key_for(desk, column)
        above = desk.book.fact(FactKey(key.element, place.rows[first], key.period))
        claim = above.in_use if above is not None else None
        if claim is not None:
            for row in place.rows[first + 1 : last]:
                texts[FactKey(key.element, row, key.period)] = claim.text
    return answer_all(desk, texts, "fill_down")[0]


def empty(desk: Desk, keys: Sequence[FactKey]) -> Change:
    """Withdraw the figures of these cells as one step of undo. Raises as `paste`."""
    there: Mapping[FactKey, str] = {key: "" for key in keys if desk.book.fact(key) is not None}
    return answer_all(desk, there, "empty")[0]
