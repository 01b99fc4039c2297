"""A criterion set to the rows of its workbook: the inverse of reading, by the same columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from ntm_desktop.criteria.language.nodes import HAMLETS
from ntm_desktop.criteria.model import CriterionSet, RequirementKind
from ntm_desktop.packs.files import Json
from ntm_desktop.packs.workbook.columns import (
    BEGIN,
    CHECK,
    END,
    ENGLISH,
    NOTHING,
    REGISTER,
    SELECT,
    SHEETS,
    TAGS,
    CellType,
)
from ntm_desktop.packs.workbook.draft import items, named, objects, words
from ntm_desktop.packs.workbook.unbuilt import source_of
from ntm_desktop.sheets.tables import Content

PlannedRow = dict[str, Content]
"""Heading to content."""
Block = tuple[str, tuple[PlannedRow, ...]]
"""Sheet and rows that belong together."""

_EXAMPLE_PIECES: Final = (
    ("profile", "profile"),
    ("records", "record"),
    ("facts", "fact"),
    ("expected", "expected"),
)


def rows_of(built: CriterionSet, parent: CriterionSet | None = None) -> dict[str, list[PlannedRow]]:
    """Return the rows of a set by sheet; with its parent, only those that differ."""
    inherited = [] if parent is None else list(_blocks(parent, child=True))
    rows: dict[str, list[PlannedRow]] = {name: [] for name in SHEETS}
    for sheet, block in _blocks(built, child=bool(built.parent)):
        if sheet == "settings" or (sheet, block) not in inherited:
            rows[sheet] += block
    if parent is not None:
        _name_lists_in_use(rows, built)
    return rows


def _name_lists_in_use(rows: dict[str, list[PlannedRow]], built: CriterionSet) -> None:
    """Leave the lists that the rows which differ name, and no others."""
    used = {
        str(row.get("type")).removeprefix(SELECT).strip()
        for sheet in ("catalogue", "profile")
        for row in rows[sheet]
    }
    wanted = [row for sheet, block in _blocks(built, child=True) if sheet == "choices" for row in block]
    rows["choices"] = [
        row
        for row in wanted
        if row["list_name"] in used or (row["list_name"] == TAGS and row in rows["choices"])
    ]


def _blocks(built: CriterionSet, *, child: bool) -> Iterator[Block]:
    """Yield everything a set holds; a child's thresholds always say their rank."""
    source = source_of(built)
    catalogue = objects(source, "catalogue")
    settings = _cells("settings", source)
    settings["default_language"] = "vi"
    settings["catalogue"] = f"{catalogue.get('id')}@{catalogue.get('version')}"
    yield "settings", (settings,)
    for id_, document in named(source, "documents").items():
        yield "documents", (_cells("documents", document, id=id_),)
    lists = _Lists()
    yield from _catalogue(catalogue, lists)
    for name, attribute in named(catalogue, "profile").items():
        kind = f"{SELECT} {lists.name(name, attribute)}"
        yield "profile", (_cells("profile", attribute, name=name, type=kind),)
    for code, text in objects(source, "tags").items():
        yield "choices", (_cells("choices", {"label": text, "code": code}, list_name=TAGS),)
    yield from lists.blocks()
    yield from _parts(source, child=child)
    for name in ("bands", "migrations"):
        block = tuple(_cells(name, piece) for piece in items(source, name))
        if block:
            yield name, block
    for example in items(source, "examples"):
        yield "examples", tuple(_example(example))


class _Lists:
    """The lists of choices, each once, named after the first that uses it."""

    def __init__(self) -> None:
        self._lists: dict[str, tuple[str, list[Json]]] = {}

    def name(self, wanted: str, owner: object) -> str:
        """Return the name of the list of an element or attribute."""
        choices = items(owner, "choices") if isinstance(owner, dict) else []
        return self._lists.setdefault(repr(choices), (wanted, choices))[0]

    def blocks(self) -> Iterator[Block]:
        """Yield the rows of all lists."""
        for name, choices in self._lists.values():
            yield "choices", tuple(_cells("choices", choice, list_name=name) for choice in choices)


def _catalogue(catalogue: Json, lists: _Lists) -> Iterator[Block]:
    """Yield the elements; the columns of a register follow it, in its order."""
    elements, registers = named(catalogue, "elements"), named(catalogue, "registers")
    columns = [name for register in registers.values() for name in words(register, "columns")]
    for name in elements:
        if name not in columns:
            yield "catalogue", (_element(name, elements, lists),)
    for name, register in registers.items():
        yield "catalogue", (_cells("catalogue", register, name=name, type=REGISTER),)
        for column in words(register, "columns"):
            yield "catalogue", (_element(column, elements, lists),)


def _element(name: str, elements: Mapping[str, Json], lists: _Lists) -> PlannedRow:
    element = elements[name]
    kind = str(element.get("type"))
    return _cells(
        "catalogue",
        element,
        name=name,
        type=f"{SELECT} {lists.name(name, element)}" if kind == "choice" else kind,
    )


# -------------------------------------------------------------------- parts


def _parts(source: Json, *, child: bool) -> Iterator[Block]:
    for criterion in items(source, "criteria"):
        yield "criteria", (_cells("criteria", criterion),)
        for indicator in items(criterion, "indicators"):
            yield "indicators", (_cells("indicators", indicator, criterion=criterion["code"]),)
            for requirement in items(indicator, "requirements"):
                yield from _requirement(requirement, child=child, indicator=indicator["code"])
    for condition in items(source, "conditions"):
        yield from _requirement(objects(condition, "requirement"), child=child, stage=condition["stage"])


def _requirement(data: Json, *, child: bool, **above: object) -> Iterator[Block]:
    rule = "pass" if data.get("kind") == RequirementKind.YES_NO else "measure"
    thresholds = items(data, "thresholds")
    short = None if child else _short_threshold(data, thresholds)
    row = _cells("requirements", data, **above, **{rule: data.get("measure")}, threshold=short)
    yield "requirements", (row,)
    for threshold in thresholds[1 if short is not None else 0 :]:
        ranked = {"rank": 0, **threshold} if child else threshold
        yield "thresholds", (_cells("thresholds", ranked, requirement=data["code"]),)
    asked = tuple(_asked(data))
    if asked:
        yield "survey", asked
    for rule_ in items(data, "evidence"):
        yield "evidence", (_cells("evidence", rule_, requirement=data["code"]),)


def _short_threshold(data: Json, thresholds: list[Json]) -> object:
    """Return the first threshold's value, where the requirement's row says all the rest of it."""
    shared = {key: data[key] for key in ("basis", "document") if key in data}
    first = thresholds[0] if thresholds else {}
    rest = {key: piece for key, piece in first.items() if key != "value"}
    return first.get("value") if rest == {"basis": "missing"} | shared else None


def _asked(data: Json) -> Iterator[PlannedRow]:
    """Yield what a requirement asks: fields, tables, and the checks beside their fields where that keeps the order."""
    fields = [
        *items(data, "fields"),
        *(c for table in items(data, "tables") for c in items(table, "columns")),
    ]
    checks = items(data, "checks")
    names = [field["element"] for field in fields]
    beside = {check["element"]: check for check in checks if names.count(check.get("element")) == 1}
    if [beside[name] for name in names if name in beside] != checks:
        beside = {}
    for field in items(data, "fields"):
        yield _field(data, field, beside)
    for table in items(data, "tables"):
        yield {
            "requirement": _text(data["code"]),
            "type": BEGIN,
            "name": _text(table.get("register", HAMLETS)),
        }
        for column in items(table, "columns"):
            yield _field(data, column, beside)
        yield {"requirement": _text(data["code"]), "type": END}
    if data.get("fields") == [] and "tables" not in data:
        yield {"requirement": _text(data["code"]), "type": NOTHING}
    for check in checks:
        if check not in beside.values():
            name = check.get("element")
            yield {"requirement": _text(data["code"]), "type": CHECK} | _check(check, str(name or ""))


def _field(data: Json, field: Json, beside: Mapping[object, Json]) -> PlannedRow:
    name = str(field["element"])
    back = field.get("years_back")
    row = _cells(
        "survey", field, requirement=data["code"], name=name, period=-back if isinstance(back, int) else None
    )
    return row | (_check(beside[name], name) if name in beside else {})


def _check(check: Json, name: str) -> PlannedRow:
    row: PlannedRow = {"name": name} if name else {}
    code = str(check["code"])
    row |= {"constraint": _text(check["rule"]), "constraint_code": None if code == name else code}
    row |= _texts("constraint_message", check["message"])
    return row | {"severity": _text(check["severity"]) if "severity" in check else None}


def _example(example: Json) -> Iterator[PlannedRow]:
    name = _text(example["name"])
    rows: list[PlannedRow] = [{"type": "hamlet", "name": hamlet} for hamlet in words(example, "hamlets")]
    for key, kind in _EXAMPLE_PIECES:
        rows += [
            {"type": kind, "name": place, "value": _text(value)}
            for place, value in objects(example, key).items()
        ]
    for number, row in enumerate(rows or [{}]):
        yield {"example": name, "year": int(str(example["year"])) if number == 0 else None} | row


# -------------------------------------------------------------------- cells


def _cells(sheet: str, data: Json, **given: object) -> PlannedRow:
    """Return the cells of an object by heading; `given` are those that its keys do not hold."""
    row: PlannedRow = {heading: _text(value) for heading, value in given.items() if value is not None}
    for column in SHEETS[sheet].columns:
        value = _at(data, column.key) if column.key else None
        if value is None:
            continue
        if column.type is CellType.TEXT:
            row |= _texts(column.heading, value)
        else:
            row[column.heading] = _content(column.type, value)
    return row


def _at(data: Json, key: str) -> object:
    piece: object = data
    for step in key.split("."):
        piece = piece.get(step) if isinstance(piece, dict) else None
    return piece


def _texts(heading: str, value: object) -> PlannedRow:
    if isinstance(value, dict):
        return {heading: _text(value["vi"]), heading + ENGLISH: _text(value["en"])}
    return {heading: _text(value)}


def _text(value: object) -> Content:
    return value if isinstance(value, int) else str(value)


def _content(kind: CellType, value: object) -> Content:
    write = _WRITERS.get(kind)
    return _text(value) if write is None else write(value)


def _fraction(value: object) -> Content:
    number = Fraction(str(value))
    return int(number) if number.denominator == 1 else str(number)


def _whole(value: object) -> Content:
    whole = value if isinstance(value, dict) else {}
    if "rule" in whole:
        return str(whole["rule"])
    return " ".join(str(whole[key]) for key in ("kind", "number") if key in whole)


_WRITERS: Final[Mapping[CellType, Callable[[object], Content]]] = {
    CellType.YES_NO: lambda value: "yes" if value else "no",
    CellType.LIST: lambda value: " ".join(value) if isinstance(value, list) else str(value),
    CellType.DATE: lambda value: date.fromisoformat(str(value)),
    CellType.WHOLE: _whole,
    CellType.FRACTION: _fraction,
}
