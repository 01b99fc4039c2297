"""Lines of a register from a table of cells, and a register as a workbook.

Columns are found by their headings, as this program writes them or as officers do (without marks, in any order). What
cannot be read is told with its cell; the rest of the line is kept. A file never empties a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from ntm_desktop.errors import Refused
from ntm_desktop.exchange.facts_table import typed_text
from ntm_desktop.exchange.proposals import CellProblem, Place, problem_at
from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.fact import Problem
from ntm_desktop.facts.folding import fold, one_line
from ntm_desktop.facts.text import read
from ntm_desktop.i18n import Text
from ntm_desktop.i18n import gettext as _
from ntm_desktop.sheets.cells import Cell, Sheet, Workbook
from ntm_desktop.sheets.layout import Look, PlannedCell, PlannedSheet, PlannedWorkbook

SINCE: Final = "since"
UNTIL: Final = "until"
_HEADING_ROWS: Final = 15
_LEAST_WORD: Final = 4
_ORDINALS: Final = frozenset(("stt", "tt", "so tt", "no", "no."))
_NOT_HERE: Final = Problem("key_missing")
_SPARE, _LONG = 20, 500
"""Empty lines to fill in, and from how many lines a register is printed rather than typed into."""


@dataclass(eq=False)
class NoRegisterInFile(Refused):
    """Say that no heading of a file is one of the register."""

    path: str

    code: ClassVar[str] = "no_register_in_file"
    what: ClassVar[str] = "The file {path} has no heading row of this register."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Write the register to a file first, fill that in and take it back."


@dataclass(frozen=True, slots=True)
class Headed:
    """A column as a file may head it."""

    name: str
    element: Element
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of a file: what an officer would have typed, by column name, and where it stands."""

    place: Place
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RegisterLines:
    """What a file comes to."""

    lines: tuple[RegisterLine, ...]
    problems: tuple[CellProblem, ...]
    found: tuple[str, ...]
    """Names of the columns the file has."""
    ignored: tuple[str, ...]
    """Headings that are none of the register's; their cells are not kept."""


def validity_columns() -> tuple[Headed, Headed]:
    """Return the two columns that say from when until when a line counts."""
    return (
        Headed(SINCE, Element(SINCE, Text(""), ValueType.DATE), (_("Counts from"), SINCE)),
        Headed(UNTIL, Element(UNTIL, Text(""), ValueType.DATE), (_("Counts until"), UNTIL)),
    )


Words = Mapping[str, tuple[str, ...]]
"""Other words a column may be headed with, by its name."""


def headed(columns: Sequence[Element], also: Words) -> tuple[Headed, ...]:
    """Return the columns of a register with everything a file may call them."""
    own = tuple(
        Headed(one.name, one, (one.label.vi, one.label.en, one.name, *also.get(one.name, ())))
        for one in columns
    )
    return (*own, *validity_columns())


def lines_from_cells(
    name: str, workbook: Workbook, columns: Sequence[Element], key: Sequence[str], also: Words
) -> RegisterLines:
    """Read the first sheet that has a heading row of the register. Raises NoRegisterInFile."""
    known = headed(columns, also)
    for sheet in workbook.sheets:
        found = None if sheet.hidden else _heading(sheet, known)
        if found is not None:
            row, places, ignored = found
            lines, problems = _lines(sheet, row, places, key)
            return RegisterLines(lines, problems, tuple(one.name for one in places.values()), ignored)
    raise NoRegisterInFile(name)


def columns_of_heading(cells: Sequence[str], columns: Sequence[Element], also: Words) -> tuple[str, ...]:
    """Return the names of the columns a row of headings means, empty where it means none; empty when it is no heading.

    Half of the filled cells must be the very words of a column: a product called like one is no heading.
    """
    known = headed(columns, also)
    words = [fold(cell) for cell in cells]
    exact = {fold(label) for one in known for label in one.labels if label}
    filled = [word for word in words if word and word not in _ORDINALS]
    if not filled or 2 * sum(word in exact for word in filled) < len(filled):
        return ()
    meant = [_meant(cell, known) for cell in cells]
    return tuple("" if one is None else one.name for one in meant)


def _heading(sheet: Sheet, known: Sequence[Headed]) -> tuple[int, dict[int, Headed], tuple[str, ...]] | None:
    """Return the heading row that names most columns, where they stand, and the headings that name none."""
    best: tuple[int, dict[int, Headed], tuple[str, ...]] | None = None
    for line in list(sheet.lines())[:_HEADING_ROWS]:
        places: dict[int, Headed] = {}
        ignored: list[str] = []
        for cell in line:
            one = _meant(cell.text, [each for each in known if each not in places.values()])
            if one is not None:
                places[cell.column] = one
            elif cell.text.strip() and fold(cell.text) not in _ORDINALS:
                ignored.append(one_line(cell.text))
        if places and (best is None or len(places) > len(best[1])):
            best = line[0].row, places, tuple(ignored)
    return best


def _meant(heading: str, known: Sequence[Headed]) -> Headed | None:
    """Return the column a heading means: its own words, else the only one whose words it holds or is part of."""
    words = fold(heading)
    if not words:
        return None
    labels = {one.name: [fold(label) for label in one.labels if label] for one in known}
    same = [one for one in known if words in labels[one.name]]
    near = [
        one
        for one in known
        if len(words) >= _LEAST_WORD
        and any(
            len(label) >= _LEAST_WORD and (label in words or words in label) for label in labels[one.name]
        )
    ]
    if same:
        return same[0]
    return near[0] if len(near) == 1 else None


def _lines(
    sheet: Sheet, heading: int, places: Mapping[int, Headed], key: Sequence[str]
) -> tuple[tuple[RegisterLine, ...], tuple[CellProblem, ...]]:
    lines: list[RegisterLine] = []
    problems: list[CellProblem] = []
    needed = [name for name in key if name in {one.name for one in places.values()}]
    for row in range(heading + 1, sheet.last_row + 1):
        texts: dict[str, str] = {}
        wrong: list[CellProblem] = []
        for column, one in places.items():
            text = _text(one.element, sheet.cell(row, column))
            if isinstance(text, Problem):
                wrong.append(problem_at(_place(sheet, row, column), text))
            elif text:
                texts[one.name] = text
        if not texts and not wrong:
            continue
        problems += wrong
        if needed and not any(name in texts for name in needed):
            at = next(column for column, one in places.items() if one.name == needed[0])
            problems.append(problem_at(_place(sheet, row, at), _NOT_HERE))
        elif texts:
            lines.append(RegisterLine(_place(sheet, row, min(places)), texts))
    return tuple(lines), tuple(problems)


def _text(element: Element, cell: Cell) -> str | Problem:
    if cell.blank:
        return ""
    typed = typed_text(element, cell)
    if isinstance(typed, Problem):
        return typed
    reading = read(element, typed)
    return reading.problem if reading.problem is not None else reading.text.strip()


def _place(sheet: Sheet, row: int, column: int) -> Place:
    return Place(sheet.name, sheet.cell(row, column).address)


# -------------------------------------------------------------------- writing


@dataclass(frozen=True, slots=True)
class WrittenRegister:
    """A register to be written: its words, its columns and the text of every cell."""

    title: str
    note: str
    columns: tuple[Element, ...]
    rows: tuple[tuple[str, ...], ...]
    """For each line the texts of the columns, then the two ends of its validity."""


def register_workbook(register: WrittenRegister, name: str) -> PlannedWorkbook:
    """Return the workbook of a register; what it takes back are its own headings. Personal columns say so."""
    widths = [_width(one) for one in register.columns] + [14, 14]
    heads = (*(_head(one) for one in register.columns), *_validity_heads())
    across = len(heads)
    rows: list[tuple[PlannedCell | None, ...]] = [
        (PlannedCell(register.title, Look.TITLE, span=across),),
        (PlannedCell(register.note, Look.NOTE, span=across),),
        heads,
    ]
    looks = [Look.INPUT_RIGHT if one.type in _NUMBERS else Look.INPUT for one in register.columns]
    choices = [tuple(str(choice.label) for choice in one.choices) for one in register.columns]
    choices += [(), ()]
    empty = ("",) * across
    looks += [Look.INPUT, Look.INPUT]
    rows += [
        tuple(
            PlannedCell(text or None, look, choices=offered)
            for text, look, offered in zip(texts, looks, choices, strict=True)
        )
        for texts in (*register.rows, *(empty,) * _spare(len(register.rows)))
    ]
    sheet = PlannedSheet(name, tuple(rows), tuple(widths), frozen_rows=3, frozen_columns=1)
    return PlannedWorkbook(
        register.title,
        (sheet,),
        choice_refusal=(_("Not in the list"), _("Choose one of the answers of the list.")),
    )


_NUMBERS: Final = frozenset((ValueType.INTEGER, ValueType.DECIMAL, ValueType.PERCENT, ValueType.MONEY))


def _spare(lines: int) -> int:
    """Return how many empty lines follow, to be filled in."""
    return _SPARE if lines < _LONG else 0


def _width(element: Element) -> float:
    return {ValueType.TEXT: 28, ValueType.CHOICE: 22}.get(element.type, 14)


def _head(element: Element) -> PlannedCell:
    return PlannedCell(str(element.label), Look.HEADING, note=_note(element))


def _note(element: Element) -> str:
    personal = _("Personal: stays in this workspace, never enters a dossier.") if element.personal else ""
    return " ".join(part for part in (str(element.definition), personal) if part)


def _validity_heads() -> Iterator[PlannedCell]:
    for one in validity_columns():
        yield PlannedCell(one.labels[0], Look.HEADING)
