"""A register to a workbook, and lines from a file: looked at first, then taken in as one step of undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ntm_desktop.exchange.explain import explain
from ntm_desktop.exchange.proposals import CellProblem, problem_at
from ntm_desktop.exchange.register_table import (
    NoRegisterInFile,
    RegisterLine,
    WrittenRegister,
    lines_from_cells,
    register_workbook,
)
from ntm_desktop.facts.fact import Problem
from ntm_desktop.facts.subject import Record
from ntm_desktop.facts.text import read as read_text
from ntm_desktop.facts.text import show
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import registers
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.registers import Sheet
from ntm_desktop.operations.targets import require_file_target
from ntm_desktop.sheets.cells import Workbook
from ntm_desktop.sheets.read import read as read_workbook
from ntm_desktop.sheets.write import sheet_name, write_workbook
from ntm_desktop.workspace.states import NewRecord, NewState

__all__ = [
    "CellProblem",
    "Incoming",
    "NoRegisterInFile",
    "Workbook",
    "explain",
    "look_at",
    "read",
    "take",
    "write",
]

LABEL = "register_file"


@dataclass(frozen=True, slots=True)
class Changed:
    """A line that is here already, and the cells the file has differently."""

    record: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file would bring; nothing is written yet."""

    register: str
    path: str
    new: tuple[RegisterLine, ...]
    changed: tuple[Changed, ...]
    unchanged: int
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...]
    """Headings that are none of the register's."""

    @property
    def count(self) -> int:
        """How many lines would be added or changed."""
        return len(self.new) + len(self.changed)


def read(path: Path) -> Workbook:
    """Read a file; safe in a job. Raises FileUnreadable, NotAWorkbook, PasswordProtected, TooLarge."""
    return read_workbook(path)


def look_at(desk: Desk, register: str, name: str, workbook: Workbook) -> Incoming:
    """Compare the lines of a file with the register; nothing is written.

    Raises NoRegisterInFile; KeyError for an unknown register.
    """
    sheet = registers.sheet(desk, register)
    keeping = sheet.keeping
    found = lines_from_cells(name, workbook, sheet.columns, keeping.key, keeping.headings)
    problems = list(found.problems)
    here = {parts: record for record, parts in registers.identities(desk, sheet).items()}
    new: list[RegisterLine] = []
    changed: list[Changed] = []
    seen: set[tuple[str, ...]] = set()
    unchanged = 0
    for line in found.lines:
        parts = _identity(sheet, line.cells)
        if parts and parts in seen:
            again = line.cells[keeping.key[0]]
            problems.append(problem_at(line.place, Problem("given_again", (("name", again),))))
            continue
        seen.add(parts)
        record = here.get(parts) if parts else None
        if record is None:
            new.append(line)
            continue
        cells = _differing(desk, sheet, record, line.cells)
        unchanged += not cells
        if cells:
            changed.append(Changed(record, cells))
    return Incoming(register, name, tuple(new), tuple(changed), unchanged, tuple(problems), found.ignored)


def _identity(sheet: Sheet, cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return what says which thing a line is about; empty when that is not filled in whole."""
    parts = tuple(_alike(sheet, name, cells.get(name, "")) for name in sheet.keeping.key)
    return parts if parts and all(parts) else ()


def _alike(sheet: Sheet, name: str, text: str) -> str:
    """Return a cell of a file as it is compared with one that is here: by what it means."""
    column = sheet.column(name)
    value = read_text(column, text).value if column is not None else None
    return "" if value is None or column is None else registers.alike(show(column, value))


def _differing(desk: Desk, sheet: Sheet, record: str, cells: Mapping[str, str]) -> dict[str, str]:
    """Return the cells the file has differently; yearly ones of a closed year stand."""
    known = desk.workspace.book.record(record)
    differing: dict[str, str] = {}
    for name, text in cells.items():
        if name in sheet.keeping.key:  # it was found by these
            continue
        column = sheet.column(name)
        if column is None:
            if known is not None and registers.with_validity(known, {name: text}) != known:
                differing[name] = text
        elif read_text(column, text).value != registers.value(desk, column, record) and registers.writable(
            desk, column
        ):
            differing[name] = text
    return differing


def take(desk: Desk, incoming: Incoming) -> Change:
    """Add the new lines and change the differing cells, as one step of undo.

    Raises WorkspaceReadOnly and what `Desk.record` raises.
    """
    registers.require_writable(desk)
    states: list[NewState] = registers.new_lines(
        desk, incoming.register, [line.cells for line in incoming.new]
    )
    for one in incoming.changed:
        record = desk.workspace.book.record(one.record)
        if record is not None:
            changed = registers.with_validity(record, one.cells)
            if changed != record:
                states.append(NewRecord(one.record, changed))
            states += registers.cell_states(desk, one.record, one.cells)
    return desk.record(states, LABEL) if states else Change()


def write(desk: Desk, register: str, target: Path) -> None:
    """Write a register as a workbook that `look_at` takes back.

    Raises DiskFull, FileUnwritable; KeyError for an unknown register.
    """
    require_file_target(target, desk.workspace.folder)
    sheet = registers.sheet(desk, register)
    rows = tuple(_row(desk, sheet, record) for record in registers.lines(desk, register))
    title = _("{register} \u2013 {kind} {commune}").format(
        register=sheet.label, kind=desk.commune.kind, commune=desk.commune.name
    )
    note = _("Up to {day}. A line may be added at the end; the headings must stay.").format(
        day=desk.now().strftime("%d/%m/%Y")
    )
    plan = register_workbook(
        WrittenRegister(title, note, sheet.columns, rows), sheet_name(str(sheet.label), set())
    )
    write_workbook(plan, target)


def _row(desk: Desk, sheet: Sheet, record: Record) -> tuple[str, ...]:
    cells = []
    for column in sheet.columns:
        value = registers.value(desk, column, record.id)
        cells.append(registers.fact_text(desk, column, record.id) if value is None else show(column, value))
    return (*cells, *(day.strftime("%d/%m/%Y") if day else "" for day in (record.since, record.until)))
