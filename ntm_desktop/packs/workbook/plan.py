"""A criterion set to the rows of its workbook: the inverse of reading, by the same columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from ntm_desktop.criteria.language.nodes import HAMLETS
from ntm_desktop.criteria.model import CriterionSet, RequirementKind
from ntm_desktop.facts.numerals import decimals_of, plain_digits
from ntm_desktop.packs.files import Json
from ntm_desktop.packs.workbook.columns import (
    BEGIN,
    CHECK,
    END,
    ENGLISH,
    NOTHING,
    PLANS,
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

_DECIMAL: Final = re.compile(r"\d{1,20}(?:\.\d{1,20})?", re.ASCII)
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
        if (sheet, block) not in inherited:
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
    settings = cells_of("settings", source)
    settings["default_language"] = "vi"
    settings["catalogue"] = f"{catalogue.get('id')}@{catalogue.get('version')}"
    yield "settings", (settings,)
    for id_, document in named(source, "documents").items():
        yield "documents", (cells_of("documents", document, id=id_),)
    lists = Lists()
    types = {name: type_words(name, element, lists) for name, element in named(catalogue, "elements").items()}
    yield from _catalogue(catalogue, types)
    for name, attribute in named(catalogue, "profile").items():
        kind = f"{SELECT} {lists.name(name, attribute)}"
        yield "profile", (cells_of("profile", attribute, name=name, type=kind),)
    for code, text in objects(source, "tags").items():
        yield "choices", (cells_of("choices", {"label": text, "code": code}, list_name=TAGS),)
    yield from lists.blocks()
    yield from _Parts(types, child).blocks(source)
    for name in ("bands", "migrations"):
        block = tuple(cells_of(name, piece) for piece in items(source, name))
        if block:
            yield name, block
    yield from paper_blocks(source)
    for example in items(source, "examples"):
        yield "examples", tuple(_example(example))


def paper_blocks(source: Json) -> Iterator[Block]:
    """Yield the papers of a source, each with all its parts."""
    for form in items(source, "papers"):
        yield "papers", (cells_of("papers", form),)
        yield (
            "paper_parts",
            tuple(cells_of("paper_parts", part, paper=form["id"]) for part in items(form, "parts")),
        )


class Lists:
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
            yield "choices", tuple(cells_of("choices", choice, list_name=name) for choice in choices)


def type_words(name: str, element: Json, lists: Lists) -> str:
    """Return the words of a figure's type, with the list it is chosen from."""
    kind = str(element.get("type"))
    return f"{SELECT} {lists.name(name, element)}" if kind == "choice" else kind


def _catalogue(catalogue: Json, types: Mapping[str, str]) -> Iterator[Block]:
    """Yield the elements; the columns of a register follow it, in its order."""
    elements, registers = named(catalogue, "elements"), named(catalogue, "registers")
    columns = [name for register in registers.values() for name in words(register, "columns")]
    for name in elements:
        if name not in columns:
            yield "catalogue", (cells_of("catalogue", elements[name], name=name, type=types[name]),)
    for name, register in registers.items():
        yield "catalogue", (cells_of("catalogue", register, name=name, type=REGISTER),)
        for column in words(register, "columns"):
            yield "catalogue", (cells_of("catalogue", elements[column], name=column, type=types[column]),)


# -------------------------------------------------------------------- parts


@dataclass(frozen=True, slots=True)
class _Parts:
    """Yields the criteria with all that stands under them."""

    types: Mapping[str, str]
    """Of the catalogue's elements, by name."""
    child: bool

    def blocks(self, source: Json) -> Iterator[Block]:
        for criterion in items(source, "criteria"):
            yield "criteria", (cells_of("criteria", criterion),)
            for indicator in items(criterion, "indicators"):
                yield "indicators", (cells_of("indicators", indicator, criterion=criterion["code"]),)
                for requirement in items(indicator, "requirements"):
                    yield from self.requirement(requirement, indicator=indicator["code"])
        for condition in items(source, "conditions"):
            yield from self.requirement(objects(condition, "requirement"), stage=condition["stage"])

    def requirement(self, data: Json, **above: object) -> Iterator[Block]:
        rule = "pass" if data.get("kind") == RequirementKind.YES_NO else "measure"
        thresholds = [_shown(data, threshold) for threshold in items(data, "thresholds")]
        short = None if self.child else _short_threshold(data, thresholds)
        row = cells_of("requirements", data, **above, **{rule: data.get("measure")}, threshold=short)
        yield "requirements", (row,)
        for threshold in thresholds[1 if short is not None else 0 :]:
            ranked = {"rank": 0, **threshold} if self.child else threshold
            yield "thresholds", (cells_of("thresholds", ranked, requirement=data["code"]),)
        asked = tuple(self.asked(data))
        if asked:
            yield "survey", asked
        for rule_ in items(data, "evidence"):
            yield "evidence", (cells_of("evidence", rule_, requirement=data["code"]),)

    def asked(self, data: Json) -> Iterator[PlannedRow]:
        """Yield what a requirement asks: fields, tables, and checks beside their fields where that keeps the order."""
        code, fields, checks = _text(data["code"]), items(data, "fields"), items(data, "checks")
        columns = [column for table in items(data, "tables") for column in items(table, "columns")]
        asked = [str(field["element"]) for field in (*fields, *columns)]
        beside = {str(check["element"]): check for check in _leading(checks, asked)}
        for field in fields:
            yield self.field(data, field, beside)
        for table in items(data, "tables"):
            yield {"requirement": code, "type": BEGIN, "name": _text(table.get("register", HAMLETS))}
            for column in items(table, "columns"):
                yield self.field(data, column, beside)
            yield {"requirement": code, "type": END}
        if data.get("fields") == [] and "tables" not in data:
            yield {"requirement": code, "type": NOTHING}
        for check in checks:
            if check not in beside.values():
                yield {"requirement": code, "type": CHECK} | _check(check, str(check.get("element", "")))

    def field(self, data: Json, field: Json, beside: Mapping[str, Json]) -> PlannedRow:
        name = str(field["element"])
        back = field.get("years_back")
        period = -back if isinstance(back, int) else None
        row = cells_of(
            "survey", field, requirement=data["code"], name=name, type=self.types[name], period=period
        )
        return row | (_check(beside[name], name) if name in beside else {})


def _leading(checks: list[Json], asked: list[str]) -> list[Json]:
    """Return the first checks that stand in the order of their fields; the others follow in rows of their own."""
    leading: list[Json] = []
    last = -1
    for check in checks:
        name = str(check.get("element"))
        place = asked.index(name) if asked.count(name) == 1 else -1
        if place <= last:
            break
        leading.append(check)
        last = place
    return leading


def _shown(data: Json, threshold: Json) -> Json:
    """Show the threshold of a ratio as people write it: `80%`."""
    value = str(threshold.get("value", ""))
    if data.get("kind") != RequirementKind.RATIO or not _DECIMAL.fullmatch(value):
        return threshold
    return threshold | {"value": f"{plain_digits(Fraction(value) * 100)}%"}


def _short_threshold(data: Json, thresholds: list[Json]) -> object:
    """Return the first threshold's value, where the requirement's row says all the rest of it."""
    shared = {key: data[key] for key in ("basis", "document") if key in data}
    first = thresholds[0] if thresholds else {}
    rest = {key: piece for key, piece in first.items() if key != "value"}
    return first.get("value") if rest == {"basis": "missing"} | shared else None


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


def cells_of(sheet: str, data: Json, **given: object) -> PlannedRow:
    """Return the cells of an object by heading; `given` are those that its keys do not hold."""
    row: PlannedRow = {heading: _text(value) for heading, value in given.items() if value is not None}
    for column in PLANS[sheet].columns:
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


def _share(value: object) -> Content:
    percent = Fraction(str(value)) * 100
    return str(value) if decimals_of(percent) is None else f"{plain_digits(percent)}%"


def _whole(value: object) -> Content:
    whole = value if isinstance(value, dict) else {}
    if "rule" in whole:
        return str(whole["rule"])
    return " ".join(str(whole[key]) for key in ("kind", "number") if key in whole)


_WRITERS: Final[Mapping[CellType, Callable[[object], Content]]] = {
    CellType.YES_NO: lambda value: "yes" if value else "no",
    CellType.LINES: lambda value: "\n".join(value) if isinstance(value, list) else str(value),
    CellType.LIST: lambda value: " ".join(value) if isinstance(value, list) else str(value),
    CellType.DATE: lambda value: date.fromisoformat(str(value)),
    CellType.WHOLE: _whole,
    CellType.FRACTION: _fraction,
    CellType.SHARE: _share,
}
