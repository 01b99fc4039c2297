"""A form taken back: only cells that were changed since it was written become entries; nothing is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, NamedTuple

from ntm_desktop.errors import Refused
from ntm_desktop.exchange.facts_table import typed_text
from ntm_desktop.exchange.form import (
    ELSEWHERE_MARK,
    ESTIMATED,
    FORM_SHEET,
    FORM_VERSION,
    MEMORY_MARK,
    ROWS_MARK,
    SOURCE,
    TABLE_MARK,
    VALUE,
    cell_text,
    column_text,
    key_of,
)
from ntm_desktop.exchange.proposals import (
    CellProblem,
    Conflict,
    Heading,
    Judging,
    Line,
    Place,
    Proposal,
    Proposals,
    Terms,
    problem_at,
)
from ntm_desktop.facts.catalogue import Element
from ntm_desktop.facts.fact import Fact, FactKey, Problem, Value
from ntm_desktop.facts.folding import fold, nfc
from ntm_desktop.facts.text import read
from ntm_desktop.sheets.cells import BLANK, Cell, Content, Sheet, Workbook, column_letters

_HEADING_ROWS = 4
_NOTHING: Mapping[str, str] = {}
_YES = frozenset(("co", "x", "yes", "true", "1", "dung"))


@dataclass(eq=False)
class ForeignForm(Refused):
    """Say that a form was written from another workspace."""

    path: str

    code: ClassVar[str] = "foreign_form"
    what: ClassVar[str] = "The form {path} was written for another commune."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Open the workspace the form belongs to, or write the form again here."


@dataclass(eq=False)
class NewerForm(Refused):
    """Say that a form was written by a newer version of the program."""

    path: str
    version: str

    code: ClassVar[str] = "newer_form"
    what: ClassVar[str] = "The form {path} was written by a newer version of this program."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Take it back with that version, or write the form again here."


@dataclass(frozen=True, slots=True)
class Standing:
    """What the workspace holds now."""

    workspace: str
    facts: Mapping[FactKey, Fact]


class _Row(NamedTuple):
    """The cells of one figure."""

    key: FactKey | None
    written: str
    """The key as it stands in the file."""
    cells: Mapping[str, Cell]
    """By what they say: the value always, source and estimate where the sheet asks for them."""


_Figure = tuple[str, Value]
"""As an officer would type it, and as read."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table by hamlet or record."""

    place: int
    letters: str
    key: FactKey
    """Without its subject."""
    written: str
    heading: Heading | None = None
    """None: the key is none of the workspace's."""
    figures: dict[Content, _Figure | None] = field(default_factory=dict)
    """What its cells said so far; None: has to be looked at closely."""


def is_form(workbook: Workbook) -> bool:
    """Say whether the workbook was written as a form by this program."""
    return workbook.sheet(FORM_SHEET) is not None


def facts_from_form(name: str, workbook: Workbook, terms: Terms, standing: Standing) -> Proposals:
    """Read a form back.

    Raises ForeignForm and NewerForm; everything else that is wrong is a problem with its address.
    """
    remembered = _remembered(workbook)
    if remembered.get(FORM_SHEET) != FORM_VERSION:
        raise NewerForm(name, remembered.get(FORM_SHEET, ""))
    if remembered.get("workspace") != standing.workspace:
        raise ForeignForm(name)
    return _Reading(terms, standing, _by_figure(remembered)).of(workbook)


def _by_figure(remembered: Mapping[str, str]) -> dict[FactKey, dict[str, str]]:
    """Return what the form said of each figure when it was written, part by part."""
    found: dict[FactKey, dict[str, str]] = {}
    for name, text in remembered.items():
        written, _mark, part = name.rpartition(MEMORY_MARK)
        key = key_of(written)
        if key is not None:
            found.setdefault(key, {})[part] = nfc(text).strip()
    return found


def _remembered(workbook: Workbook) -> dict[str, str]:
    sheet = workbook.sheet(FORM_SHEET)
    if sheet is None:
        return {}
    return {sheet.cell(row, 1).text: sheet.cell(row, 2).text for row in range(1, sheet.last_row + 1)}


class _Reading:
    """One form being read."""

    def __init__(
        self, terms: Terms, standing: Standing, remembered: Mapping[FactKey, Mapping[str, str]]
    ) -> None:
        self._terms = terms
        self._standing = standing
        self._remembered = remembered
        self._judging = Judging(terms)
        self._problems: list[CellProblem] = []
        self._conflicts: list[Conflict] = []
        self._unchanged = 0

    def of(self, workbook: Workbook) -> Proposals:
        """Read all sheets that carry the form's marks."""
        for sheet in workbook.sheets:
            mark = sheet.cell(1, 1).text
            if mark == ROWS_MARK:
                for row in _figure_rows(sheet):
                    self._take(row)
            elif mark == TABLE_MARK:
                self._table(sheet)
        facts, remembered = self._standing.facts, self._remembered
        proposals = [
            proposal
            for proposal in self._judging.proposals.values()
            if (proposal.key not in facts and proposal.key not in remembered) or self._still_fits(proposal)
        ]
        problems = tuple(self._problems + self._judging.problems)
        return Proposals(tuple(proposals), self._unchanged, problems, tuple(self._conflicts))

    def _take(self, row: _Row) -> None:
        line = self._line(row)
        if line is not None:
            self._judging.take(line)

    def _table(self, sheet: Sheet) -> None:
        """Read a table by hamlet or record: of its cells, 100,000 and more, most are plain or untouched."""
        columns = [
            self._column(column, key)
            for column in range(2, _last_column(sheet))
            if (key := key_of(sheet.cell(1, column).text)) is not None
        ]
        places = [column.place for column in columns]
        for number in range(_HEADING_ROWS + 1, sheet.last_row + 1):
            subject = sheet.cell(number, 1).text
            for column, content in zip(columns, sheet.contents(number, places), strict=True):
                if subject:
                    element, _none, period, plan = column.key
                    key = FactKey(element, subject, period, plan)
                    figure = None if key in self._remembered else self._plain(column, subject, content)
                    if figure is not None:
                        place = Place(sheet.name, f"{column.letters}{number}")
                        self._judging.enter(Proposal(key, figure[0], figure[1], place, corrects=True))
                    elif content is BLANK and key not in self._remembered:
                        self._unchanged += 1
                    else:
                        cell = sheet.cell(number, column.place)
                        self._take(_Row(key, f"{subject} {column.written}", {VALUE: cell}))
                elif not (cell := sheet.cell(number, column.place)).blank:
                    self._take(_Row(None, column.written, {VALUE: cell}))

    def _column(self, place: int, key: FactKey) -> _Column:
        kind = "plan" if key.plan else "actual"
        named = self._judging.names.heading(key.element, key.period, kind)
        column = _Column(place, column_letters(place), key, column_text(key))
        if isinstance(named, Problem) or (named.element.name, named.period) != (key.element, key.period):
            return column
        return replace(column, heading=named)

    def _plain(self, column: _Column, subject: str, content: Content) -> _Figure | None:
        """Return what a cell that was empty says now; None: it has to be looked at closely.

        Cells of a column that say the same are read once.
        """
        heading = column.heading
        if heading is None or self._judging.names.subject(heading, subject) != subject:
            return None
        if content not in column.figures:
            column.figures[content] = _figure(heading.element, content)
        return column.figures[content]

    def _line(self, row: _Row) -> Line | None:
        """Return the figure of a row when any of its cells was changed."""
        changed = [part for part, cell in row.cells.items() if self._differs(row.key, part, cell)]
        if not changed:
            self._unchanged += row.key is not None
            return None
        key, value, cells = row.key, self._value(row, changed), row.cells
        place = Place(cells[VALUE].sheet, cells[VALUE].address)
        if key is None or isinstance(value, Problem):
            self._refuse(place, value if isinstance(value, Problem) else Problem("key_unknown"))
            return None
        element, subject, period, plan = key
        source = cells[SOURCE].text.strip() if SOURCE in cells else None
        estimated = fold(cells[ESTIMATED].text) in _YES if ESTIMATED in cells else None
        kind = "plan" if plan else "actual"
        return Line(element, subject, period, kind, value, place, source, estimated, corrects=True)

    def _differs(self, key: FactKey | None, part: str, cell: Cell) -> bool:
        before = "" if key is None else self._remembered.get(key, _NOTHING).get(part, "")
        if key is None or not before:
            return not cell.blank
        typed = typed_text(None, cell)
        if isinstance(typed, Problem):
            return True
        now = nfc(typed).strip()
        if now == before:
            return False
        element = self._terms.elements.get(key.element)
        if part != VALUE or element is None or not now:
            return True
        value = read(element, now).value
        return value is None or value != read(element, before).value

    def _still_fits(self, proposal: Proposal) -> bool:
        """Set aside what the workspace learnt otherwise since the form was written."""
        fact = self._standing.facts.get(proposal.key)
        before = self._remembered.get(proposal.key, _NOTHING).get(VALUE, "")
        if fact is None and not before:
            return True
        now = nfc(cell_text(self._terms.elements[proposal.key.element], fact)).strip()
        if now == before or (fact is not None and fact.value == proposal.value):
            return True
        self._conflicts.append(Conflict(proposal, before))
        return False

    def _refuse(self, place: Place, problem: Problem) -> None:
        self._problems.append(problem_at(place, problem))

    def _value(self, row: _Row, changed: Sequence[str]) -> str | Problem:
        element = self._terms.elements.get(row.key.element) if row.key is not None else None
        if element is None:
            return Problem("key_unknown", (("key", row.written),))
        value = typed_text(element, row.cells[VALUE])
        if isinstance(value, str) and not value.strip():
            return Problem("emptied" if VALUE in changed else "source_without_figure")
        return value


def _figure(element: Element, content: Content) -> _Figure | None:
    typed = typed_text(element, content)
    reading = None if isinstance(typed, Problem) else read(element, typed)
    return None if reading is None or reading.value is None else (reading.text.strip(), reading.value)


def _last_column(sheet: Sheet) -> int:
    return sheet.left + max((len(line) for line in sheet.rows), default=0)


def _figure_rows(sheet: Sheet) -> Iterator[_Row]:
    columns = {sheet.cell(1, column).text: column for column in range(2, _last_column(sheet))}
    if VALUE not in columns:
        return
    parts = [(part, columns[part]) for part in (VALUE, SOURCE, ESTIMATED) if part in columns]
    for number in range(2, sheet.last_row + 1):
        cells = {part: sheet.cell(number, column) for part, column in parts}
        written, value = sheet.cell(number, 1).text, cells[VALUE]
        if value.text and written == ELSEWHERE_MARK + value.text:
            continue
        if written or (number > _HEADING_ROWS and not value.blank):
            yield _Row(key_of(written), written, cells)
