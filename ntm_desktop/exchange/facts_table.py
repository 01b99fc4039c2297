"""A table of facts in a workbook or CSV file, one figure a row under known headings; cells as typed text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from ntm_desktop.errors import Refused
from ntm_desktop.exchange.proposals import CellProblem, Line, Place, Proposals, Terms, judge, problem_at
from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.fact import Problem
from ntm_desktop.facts.folding import fold
from ntm_desktop.sheets.cells import Cell, CellKind, Content, Sheet, Workbook

_HEADINGS: Mapping[str, frozenset[str]] = {
    "element": frozenset(("element", "ma so lieu")),
    "subject": frozenset(("subject", "doi tuong", "thon", "ap", "ban", "khom", "xom")),
    "period": frozenset(("period", "ky", "ky so lieu", "nam")),
    "kind": frozenset(("kind", "loai")),
    "value": frozenset(("value", "gia tri", "so lieu")),
    "source": frozenset(("source", "nguon")),
    "estimated": frozenset(("estimated", "uoc tinh", "so uoc tinh")),
}
ELEMENT_HEADINGS = _HEADINGS["element"]
"""Folded; a table that has one of them says itself what its figures are."""
_NEEDED = frozenset(("element", "period", "value"))
_KINDS = {"": "actual", "thuc te": "actual", "actual": "actual", "ke hoach": "plan", "plan": "plan"}
_YES = frozenset(("x", "co", "true", "1", "yes"))


@dataclass(eq=False)
class NoFactsInWorkbook(Refused):
    """Say that a workbook is neither a form of this program nor a table of facts."""

    path: str

    code: ClassVar[str] = "no_facts_in_workbook"
    what: ClassVar[str] = "The file {path} is neither a form of this program nor a list of figures."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Write the form from this program, fill it in and take it back."


def typed_text(element: Element | None, cell: Cell | Content) -> str | Problem:
    """Return what an officer would have typed for the cell, or why that cannot be said.

    A number takes a comma before its decimals. A share of `0,77` in Excel may be 77 % or 0,77 %: nobody guesses.
    """
    if cell.kind is CellKind.ERROR:
        return Problem("error_value", (("shown", cell.text),))
    if cell.kind is CellKind.UNCOMPUTED:
        return Problem("formula_without_result")
    wanted = None if element is None else element.type
    if cell.kind is not CellKind.NUMBER:
        return cell.text[:10] if cell.kind is CellKind.DATE and wanted is ValueType.DATE else cell.text
    typed = cell.text.replace(".", ",")
    if wanted is ValueType.PERCENT and 0 < abs(Fraction(cell.text)) <= 1:
        return Problem("share_unclear", (("typed", typed),))
    return typed


def facts_from_table(name: str, workbook: Workbook, terms: Terms) -> Proposals:
    """Read every sheet that has the headings of a table of facts.

    Raises NoFactsInWorkbook when none has.
    """
    problems: list[CellProblem] = []
    lines: list[Line] = []
    tables = 0
    for sheet in workbook.sheets:
        columns, first = _headings(sheet)
        if columns:
            tables += 1
            lines += _lines(sheet, columns, first, (terms, problems))
    if not tables:
        raise NoFactsInWorkbook(name)
    proposals, refused = judge(terms, lines)
    return Proposals(tuple(proposals), 0, tuple(problems + refused))


def _headings(sheet: Sheet) -> tuple[dict[str, int], int]:
    """Return the columns of the headings and the first row below them; nothing when there are none."""
    for line in sheet.lines():
        columns: dict[str, int] = {}
        for cell in line:
            for name, words in _HEADINGS.items():
                if fold(cell.text) in words:
                    columns.setdefault(name, cell.column)
        if set(columns) >= _NEEDED:
            return columns, line[0].row + 1
    return {}, 0


def _lines(
    sheet: Sheet, columns: Mapping[str, int], first: int, context: tuple[Terms, list[CellProblem]]
) -> Iterator[Line]:
    terms, problems = context
    for row in range(first, sheet.last_row + 1):
        cells = {name: sheet.cell(row, column) for name, column in columns.items()}
        if all(cell.blank for cell in cells.values()):
            continue
        element = terms.elements.get(cells["element"].text.strip())
        value = typed_text(element, cells["value"])
        place = Place(sheet.name, cells["value"].address)
        if isinstance(value, Problem):
            problems.append(problem_at(place, value))
            continue
        texts = {name: cell.text.strip() for name, cell in cells.items()}
        kind = fold(texts.get("kind", ""))
        yield Line(
            element=texts["element"],
            subject=texts.get("subject", ""),
            period=texts["period"],
            kind=_KINDS.get(kind, kind),
            value=value,
            place=place,
            source=texts.get("source"),
            estimated=fold(texts["estimated"]) in _YES if "estimated" in texts else None,
        )
