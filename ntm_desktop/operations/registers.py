"""The registers of the commune: which there are, their lines and cells, and what a line is worth looking at for.

Registers belong to the commune, not to a dossier: lines are kept whatever dossier is chosen, even when none is.
Cells whose column is counted by the year are those of the chosen dossier's year.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from ntm_desktop.criteria.registers import Keeping, RegisterBook
from ntm_desktop.exchange.register_table import SINCE, UNTIL
from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.fact import Fact, FactKey, Value
from ntm_desktop.facts.folding import one_line
from ntm_desktop.facts.period import PeriodKind, add_months, reading_period
from ntm_desktop.facts.subject import Record
from ntm_desktop.facts.text import read, show
from ntm_desktop.i18n import Text
from ntm_desktop.operations.answer import claim_state, remove_states
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.locked import locked_years
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.states import NewRecord, NewState

__all__ = ["SINCE", "UNTIL", "Keeping", "Limit", "Listed", "Sheet", "Standing"]

SOON_DAYS = 90
"""So many days ahead a time limit is told."""


class Standing(StrEnum):
    """How a line stands with its time limit."""

    FINE = "fine"
    SOON = "soon"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Limit:
    """The time limit of a line."""

    standing: Standing
    day: date


@dataclass(frozen=True, slots=True)
class Sheet:
    """A register as a table."""

    name: str
    label: Text
    purpose: Text
    columns: tuple[Element, ...]
    keeping: Keeping
    labels: Mapping[str, Text] = field(default_factory=dict)
    """The chosen set's own words above columns it asks for."""
    former: frozenset[str] = frozenset()
    """Columns that no book asks for any more; something stands in them."""

    def column(self, name: str) -> Element | None:
        """Return the column of that name."""
        return next((one for one in self.columns if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Listed:
    """A register in the list: how many lines it has, how many have a time limit near or past."""

    sheet: Sheet
    lines: int


def book_of(desk: Desk) -> RegisterBook:
    """Return the register books at hand as one. Raises as `RegisterBooks.book`."""
    return desk.library.registers.book()


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """Return all registers: those of the book in its order, then those only the chosen set has."""
    book = book_of(desk)
    own = desk.set.catalogue.registers if desk.set is not None else {}
    names = [keeping.register for keeping in book.keepings]
    used = {record.register for record in desk.workspace.book.records}
    past = [name for name in desk.library.registers.former().registers if name in used] if used else []
    return tuple(sheet(desk, name) for name in dict.fromkeys((*names, *own, *past)))


def sheet(desk: Desk, name: str) -> Sheet:
    """Return one register. Raises KeyError when neither the book nor the chosen set has it."""
    book = book_of(desk)
    catalogue = desk.set.catalogue if desk.set is not None else None
    of_set = catalogue.registers.get(name) if catalogue is not None else None
    of_book = book.catalogue.registers.get(name)
    past = desk.library.registers.former().registers.get(name)
    known = of_book or of_set or past
    if known is None:
        raise KeyError(name)
    columns = dict.fromkeys((*known.columns, *(of_set.columns if of_set is not None else ())))
    written = _written(desk, () if past is None else past.columns)
    former = frozenset(one for one in written if known is past or one not in columns)
    columns |= dict.fromkeys(written)
    keeping = book.keeping(name) or Keeping(name, Text(""))
    shown = tuple(element(desk, one) for one in columns)
    return Sheet(name, known.label, keeping.purpose, shown, keeping, _labels(desk, name), former)


def _written(desk: Desk, columns: Sequence[str]) -> tuple[str, ...]:
    """Return those of some columns in which something stands, in any line and year."""
    if not columns:
        return ()
    names = {key.element for key in desk.workspace.book.facts}
    return tuple(one for one in columns if one in names)


def _labels(desk: Desk, register: str) -> Mapping[str, Text]:
    requirements = desk.compiled.requirements.values() if desk.set is not None else ()
    tables = (table for one in requirements for table in one.source.tables if table.register == register)
    return {column.element: column.label for table in tables for column in table.columns}


def elements(desk: Desk) -> Mapping[str, Element]:
    """Return the elements of the book and the chosen set; the set's own words win."""
    own = desk.set.catalogue.elements if desk.set is not None else {}
    past = desk.library.registers.former().elements
    return {**past, **book_of(desk).catalogue.elements, **own}


def element(desk: Desk, name: str) -> Element:
    """Return an element of the chosen set or of the book. Raises KeyError when neither has it."""
    own = desk.set.catalogue.elements.get(name) if desk.set is not None else None
    known = own or book_of(desk).catalogue.elements.get(name)
    return known or desk.library.registers.former().elements[name]


def listed(desk: Desk) -> tuple[Listed, ...]:
    """Return every register with the number of its lines."""
    book = desk.workspace.book
    return tuple(Listed(one, len(book.records_of(one.name))) for one in sheets(desk))


def lines(desk: Desk, register: str) -> tuple[Record, ...]:
    """Return all lines of a register in order, whenever they count."""
    return desk.workspace.book.records_of(register)


def year_of(desk: Desk) -> int:
    """Return the year whose cells are shown: the chosen dossier's, else this one."""
    return desk.dossier.year if desk.dossier is not None else desk.now().year


def day_of(desk: Desk) -> date:
    """Return the day on which lines count: the chosen dossier's day of assessment, else today."""
    return desk.dossier.assessed_on if desk.dossier is not None else desk.now().date()


def key_of(desk: Desk, column: Element, record: str) -> FactKey:
    """Return the fact that a cell holds."""
    return FactKey(column.name, record, reading_period(column.period, year_of(desk)))


def fact(desk: Desk, column: Element, record: str) -> Fact | None:
    """Return what a cell holds, as it stands now whatever dossier is chosen."""
    return desk.workspace.book.fact(key_of(desk, column, record))


def value(desk: Desk, column: Element, record: str) -> Value | None:
    """Return the value of a cell; None when it is empty or cannot be read."""
    return desk.workspace.book.values.get(key_of(desk, column, record))


def is_yearly(column: Element) -> bool:
    """Say whether a column is asked anew every year."""
    return column.period not in {PeriodKind.NONE, PeriodKind.DAY}


# -------------------------------------------------------------------- changing


def require_writable(desk: Desk) -> None:
    """Refuse a change of a workspace that is open for reading only. Raises WorkspaceReadOnly."""
    if desk.workspace.read_only:
        raise WorkspaceReadOnly(str(desk.workspace.folder))


def year_is_closed(desk: Desk) -> bool:
    """Say whether the year that is shown stands still, signed or closed: its yearly cells take no changes."""
    return year_of(desk) in locked_years(desk)


def writable(desk: Desk, column: Element) -> bool:
    """Say whether the cells of a column take changes."""
    return not desk.workspace.read_only and not (is_yearly(column) and year_is_closed(desk))


def add(desk: Desk, register: str, texts: Sequence[Mapping[str, str]] = ({},)) -> Change:
    """Add lines with what was typed for their columns, as one step of undo.

    Raises WorkspaceReadOnly and what `Desk.record` raises.
    """
    require_writable(desk)
    return desk.record(new_lines(desk, register, texts), "add_record")


def new_lines(desk: Desk, register: str, texts: Sequence[Mapping[str, str]]) -> list[NewState]:
    """Return the states of new lines after the last one."""
    states: list[NewState] = []
    before = lines(desk, register)
    order = before[-1].order if before else 0
    for number, cells in enumerate(texts, order + 1):
        record = Record(uuid.uuid4().hex, register, number)
        given = {name: text for name, text in cells.items() if text.strip()}
        states.append(NewRecord(record.id, with_validity(record, given)))
        states += cell_states(desk, record.id, given)
    return states


def cell_states(desk: Desk, record: str, texts: Mapping[str, str]) -> list[NewState]:
    """Return the states of a line's cells; the ends of its validity are not cells."""
    states: list[NewState] = []
    for name, text in texts.items():
        if name not in {SINCE, UNTIL}:
            column = element(desk, name)
            states.append(claim_state(desk, key_of(desk, column, record), text, of=column))
    return states


def remove(desk: Desk, records: Sequence[str]) -> Change:
    """Take lines out with all their figures, as one step of undo.

    Raises WorkspaceReadOnly and what `Desk.record` raises.
    """
    require_writable(desk)
    return desk.record(remove_states(desk, set(records)), "remove_record")


def type_cells(desk: Desk, texts: Mapping[tuple[str, str], str]) -> Change:
    """Take what was typed or pasted into cells, by record id and column name (`since` and `until` too).

    One step of undo for all. What cannot be read is kept and marked; an end of validity that cannot be read changes
    nothing. Raises WorkspaceReadOnly and what `Desk.record` raises.
    """
    require_writable(desk)
    states = changed_states(desk, texts)
    return desk.record(states, "register") if states else Change()


def changed_states(desk: Desk, texts: Mapping[tuple[str, str], str]) -> list[NewState]:
    """Return the states of typed cells; lines that are gone and cells of a closed year take nothing."""
    states: list[NewState] = []
    book = desk.workspace.book
    by_record: dict[str, dict[str, str]] = {}
    for (record, name), text in texts.items():
        by_record.setdefault(record, {})[name] = text
    for identity, cells in by_record.items():
        known = book.record(identity)
        if known is None:
            continue
        changed = with_validity(known, cells)
        if changed != known:
            states.append(NewRecord(identity, changed))
        allowed = {
            name: text
            for name, text in cells.items()
            if name in {SINCE, UNTIL} or writable(desk, element(desk, name))
        }
        states += cell_states(desk, identity, allowed)
    return states


def with_validity(record: Record, cells: Mapping[str, str]) -> Record:
    """Return the line with the ends of its validity as they were typed; what cannot be read changes nothing."""
    since, until = record.since, record.until
    if SINCE in cells:
        since = _day(cells[SINCE], since)
    if UNTIL in cells:
        until = _day(cells[UNTIL], until)
    return replace(record, since=since, until=until)


_A_DAY = Element("day", Text(""), ValueType.DATE)


def _day(text: str, before: date | None) -> date | None:
    """Return the day that was typed, None for an empty text; what stood there where it cannot be read."""
    reading = read(_A_DAY, text)
    if reading.problem is not None:
        return before
    return reading.value if isinstance(reading.value, date) else None


# -------------------------------------------------------------------- what a line is worth looking at for


def limit(desk: Desk, shown: Sheet, record: Record) -> Limit | None:
    """Return the time limit of a line; None without one, or once what had to be done is done."""
    keeping = shown.keeping
    column = shown.column(keeping.due) if keeping.due else None
    if column is None:
        return None
    since = value(desk, column, record.id)
    if not isinstance(since, date) or _is_done(desk, shown, record):
        return None
    day = add_months(since, keeping.months)
    days = (day - desk.now().date()).days
    return Limit(Standing.OVER if days < 0 else Standing.SOON if days <= SOON_DAYS else Standing.FINE, day)


@dataclass(frozen=True, slots=True)
class LimitedLine:
    """A line with a time limit that still matters."""

    sheet: Sheet
    record: Record
    limit: Limit


def limited_lines(desk: Desk, day: date) -> Iterator[LimitedLine]:
    """Yield the lines that count on a day and have a time limit, register by register."""
    for shown in sheets(desk):
        for record in lines(desk, shown.name) if shown.keeping.due else ():
            found = limit(desk, shown, record) if record.valid_on(day) else None
            if found is not None:
                yield LimitedLine(shown, record, found)


def line_name(desk: Desk, line: LimitedLine) -> str:
    """Return what a line is about: its key columns, else its first one."""
    names = line.sheet.keeping.key or tuple(one.name for one in line.sheet.columns[:1])
    return ", ".join(filter(None, (cell_text(desk, line.sheet, line.record.id, name) for name in names)))


def _is_done(desk: Desk, shown: Sheet, record: Record) -> bool:
    done = shown.column(shown.keeping.done) if shown.keeping.done else None
    return done is not None and value(desk, done, record.id) is True


def identities(desk: Desk, shown: Sheet) -> dict[str, tuple[str, ...]]:
    """Return for each line what says which thing it is about; lines whose key is not filled in are left out."""
    columns = [shown.column(name) for name in shown.keeping.key]
    found: dict[str, tuple[str, ...]] = {}
    for record in lines(desk, shown.name):
        parts = tuple(_part(desk, column, record.id) for column in columns if column is not None)
        if parts and all(parts):
            found[record.id] = parts
    return found


def cell_text(desk: Desk, shown: Sheet, record: str, name: str) -> str:
    """Return the text a cell is edited with, ends of validity too."""
    column = shown.column(name)
    if column is None:
        known = desk.workspace.book.record(record)
        day = None if known is None else known.since if name == SINCE else known.until
        return "" if day is None else show(_A_DAY, day)
    found = value(desk, column, record)
    return fact_text(desk, column, record) if found is None else show(column, found)


def _part(desk: Desk, column: Element, record: str) -> str:
    found = value(desk, column, record)
    return "" if found is None else alike(show(column, found))


def fact_text(desk: Desk, column: Element, record: str) -> str:
    """Return what was typed into a cell."""
    found = fact(desk, column, record)
    claim = found.in_use if found is not None else None
    return claim.text if claim is not None else ""


def alike(text: str) -> str:
    """Return a text as it is compared: letter case and spaces do not make another thing, marks do."""
    return one_line(text).casefold()
