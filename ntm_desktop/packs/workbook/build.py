"""An authoring workbook to the pack of its set: `build_book`.

A child set holds only what differs. Its parent is named with the SHA-256 of its bytes and everything of it is taken
over, so that the pack stands alone.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.packs.assembly import BuiltPack, assemble
from ntm_desktop.packs.problems import PackSourceRefused, SourceProblem
from ntm_desktop.packs.shape import Findings
from ntm_desktop.packs.workbook.asked import read_asked
from ntm_desktop.packs.workbook.columns import SHEETS
from ntm_desktop.packs.workbook.draft import Draft, items
from ntm_desktop.packs.workbook.head import Parents, read_head
from ntm_desktop.packs.workbook.ledger import Ledger, Spot
from ntm_desktop.packs.workbook.objects import Origin, located
from ntm_desktop.packs.workbook.papers import read_papers
from ntm_desktop.packs.workbook.parts import read_parts
from ntm_desktop.packs.workbook.table import tables_of
from ntm_desktop.sheets.cells import Workbook
from ntm_desktop.sheets.read import read
from ntm_desktop.sheets.refusals import NotAWorkbook

_EXAMPLE: Final = re.compile(r"examples\[(\d+)\]\.expected\..+")
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "missing_key": ("empty_cell", ""),
    "threshold_missing": ("threshold_row_missing", "basis = missing"),
    "incomplete_inside": ("incomplete_inside", "complete = no"),
}
"""Problems that a workbook tells in its own words, with their advice."""

_ASKED: Final = frozenset({"not_asked", "asked_elsewhere"})
"""What a wrong row of the survey or the catalogue makes of a requirement."""
_FOLLOWS: Final = _ASKED | {
    "document_missing",
    "missing_key",
    "no_operator",
    "threshold_missing",
    "threshold_unwanted",
    "value_missing",
    "value_without_basis",
    "whole_without_number",
}
"""What the rest of a row looks like when one of its cells could not be read."""


def read_authored(path: Path) -> Workbook:
    """Read an authoring workbook. Raises FileUnreadable, NotAWorkbook, PasswordProtected, TooLarge."""
    book = read(path)
    if book.kind != "xlsx":
        raise NotAWorkbook(path.name, book.kind)
    return book


def build_book(
    name: str,
    book: Workbook,
    library: Mapping[str, CriterionSet] | None = None,
    parents: Parents | None = None,
) -> BuiltPack:
    """Build the pack of a workbook that was read; `name` is its file's. The same cells always give the same bytes.

    `library` holds the sets its rules refer to, by id; `parents` finds the bytes of a pack by id, version and SHA-256.

    Raises:
        PackSourceRefused: Something in the workbook is not right; lists every problem with its cell.
    """
    ledger = Ledger(name)
    draft = Draft(ledger)
    tables = tables_of(book, ledger)
    read_head(draft, tables, parents or _no_parent)
    if not draft.inherits and any(row.text("parent") for row in tables["settings"]):
        # Without the parent every row over it would be told to name what is not there.
        raise PackSourceRefused(name, tuple(sorted(ledger.problems, key=_order)))
    read_parts(draft, tables)
    read_asked(draft, tables)
    read_papers(draft, tables)
    whole = draft.whole()
    draft.origins.same(whole, draft.head)
    places = draft.origins.by_path(whole)
    findings = Findings()
    built = assemble(draft.raw(name), findings, library or {}, thorough=True)
    names = [str(one.get("name", "")) for one in items(draft.head, "examples")]
    _take(ledger, [_inherited(problem, places, names) for problem in findings.problems], places)
    if built is None or ledger.problems:
        raise PackSourceRefused(name, tuple(sorted(ledger.problems, key=_order)))
    return built


def _no_parent(_id: str, _version: str, _sha256: str) -> bytes | None:
    return None


def _inherited(
    problem: SourceProblem, places: Mapping[str, Origin], examples: Sequence[str]
) -> SourceProblem:
    """Name the parent's example that a child no longer agrees with, and the row that says it anew."""
    place = _EXAMPLE.fullmatch(problem.path)
    if problem.code != "example_fails" or place is None or located(problem, places).sheet == "examples":
        return problem
    code, _colon, _expected = problem.found.partition(":")
    return dataclasses.replace(
        problem,
        code="inherited_example_fails",
        found=examples[int(place[1])],
        advice=f"expected | {code} | {problem.advice}",
    )


def _spot(problem: SourceProblem, places: Mapping[str, Origin]) -> Spot:
    return Spot("examples") if problem.code == "inherited_example_fails" else located(problem, places)


def _take(ledger: Ledger, problems: Sequence[SourceProblem], places: Mapping[str, Origin]) -> None:
    """Note what was found in the source, each at its cell; what only follows from something wrong is not told."""
    spots = [(problem, _spot(problem, places)) for problem in problems]
    plain = [(spot.sheet, spot.row) for problem, spot in spots if problem.code not in _FOLLOWS]
    wrong = {*plain, *((problem.sheet, problem.row) for problem in ledger.problems)}
    cells_wrong = bool(ledger.problems)
    told = {(problem.code, problem.found) for problem in ledger.problems}
    asked_wrongly = not {"survey", "catalogue"}.isdisjoint(sheet for sheet, _ in wrong)
    for problem, spot in spots:
        follows = (
            (problem.code in _FOLLOWS and (spot.sheet, spot.row) in wrong)
            or (problem.code in _ASKED and asked_wrongly)
            or (problem.code == "example_missing" and cells_wrong)
            or (problem.code == "missing_key" and ("missing_column", spot.heading) in told)
            or (problem.code == "missing_key" and cells_wrong and not spot.sheet)  # there are no settings
            or (problem.code, problem.found) in told
        )
        if not follows:
            code, advice = _WORDS.get(problem.code, (problem.code, problem.advice))
            found = spot.heading or problem.found if code == "empty_cell" else problem.found
            ledger.note(spot, code, found, advice or problem.advice)


def _order(problem: SourceProblem) -> tuple[int, int, str, str, str]:
    """Order by the sheets of the workbook, then by rows."""
    sheets = list(SHEETS)
    sheet = sheets.index(problem.sheet) if problem.sheet in sheets else -1
    return sheet, problem.row, problem.column, problem.code, problem.found
