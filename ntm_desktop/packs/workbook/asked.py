"""The sheets `survey` and `examples`: what is asked for each requirement, and facts with their verdicts."""

from __future__ import annotations

from typing import Final

from ntm_desktop.criteria.language.nodes import HAMLETS
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.packs.files import Json
from ntm_desktop.packs.shape import closest
from ntm_desktop.packs.workbook.columns import BEGIN, CHECK, END, NOTHING, SELECT, CellType
from ntm_desktop.packs.workbook.draft import Draft, growing, matching, objects, rows_with
from ntm_desktop.packs.workbook.objects import text_of
from ntm_desktop.packs.workbook.table import Row, Tables
from ntm_desktop.packs.workbook.values import value_of
from ntm_desktop.sheets.cells import CellKind

_OF_CHECKS: Final = ("constraint", "constraint_message", "severity", "constraint_code")
_CHECK_HEADINGS: Final = {
    "": "constraint",
    "code": "constraint_code",
    "rule": "constraint",
    "message": "constraint_message",
    "severity": "severity",
    "element": "name",
}


def read_asked(draft: Draft, tables: Tables) -> None:
    """Read both sheets."""
    survey = _Survey(draft)
    for row in tables["survey"]:
        survey.take(row)
    survey.finish()
    _examples(draft, tables["examples"])


class _Survey:
    """Reads the rows in order, because tables open and close."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.ledger = draft.ledger
        self.table: tuple[Row, Json, Json] | None = None
        """The open table: its first row, its requirement, itself."""

    def take(self, row: Row) -> None:
        kind = row.text("type")
        if kind == END:
            self.only(row, "requirement", "type", "name")
            if self.table is None:
                self.ledger.note(row.spot("type"), "end_without_begin")
            self.table = None
            return
        requirement = self.requirement(row)
        if requirement is None:
            return
        if kind == BEGIN:
            self.begin(row, requirement)
        elif kind == NOTHING:
            self.only(row, "requirement", "type")
            requirement.setdefault("fields", [])
        elif kind == CHECK:
            self.only(row, "requirement", "type", "name", *_OF_CHECKS)
            self.check(row, requirement)
        else:
            self.asked(row, requirement)

    def finish(self) -> None:
        if self.table is not None:
            begin = self.table[0]
            self.ledger.note(begin.spot("type"), "table_left_open", begin.text("name"), END)

    def requirement(self, row: Row) -> Json | None:
        """Return the requirement of a row; inside a table that of the table."""
        if self.table is None:
            return self.draft.requirement(row)
        begin, requirement, _ = self.table
        named = row.text("requirement")
        if named and named != begin.text("requirement"):
            self.ledger.note(row.spot("requirement"), "begin_without_end", named, END)
        return requirement

    def only(self, row: Row, *headings: str) -> None:
        """Note what stands in columns that mean nothing in a row of this type."""
        for heading in row.cells:
            if heading.partition("::")[0] not in headings:
                self.ledger.note(row.spot(heading), "column_without_effect", heading, ", ".join(headings))

    def begin(self, row: Row, requirement: Json) -> None:
        self.only(row, "requirement", "type", "name")
        if self.table is not None:
            self.ledger.note(row.spot("type"), "begin_without_end", row.text("name"), END)
        name = row.text("name")
        if name != HAMLETS and name not in self.draft.registers:
            advice = closest(name, [HAMLETS, *self.draft.registers])
            self.ledger.note(row.spot("name"), "unknown_register", name, advice)
        register = None if name == HAMLETS else name
        table = matching(requirement, "tables", register=register) if self.draft.inherits else None
        if table is None:
            table = {"columns": []} if register is None else {"register": register, "columns": []}
            growing(requirement, "tables").append(table)
        self.draft.origins.remember(table, row, {"": "name", "register": "name"})
        self.table = row, requirement, table

    def asked(self, row: Row, requirement: Json) -> None:
        """Read a figure that is asked, a field or a column of the open table."""
        name = row.text("name")
        if not name:
            self.ledger.note(row.spot("name"), "empty_cell", "name")
            return
        self.same_type(row, name)
        owner, key = (requirement, "fields") if self.table is None else (self.table[2], "columns")
        back = self.years_back(row)
        field = matching(owner, key, element=name, years_back=back) if self.draft.inherits else None
        if field is None:
            field = {"element": name} if back is None else {"element": name, "years_back": back}
            growing(owner, key).append(field)
        self.draft.lay(field, row)
        if any(heading in row.cells for heading in _OF_CHECKS):
            self.check(row, requirement)

    def years_back(self, row: Row) -> int | None:
        """Return how many years before the dossier's own; None for the year itself."""
        cell = row.cells.get("period")
        if cell is None:
            return None
        period = value_of(cell, CellType.INTEGER, row.spot("period"), self.ledger)
        if isinstance(period, int) and period > 0:
            self.ledger.note(row.spot("period"), "unknown_value", str(period), "-1, -2, ...")
        return -period if isinstance(period, int) and period < 0 else None

    def same_type(self, row: Row, name: str) -> None:
        """Hold the type against the catalogue's: a row shifted by one column is found here."""
        element = self.draft.elements.get(name)
        kind = row.text("type")
        if not isinstance(element, dict):
            advice = closest(name, self.draft.elements)
            self.ledger.note(row.spot("name"), "unknown_element", name, advice)
            return
        known = str(element.get("type"))
        same = kind.startswith(f"{SELECT} ") if known == "choice" else kind == known
        if kind and not same:
            self.ledger.note(row.spot("type"), "type_differs", kind, SELECT if known == "choice" else known)

    def check(self, row: Row, requirement: Json) -> None:
        name = row.text("name")
        code = row.text("constraint_code") or name
        inherited = matching(requirement, "checks", code=code) if self.draft.inherits else None
        check: Json = {} if inherited is None else inherited
        if inherited is None:
            growing(requirement, "checks").append(check)
        check["code"] = code
        if name:
            check["element"] = name
        if "constraint" in row.cells:
            spot = row.spot("constraint")
            rule = value_of(row.cells["constraint"], CellType.RULE, spot, self.ledger)
            if rule is not None:
                check["rule"] = rule
        if "severity" in row.cells:
            check["severity"] = row.text("severity")
        message = text_of(row, "constraint_message", self.ledger)
        if message is not None:
            check["message"] = message
        self.draft.origins.remember(check, row, _CHECK_HEADINGS)


# -------------------------------------------------------------------- examples


def _examples(draft: Draft, rows: list[Row]) -> None:
    for row, name in rows_with(draft, rows, "example"):
        example = matching(draft.head, "examples", name=name)
        if example is None:
            example = {"name": name, "facts": {}, "expected": {}}
            growing(draft.head, "examples").append(example)
        draft.origins.remember(example, row, {"": "example", "year": "year", "name": "example"})
        if "year" in row.cells:
            year = value_of(row.cells["year"], CellType.INTEGER, row.spot("year"), draft.ledger)
            if year is not None and example.setdefault("year", year) != year:
                draft.ledger.note(row.spot("year"), "year_differs", str(year), str(example["year"]))
        _item(draft, example, row)


def _item(draft: Draft, example: Json, row: Row) -> None:
    kind, name, value = row.text("type"), row.text("name"), _typed(row)
    wrong = (
        ("type", "unknown_value", kind, ", ".join(_ITEMS))
        if kind not in _ITEMS
        else ("name", "empty_cell", "name", "")
        if not name
        else ("value", "unknown_value", value, ", ".join(Verdict))
        if kind == "expected" and value not in Verdict.__members__
        else None
    )
    if wrong is not None:
        draft.ledger.note(row.spot(wrong[0]), *wrong[1:])
    elif draft.first_time(row, f"{row.text('example')} {kind} {name}", "name"):
        _take_in(draft, example, row, value)


def _take_in(draft: Draft, example: Json, row: Row, value: str) -> None:
    key, name = _ITEMS[row.text("type")], row.text("name")
    if key == "hamlets":
        hamlets = growing(example, key)
        if name not in hamlets:
            hamlets.append(name)
        return
    example[key] = {**objects(example, key), name: value}
    draft.origins.remember_item(example, f"{key}.{name}", row, "value")


def _typed(row: Row) -> str:
    """Return a value as an officer would type it: a figure with a comma before its decimals."""
    cell = row.cells.get("value")
    if cell is not None and cell.kind is CellKind.NUMBER:
        return cell.text.replace(".", ",")
    if cell is not None and cell.kind is CellKind.YES_NO:
        return "c\u00f3" if cell.text == "TRUE" else "kh\u00f4ng"
    return row.text("value")


_ITEMS: Final = {
    "fact": "facts",
    "expected": "expected",
    "profile": "profile",
    "hamlet": "hamlets",
    "record": "records",
}
