"""A list of hamlets in a workbook or CSV file: a name a row, and the id where one is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Refused
from ntm_desktop.exchange.hamlet_names import TOTALS, HamletNames, spelling
from ntm_desktop.exchange.proposals import CellProblem
from ntm_desktop.facts.folding import fold, one_line
from ntm_desktop.facts.subject import Hamlet
from ntm_desktop.sheets.cells import Cell, CellKind, Sheet, Workbook

_IDS = frozenset(("id", "ma", "ma thon", "ma ap"))
_NAMES = frozenset(
    (
        "ten",
        "name",
        "thon",
        "ap",
        "ban",
        "khom",
        "khoi",
        "xom",
        "ten thon",
        "ten ap",
        "ten ban",
        "ten khom",
        "hamlet",
    )
)
_LONGEST_NAME = 100
MOST_HAMLETS = 1000


@dataclass(eq=False)
class NoHamletsInFile(Refused):
    """Say that a file holds no list of hamlets."""

    path: str

    code: ClassVar[str] = "no_hamlets_in_file"
    what: ClassVar[str] = "The file {path} holds no list of hamlets."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Put one hamlet name in each row of the first column and take the file again."


@dataclass(eq=False)
class TooManyHamlets(Refused):
    """Say that a list names more hamlets than any commune has."""

    path: str
    most: int = MOST_HAMLETS

    code: ClassVar[str] = "too_many_hamlets"
    what: ClassVar[str] = "The file {path} lists more than {most} hamlets."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Keep only the hamlets of this commune in the list and take the file again."


@dataclass(frozen=True, slots=True)
class ListedHamlet:
    """One row of the list."""

    name: str
    id: str
    """Of the hamlet that is meant; empty for a new one."""
    renames: bool = False
    """The id was given, so the name counts as the new one."""


@dataclass(frozen=True, slots=True)
class HamletList:
    """What a file says about the hamlets."""

    rows: tuple[ListedHamlet, ...]
    problems: tuple[CellProblem, ...]


def hamlets_from_cells(name: str, workbook: Workbook, known: tuple[Hamlet, ...]) -> HamletList:
    """Read the first sheet that holds names; match them by id, else by name (see `hamlet_names`).

    Raises NoHamletsInFile, TooManyHamlets.
    """
    sheet = next((sheet for sheet in workbook.sheets if sheet.rows and not sheet.hidden), None)
    if sheet is None:
        raise NoHamletsInFile(name)
    names, ids, first = _columns(sheet)
    rows: list[ListedHamlet] = []
    problems: list[CellProblem] = []
    matcher = _Matcher(known)
    cells = [cell for row in range(first, sheet.last_row + 1) if not (cell := sheet.cell(row, names)).blank]
    if len(cells) > MOST_HAMLETS:
        raise TooManyHamlets(name)
    for cell in cells:
        code = _wrong(cell)
        given = sheet.cell(cell.row, ids).text.strip() if ids else ""
        listed = matcher.match(one_line(cell.text), given)
        if code or isinstance(listed, str):
            problems.append(
                CellProblem(
                    sheet.name, cell.address, code or str(listed), (("name", cell.text), ("shown", cell.text))
                )
            )
        else:
            rows.append(listed)
    if not rows and not problems:
        raise NoHamletsInFile(name)
    return HamletList(tuple(rows), tuple(problems))


def _wrong(cell: Cell) -> str:
    if cell.kind is CellKind.ERROR:
        return "error_value"
    if cell.kind is CellKind.UNCOMPUTED:
        return "formula_without_result"
    name = one_line(cell.text)
    said = any(letter.isalpha() for letter in name) and not name.startswith("=") and fold(name) not in TOTALS
    if cell.kind is not CellKind.TEXT or not said:
        return "not_a_name"
    return "name_too_long" if len(name) > _LONGEST_NAME else ""


class _Matcher:
    """Gives each row the hamlet it means, and says when two rows mean the same."""

    def __init__(self, known: tuple[Hamlet, ...]) -> None:
        self._ids = {hamlet.id for hamlet in known}
        self._names = HamletNames(known)
        self._seen: set[str] = set()

    def match(self, name: str, given_id: str) -> ListedHamlet | str:
        """Return the row, or the code of its problem."""
        if given_id and given_id not in self._ids:
            return "hamlet_unknown"
        found = given_id or self._names.find(name)
        marks = {spelling(name), found} - {""}
        if marks & self._seen:
            return "given_again"
        self._seen |= marks
        return ListedHamlet(name, found, renames=bool(given_id))


def _columns(sheet: Sheet) -> tuple[int, int, int]:
    """Return the column of the names, that of the ids (0: none) and the first row of the list."""
    for line in list(sheet.lines())[:10]:
        names = next((cell.column for cell in line if fold(cell.text) in _NAMES), 0)
        if names:
            ids = next((cell.column for cell in line if fold(cell.text) in _IDS), 0)
            return names, ids, line[0].row + 1
    first_line = next(sheet.lines())
    names = next(
        (
            cell.column
            for cell in first_line
            if cell.kind is CellKind.TEXT and cell.text.strip() and not cell.text.strip().isdigit()
        ),
        sheet.left,
    )
    return names, 0, sheet.top
