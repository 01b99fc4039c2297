"""The workbook of a register book: its sheets to the book and its bytes, and a book to the rows of its sheets.

It names no other catalogue or one that came with the program; a column without label and type is one of that catalogue.
"""

from __future__ import annotations

from typing import Final

from ntm_desktop.criteria.registers import RegisterBook
from ntm_desktop.packs.assembly import Piece
from ntm_desktop.packs.files import Json
from ntm_desktop.packs.problems import PackSourceRefused, SourceProblem
from ntm_desktop.packs.register_source import BuiltRegisters, assemble_registers
from ntm_desktop.packs.shape import Findings, Place, closest
from ntm_desktop.packs.source import read_catalogue as shared_catalogue
from ntm_desktop.packs.workbook.columns import REGISTER_SHEETS, REGISTERS, CellType
from ntm_desktop.packs.workbook.draft import Draft, growing, items, matching, named, objects, rows_with, words
from ntm_desktop.packs.workbook.head import (
    named_object,
    note_unused_choices,
    note_wrong_names,
    read_catalogue,
    read_choices,
    read_element,
)
from ntm_desktop.packs.workbook.ledger import Ledger, Spot
from ntm_desktop.packs.workbook.objects import headings_of, located
from ntm_desktop.packs.workbook.plan import Lists, PlannedRow, cells_of, type_words
from ntm_desktop.packs.workbook.table import Row, Tables, tables_of
from ntm_desktop.packs.workbook.unbuilt import source_of_registers
from ntm_desktop.packs.workbook.values import value_of
from ntm_desktop.paths import resources_folder
from ntm_desktop.sheets.cells import Workbook

_OWN_WORDS: Final = {"missing_key": "empty_cell"}


def is_register_book(book: Workbook) -> bool:
    """Say whether a workbook holds registers and no criterion set: told by a sheet that only such workbooks have."""
    return any(sheet.name.strip().casefold() == REGISTERS for sheet in book.sheets)


def build_register_book(name: str, book: Workbook) -> BuiltRegisters:
    """Build the register book of a workbook that was read; `name` is its file's.

    Raises:
        PackSourceRefused: Something in the workbook is not right; lists every problem with its cell.
    """
    ledger = Ledger(name)
    draft = Draft(ledger)
    tables = tables_of(book, ledger, REGISTER_SHEETS)
    findings = Findings()
    shared = _settings(draft, tables, findings)
    read_choices(draft, tables["choices"])
    _registers(draft, tables["registers"])
    known = {element for piece in shared for element in (piece.data if isinstance(piece.data, dict) else ())}
    _columns(draft, tables["register_columns"], known)
    read_catalogue(draft, tables["catalogue"])
    note_unused_choices(draft, tables["choices"])
    for row in tables["proposals"]:
        growing(draft.head, "proposals").append(draft.lay({}, row))
    _surveys(draft, tables)
    head = {**draft.head, "registers": draft.registers}
    own = Piece(draft.elements, Place(name, "elements"))
    built = assemble_registers(Piece(head, Place(name)), [*shared, own], findings)
    _take(ledger, findings, draft, head)
    if built is None or ledger.problems:
        raise PackSourceRefused(name, tuple(sorted(ledger.problems, key=_order)))
    return built


def _settings(draft: Draft, tables: Tables, findings: Findings) -> list[Piece]:
    """Read what the book is called; return the figures of the catalogue it names."""
    for name, plan in REGISTER_SHEETS.items():
        if plan.needed and name not in tables.present:
            draft.ledger.note(Spot(name), "missing_sheet", name)
    rows = tables["book"]
    for row in rows[1:]:
        draft.ledger.note(row.spot(), "one_row_only")
    if not rows:
        if "book" in tables.present:
            draft.ledger.note(Spot("book"), "no_rows")
        return []
    row = rows[0]
    draft.lay(draft.head, row)
    note_wrong_names(draft, row, "book_id", ("version",))
    catalogue = row.text("catalogue")
    draft.origins.remember(draft.head, row, {**headings_of("book"), "catalogue": "catalogue"})
    if not catalogue:
        return []
    place = Place(draft.ledger.file, "catalogue")
    return shared_catalogue(resources_folder() / "packs", catalogue, place, findings).elements


def _registers(draft: Draft, rows: list[Row]) -> None:
    """Read registers, each with how it is kept."""
    headings = headings_of("registers")
    of_keeping = {
        key.removeprefix("keeping."): heading
        for key, heading in headings.items()
        if key.startswith("keeping.")
    }
    for row, name in rows_with(draft, rows, "name"):
        if not draft.first_time(row, name, "name"):
            continue
        register = named_object(draft, draft.registers, name, row, "name")
        register["columns"] = []
        keeping = register.pop("keeping", None)
        if isinstance(keeping, dict):
            keeping = {"register": name, **keeping}
            growing(draft.head, "keepings").append(keeping)
            draft.origins.remember(keeping, row, {"": "name", "register": "name", **of_keeping})


def _columns(draft: Draft, rows: list[Row], known: set[str]) -> None:
    """Read the columns of the registers, in their order."""
    for row, name in rows_with(draft, rows, "name"):
        register = row.text("register")
        home = draft.registers.get(register)
        if not isinstance(home, dict):
            code, advice = (
                ("unknown_register", closest(register, draft.registers)) if register else ("empty_cell", "")
            )
            draft.ledger.note(row.spot("register"), code, register or "register", advice)
            continue
        if not draft.first_time(row, name, "name"):
            continue
        if row.text("label") or row.text("type") or name not in known:
            read_element(draft, name, row)
        else:
            growing(home, "columns").append(name)
        if "headings" in row.cells:
            lines = value_of(row.cells["headings"], CellType.LINES, row.spot("headings"), draft.ledger)
            _add_headings(draft, register, name, lines, row)


def _add_headings(draft: Draft, register: str, column: str, lines: object, row: Row) -> None:
    keeping = matching(draft.head, "keepings", register=register)
    if keeping is None:
        draft.ledger.note(row.spot("headings"), "column_without_effect", "headings", "purpose")
        return
    keeping["headings"] = {**objects(keeping, "headings"), column: lines}
    draft.origins.remember_item(keeping, f"headings.{column}", row, "headings")


def _surveys(draft: Draft, tables: Tables) -> None:
    for row, id_ in rows_with(draft, tables["surveys"], "survey"):
        if draft.first_time(row, id_, "survey"):
            growing(draft.head, "surveys").append(draft.lay({"questions": []}, row))
    known = {str(one.get("id")): one for one in items(draft.head, "surveys")}
    for row, id_ in rows_with(draft, tables["survey_questions"], "survey"):
        survey = known.get(id_)
        if survey is None:
            draft.ledger.note(row.spot("survey"), "unknown_value", id_, ", ".join(known))
        else:
            growing(survey, "questions").append(draft.lay({}, row))


def _take(ledger: Ledger, findings: Findings, draft: Draft, head: Json) -> None:
    """Note what was found in the source, each at its cell; what was told of a row already is not told again."""
    whole = {**head, "elements": draft.elements}
    draft.origins.same(whole, draft.head)
    places = draft.origins.by_path(whole)
    told = {(problem.sheet, problem.row) for problem in ledger.problems}
    for problem in findings.problems:
        spot = located(problem, places)
        code = _OWN_WORDS.get(problem.code, problem.code)
        follows = code == "empty_cell" and ((spot.sheet, spot.row) in told or not spot.sheet)
        if not (follows and ledger.problems):
            found = spot.heading or problem.found if code == "empty_cell" else problem.found
            ledger.note(spot, code, found, problem.advice)


def _order(problem: SourceProblem) -> tuple[int, int, str, str, str]:
    sheets = list(REGISTER_SHEETS)
    sheet = sheets.index(problem.sheet) if problem.sheet in sheets else -1
    return sheet, problem.row, problem.column, problem.code, problem.found


# -------------------------------------------------------------------- writing


def rows_of_registers(book: RegisterBook) -> dict[str, list[PlannedRow]]:
    """Return the rows of a register book by sheet; every figure it names stands in it, no catalogue is needed."""
    source = source_of_registers(book)
    catalogue = objects(source, "catalogue")
    elements, registers = named(catalogue, "elements"), named(catalogue, "registers")
    keepings = {str(one["register"]): one for one in items(source, "keepings")}
    rows: dict[str, list[PlannedRow]] = {name: [] for name in REGISTER_SHEETS}
    rows["book"] = [cells_of("book", source)]
    lists = Lists()
    types = {name: type_words(name, element, lists) for name, element in elements.items()}
    columns = set()
    for name in dict.fromkeys([*keepings, *registers]):
        keeping = keepings.get(name, {})
        rows["registers"].append(cells_of("registers", {**registers[name], "keeping": keeping}, name=name))
        for column in words(registers[name], "columns"):
            row = cells_of(
                "register_columns", elements[column], register=name, name=column, type=types[column]
            )
            said = words(objects(keeping, "headings"), column)
            rows["register_columns"].append(row | ({"headings": "\n".join(said)} if said else {}))
            columns.add(column)
    rows["catalogue"] = [
        cells_of("catalogue", elements[name], name=name, type=types[name])
        for name in elements
        if name not in columns
    ]
    rows["proposals"] = [cells_of("proposals", one) for one in items(source, "proposals")]
    for survey in items(source, "surveys"):
        rows["surveys"].append(cells_of("surveys", survey))
        rows["survey_questions"] += [
            cells_of("survey_questions", one, survey=survey["id"]) for one in items(survey, "questions")
        ]
    rows["choices"] = [row for _sheet, block in lists.blocks() for row in block]
    return rows
