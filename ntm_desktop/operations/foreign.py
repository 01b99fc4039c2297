"""Take figures from a table of another program: look at it, count what a mapping says, keep a copy as evidence.

Rules:
* What is counted goes the way of every file: a preview first, one step of undo, conflicts apart.
* Of the table only the mapping, the counts and the file that is shown as evidence are kept. The copy made for that
  holds the columns the mapping needs and no others: names and telephone numbers stay where they came from.
* A job gets a `Ground` and paths, never the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

from ntm_desktop.errors import Cancelled, Refused
from ntm_desktop.exchange import counting
from ntm_desktop.exchange.counting import Column, Layout, MappingDoesNotFit, Tally
from ntm_desktop.exchange.facts_table import ELEMENT_HEADINGS, typed_text
from ntm_desktop.exchange.form import FORM_SHEET
from ntm_desktop.exchange.mapping import (
    MOST_BYTES,
    CellOf,
    Counted,
    How,
    Mapping,
    NotAMapping,
    RowTest,
    mapping_from_json,
    mapping_to_json,
)
from ntm_desktop.exchange.proposals import CellProblem, Line, Place, Proposals, judge, problem_at
from ntm_desktop.exchange.remarks import head_remarks
from ntm_desktop.facts.fact import Problem
from ntm_desktop.facts.folding import fold
from ntm_desktop.facts.numerals import show_number
from ntm_desktop.facts.old_letters import Guess, Letters, decoded, guess
from ntm_desktop.facts.period import reading_period
from ntm_desktop.operations import attach as attaching
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.intake import Ground, Preview, preview, weigh
from ntm_desktop.sheets.cells import Cell, Sheet, Workbook
from ntm_desktop.sheets.copying import write_rows
from ntm_desktop.sheets.holding import holder_of
from ntm_desktop.sheets.read import read as read_workbook
from ntm_desktop.sheets.stream import Head, Source, open_source
from ntm_desktop.sheets.stream import rows as stream_rows

Progress = Callable[[int], None]
Stopped = Callable[[], bool]
_LOOK_LEFT = 6
_SAMPLED = 400


@dataclass(eq=False)
class NoSuchMapping(Refused):
    """Say that no mapping is kept under that name."""

    mapping: str
    known: str

    code: ClassVar[str] = "no_such_mapping"
    what: ClassVar[str] = "No way of reading a table is kept under the name {mapping}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Use one of these: {known}."


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a table before anybody said what it means."""

    source: Source
    sheet: str
    heading_row: int
    columns: tuple[Column, ...]
    rows: int
    remarks: tuple[Problem, ...]
    letters: Guess
    """How its letters seem to be written, with an example of before and after."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """What a mapping makes of a table."""

    preview: Preview
    tally: Tally
    layout: Layout | None


def look(
    path: Path,
    *,
    sheet: str = "",
    row: int = 0,
    stopped: Stopped | None = None,
    progress: Progress | None = None,
) -> Looked:
    """Look through one sheet of a table; safe in a job.

    Without a sheet the first that is shown and holds anything, without a row the one that looks like headings. Raises
    FileUnreadable, FileHeld, NotAWorkbook, PasswordProtected, TooLarge, Cancelled.
    """
    with open_source(path) as source:
        return _look(source, sheet=sheet, row=row, stopped=stopped, progress=progress)


def _look(
    source: Source,
    *,
    sheet: str = "",
    row: int = 0,
    stopped: Stopped | None = None,
    progress: Progress | None = None,
) -> Looked:
    head = source.head(sheet) if sheet else _first(source)
    if head is None:
        head = _first(source)
    at = row or counting.heading_row(head)
    names = counting.headings(head, at) or ("",)
    numbers = range(1, len(names) + 1)
    found: tuple[int, tuple[Column, ...]] = (0, ())
    for found in counting.survey(
        stream_rows(source, head.name, numbers), names, first_row=at, stopped=stopped
    ):
        if progress is not None:
            progress(found[0])
    rows, columns = found
    texts = [text for line in head.rows for text in line]
    texts += [value for column in columns for value in column.values]
    remarks = head_remarks(source.heads, holder_of(source.path))
    return Looked(source, head.name, at, columns, rows, remarks, guess(texts[: _SAMPLED * len(names)]))


def receive(
    base: Ground, path: Path, *, progress: Progress | None = None, stopped: Stopped | None = None
) -> Preview | Looked:
    """Read a file of any kind: a preview where it says what its figures are, else what was found; safe in a job.

    Raises what `look` and `intake.preview` raise.
    """
    if path.suffix.lower() == ".json":
        return preview(base, path, stopped=stopped)
    with open_source(path) as source:
        words = {fold(cell) for head in source.heads for line in head.rows for cell in line}
        form = source.head(FORM_SHEET) is not None and source.text is None
        if not form and not words & ELEMENT_HEADINGS:
            return _look(source, progress=progress, stopped=stopped)
    return preview(base, path, stopped=stopped)


def tally(
    base: Ground,
    path: Path,
    mapping: Mapping,
    year: int,
    *,
    progress: Progress | None = None,
    stopped: Stopped | None = None,
) -> Tallied:
    """Count a table and say which figures would change; safe in a job.

    Raises MappingDoesNotFit and what `look` raises.
    """
    counted, layout = Tally(), None
    lines: list[Line] = []
    problems: list[CellProblem] = []
    with open_source(path) as source:
        if mapping.counted:
            layout = counting.locate(path.name, source.heads, mapping)
            counted = counting.count(
                stream_rows(source, layout.sheet, layout.columns),
                mapping,
                year,
                first_row=layout.heading_row,
                progress=progress,
                stopped=stopped,
            )
    if layout is not None:
        place = Place(layout.sheet, "")
        lines += [
            _line(base, element, str(count), (mapping, year), place)
            for element, count in counted.counts.items()
        ]
    if mapping.cells:
        lines += _cell_lines(base, read_workbook(path), (mapping, year), problems)
    if stopped is not None and stopped():
        raise Cancelled
    proposals, refused = judge(base.terms, lines)
    remarks = (*head_remarks(source.heads, holder_of(path)), *_tally_remarks(counted))
    seen = weigh(base, path.name, Proposals(tuple(proposals), 0, tuple(problems + refused)), remarks)
    return Tallied(seen, counted, layout)


def _tally_remarks(tally: Tally) -> Iterator[Problem]:
    if tally.repeated:
        yield Problem("rows_repeated", (("count", _shown(tally.repeated)),))
    if tally.unread_days:
        facts = (("count", _shown(tally.unread_days)), ("row", str(tally.first_unread)))
        yield Problem("days_unread", facts)


def _shown(number: int) -> str:
    return show_number(Fraction(number))


def _line(
    base: Ground, element: str, value: str, context: tuple[Mapping, int], place: Place, subject: str = ""
) -> Line:
    mapping, year = context
    known = base.terms.elements.get(element)
    period = reading_period(known.period, year) if known is not None else str(year)
    return Line(element, subject, period, "actual", value, place, mapping.source or None)


def _cell_lines(
    base: Ground, workbook: Workbook, context: tuple[Mapping, int], problems: list[CellProblem]
) -> Iterator[Line]:
    for wanted in context[0].cells:
        sheet = workbook.sheet(context[0].sheet) or next((one for one in workbook.sheets if one.rows), None)
        if sheet is None:
            continue
        cell = find_cell(sheet, wanted, context[0].letters)
        place = Place(sheet.name, cell.address if cell is not None else wanted.address)
        if cell is None:
            problems.append(problem_at(place, Problem("label_gone", (("label", wanted.label),))))
            continue
        value = typed_text(base.terms.elements.get(wanted.element), cell)
        if isinstance(value, Problem):
            problems.append(problem_at(place, value))
        else:
            yield _line(base, wanted.element, value, context, place, wanted.subject)


def find_cell(sheet: Sheet, wanted: CellOf, letters: Letters = Letters.UNICODE) -> Cell | None:
    """Return the cell in the column of the address whose row still bears the label; None when no row or several do."""
    row, column = _place(wanted.address)
    if not wanted.label:
        return sheet.cell(row, column)
    label = fold(wanted.label)
    if fold(decoded(label_of(sheet, row, column), letters)) == label:
        return sheet.cell(row, column)
    found = [
        number
        for number in range(sheet.top, sheet.last_row + 1)
        if fold(decoded(label_of(sheet, number, column), letters)) == label
    ]
    return sheet.cell(found[0], column) if len(found) == 1 else None


def label_of(sheet: Sheet, row: int, column: int) -> str:
    """Return the text that stands next to the left of a cell and is no number."""
    for left in range(column - 1, max(0, column - 1 - _LOOK_LEFT), -1):
        text = sheet.cell(row, left).text.strip()
        if any(letter.isalpha() for letter in text):
            return text
    return ""


def beside(looked: Looked, address: str) -> tuple[str, str]:
    """Return the label left of a cell and what stands in it, as far as the beginning of the sheet was read."""
    head = looked.source.head(looked.sheet)
    row, column = _place(address)
    if head is None or row > len(head.rows):
        return "", ""
    line = head.rows[row - 1]
    before = line[max(0, column - 1 - _LOOK_LEFT) : column - 1]
    label = next((text.strip() for text in reversed(before) if any(map(str.isalpha, text))), "")
    return label, line[column - 1].strip() if column <= len(line) else ""


def _place(address: str) -> tuple[int, int]:
    letters = address.rstrip("0123456789").upper()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(address[len(letters) :] or 1), max(column, 1)


def _first(source: Source) -> Head:
    filled = [head for head in source.heads if any(map(any, head.rows))]
    shown = [head for head in filled if not head.hidden]
    return (shown or filled or [Head(source.path.stem, ())])[0]


def needed_copy(path: Path, mapping: Mapping, folder: Path, *, stopped: Stopped | None = None) -> Path:
    """Write a copy that holds the row numbers and the columns the mapping needs, nothing else; safe in a job.

    Raises MappingDoesNotFit, Cancelled, DiskFull, FileUnwritable, and what `look` raises.
    """
    target = folder / f"{path.stem}.xlsx"

    def lines(source: Source, layout: Layout) -> Iterator[list[str]]:
        yield ["#", *mapping.columns]
        for number, cells in stream_rows(source, layout.sheet, layout.columns):
            if stopped is not None and stopped():
                raise Cancelled
            if number > layout.heading_row and any(cells):
                yield [str(number), *(decoded(cell, mapping.letters) for cell in cells)]

    with open_source(path) as source:
        layout = counting.locate(path.name, source.heads, mapping)
        write_rows(target, layout.sheet, lines(source, layout), (8, *(22 for _column in mapping.columns)))
    return target


def show_as_evidence(desk: Desk, path: Path, mapping: Mapping) -> Change:
    """Store a file and show it for the mapping's requirement. Raises what `attach.store` and `attach.attach` raise."""
    stored = attaching.store(desk, [path])
    return attaching.attach(desk, mapping.requirement, mapping.rule, stored)


def mappings(desk: Desk) -> dict[str, Mapping]:
    """Return the kept mappings by name; one this program cannot read stays where it is and is left out."""
    found = {}
    for name, content in desk.workspace.mappings.all().items():
        try:
            found[name] = mapping_from_json(name, content)
        except NotAMapping:
            continue
    return found


def mapping_named(desk: Desk, name: str) -> Mapping:
    """Return a kept mapping. Raises NoSuchMapping."""
    kept = mappings(desk)
    if name not in kept:
        raise NoSuchMapping(name, ", ".join(kept))
    return kept[name]


def keep_mapping(desk: Desk, mapping: Mapping) -> None:
    """Keep a mapping under its name for next time. Raises WorkspaceReadOnly, DiskFull, FileUnwritable."""
    desk.workspace.mappings.keep(mapping.name, mapping_to_json(mapping))


def forget_mapping(desk: Desk, name: str) -> None:
    """Forget a kept mapping. Raises NoSuchMapping, WorkspaceReadOnly, DiskFull, FileUnwritable."""
    if name not in desk.workspace.mappings.all():
        raise NoSuchMapping(name, ", ".join(mappings(desk)))
    desk.workspace.mappings.forget(name)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping from a file. Raises NotAMapping, FileUnreadable."""
    from ntm_desktop.disk import open_file
    from ntm_desktop.sheets.text_tables import unreadable

    try:
        with open_file(path) as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    try:
        return mapping_from_json(path.name, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotAMapping(path.name, "encoding") from error


__all__ = [
    "CellOf",
    "Column",
    "Counted",
    "Guess",
    "How",
    "Letters",
    "Looked",
    "Mapping",
    "MappingDoesNotFit",
    "NoSuchMapping",
    "RowTest",
    "Tallied",
    "beside",
    "find_cell",
    "forget_mapping",
    "keep_mapping",
    "label_of",
    "look",
    "mapping_named",
    "mapping_to_json",
    "mappings",
    "needed_copy",
    "read_mapping",
    "receive",
    "show_as_evidence",
    "tally",
]
