"""The child's side of reading a workbook: look at its parts first, then let the reader at it.

Guards, in order: declared sizes and ratios of the zip parts, passwords, the rectangle the cells span. The
fast reader gives errors and formulas without result as blanks; both are found in the sheet's own XML and
marked.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from multiprocessing.connection import Connection
from typing import cast

from ntm_desktop.sheets.cells import CellKind
from ntm_desktop.sheets.limits import (
    CHILD_MEMORY_BYTES,
    MOST_CELLS,
    MOST_INFLATED_BYTES,
    MOST_PARTS,
    MOST_RATIO,
    MOST_ROWS,
    MOST_STREAMED_CELLS,
    MOST_STREAMED_ROWS,
    RATIO_COUNTS_FROM,
)

Answer = dict[str, object]
Mark = tuple[str, str]
_Row = list[tuple[str, str] | None]

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OPEN_CELL = re.compile(
    rb"<(?:\w+:)?(?:c|row)\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,7})[\"'][^>]*(?<!/)>"
)
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_ERROR_TYPE = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_TEXT_TYPE = re.compile(rb"\bt\s*=\s*[\"']str[\"']")
_RESULT = re.compile(rb"<(?:\w+:)?v[^>]*(?<!/)>([^<]+)<")
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([A-Za-z]{1,3}\d{1,7}:[A-Za-z]{1,3}\d{1,7})[\"']"
)
_FORMATTED_ROW = re.compile(
    rb"<(?:\w+:)?row\s[^>]*(?<!/)>"
    rb"(?:\s*<(?:\w+:)?c\s[^>]*>(?:(?<=/>)|\s*</(?:\w+:)?c>))*\s*</(?:\w+:)?row>"
)
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row\s(?=[^>]*?\bhidden\s*=\s*[\"'](?:1|true)[\"'])[^>]*?\br\s*=\s*[\"'](\d{1,7})[\"']"
)
_MOST_ADDRESSES = 1_000
_PORTION = 4_000
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?\bname\s*=\s*\"([^\"]*)\"[^>]*?:id\s*=\s*\"([^\"]*)\"")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"\b(Id|Target)\s*=\s*\"([^\"]*)\"")


@dataclass(slots=True)
class _Seen:
    """What the XML of a sheet says beside the values."""

    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)
    """Errors and formulas without result by place, counted from 0."""
    merged: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Looked:
    """What the parts of a file say."""

    kind: str = "xls"
    macros: bool = False
    sheets: dict[str, _Seen] = field(default_factory=dict)


class _RefusedError(Exception):
    """Carries the answer that refuses the file."""

    def __init__(self, refused: str, reason: str = "") -> None:
        super().__init__(refused)
        self.answer: Answer = {"refused": refused, "reason": reason}


def inspect(pipe: Connection) -> None:
    """Take the bytes of a workbook from the pipe, answer its sheets or a refusal as JSON; in a child only."""
    _lower_own_limits()
    content = pipe.recv_bytes()
    try:
        answer: Answer = _answered(content)
    except _RefusedError as refusal:
        answer = refusal.answer
    pipe.send_bytes(json.dumps(answer).encode())


def stream(pipe: Connection) -> None:
    """Answer the beginnings of all sheets, or the rows of one in portions; in a child only.

    Takes a question and the bytes of a workbook from the pipe. Formulas count with the results the file holds.
    """
    _lower_own_limits()
    question = json.loads(pipe.recv_bytes())
    content = pipe.recv_bytes()
    try:
        looked = _judged(content, MOST_STREAMED_CELLS)
        for answer in _streamed(content, looked, question):
            pipe.send_bytes(json.dumps(answer).encode())
        answer = {"end": True}
    except _RefusedError as refusal:
        answer = refusal.answer
    pipe.send_bytes(json.dumps(answer).encode())


def _streamed(content: bytes, looked: _Looked, question: dict[str, object]) -> Iterator[Answer]:
    import python_calamine

    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as workbook:
            if "head" in question:
                heads = [
                    _head(workbook.get_sheet_by_index(number), metadata, looked, int(str(question["head"])))
                    for number, metadata in enumerate(workbook.sheets_metadata)
                    if metadata.typ is python_calamine.SheetTypeEnum.WorkSheet
                ]
                yield {"sheets": heads, "macros": looked.macros}
            elif question["sheet"] in workbook.sheet_names:
                columns = cast("list[int]", question["columns"])
                yield from _portions(workbook.get_sheet_by_name(str(question["sheet"])), columns)
    except python_calamine.PasswordError as error:
        raise _RefusedError("password") from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise _RefusedError("not_a_workbook", "broken") from error


def _head(sheet: object, metadata: object, looked: _Looked, most: int) -> Answer:
    from python_calamine import CalamineSheet, SheetMetadata, SheetVisibleEnum

    if not isinstance(sheet, CalamineSheet) or not isinstance(metadata, SheetMetadata):
        raise TypeError(sheet)
    if sheet.height > MOST_STREAMED_ROWS:
        raise _RefusedError("too_large", "rows")
    seen = looked.sheets.get(metadata.name, _Seen())
    rows = [
        [_text(value) for value in row] for _number, row in zip(range(most), sheet.iter_rows(), strict=False)
    ]
    return {
        "name": metadata.name,
        "rows": rows,
        "hidden": metadata.visible is not SheetVisibleEnum.Visible,
        "hidden_rows": len(seen.hidden_rows),
        "merged": seen.merged,
    }


def _portions(sheet: object, columns: list[int]) -> Iterator[Answer]:
    from python_calamine import CalamineSheet

    if not isinstance(sheet, CalamineSheet):
        raise TypeError(sheet)
    portion: list[tuple[int, list[str]]] = []
    for number, row in enumerate(sheet.iter_rows(), 1):
        width = len(row)
        cells = [_text(row[column]) if column < width else "" for column in columns]
        if any(cells):
            portion.append((number, cells))
        if len(portion) == _PORTION:
            yield {"rows": portion}
            portion = []
    yield {"rows": portion}


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    content = _content(value)
    return "" if content is None else content[1]


def _lower_own_limits() -> None:
    """Silence the reader's own messages and, where the system can, cap the memory it may claim."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY_BYTES, CHILD_MEMORY_BYTES))


def _answered(content: bytes) -> Answer:
    looked = _judged(content, MOST_CELLS)
    return {"sheets": list(_sheets(content, looked)), "kind": looked.kind, "macros": looked.macros}


def _judged(content: bytes, most: int) -> _Looked:
    if content.startswith(b"PK"):
        return _looked_through(content, most)
    if _ENCRYPTED in content:
        raise _RefusedError("password")
    return _Looked()


def _sheets(content: bytes, looked: _Looked) -> Iterator[Answer]:
    import python_calamine

    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as workbook:
            for number, metadata in enumerate(workbook.sheets_metadata):
                if metadata.typ is python_calamine.SheetTypeEnum.WorkSheet:
                    sheet = workbook.get_sheet_by_index(number)
                    hidden = metadata.visible is not python_calamine.SheetVisibleEnum.Visible
                    seen = looked.sheets.get(metadata.name, _Seen())
                    yield _answer(sheet, seen.marks) | {
                        "hidden": hidden,
                        "merged": seen.merged,
                        "formulas": seen.formulas,
                        "hidden_rows": seen.hidden_rows,
                    }
    except python_calamine.PasswordError as error:
        raise _RefusedError("password") from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise _RefusedError("not_a_workbook", "broken") from error


def _answer(sheet: object, marks: dict[tuple[int, int], Mark]) -> Answer:
    from python_calamine import CalamineSheet

    if not isinstance(sheet, CalamineSheet):
        raise TypeError(sheet)
    top, left = sheet.start or (0, 0)
    if sheet.height > MOST_ROWS:
        raise _RefusedError("too_large", "rows")
    if sheet.height * sheet.width > MOST_CELLS:
        raise _RefusedError("too_large", "cells")
    rows: list[_Row] = [[_content(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
    if marks:
        top, left, rows = _marked(top, left, rows, marks)
    return {"name": sheet.name, "top": top + 1, "left": left + 1, "rows": rows}


def _marked(
    top: int, left: int, rows: list[_Row], marks: dict[tuple[int, int], Mark]
) -> tuple[int, int, list[_Row]]:
    """Put the marks into the rectangle, which grows where they lie outside it."""
    places = list(marks)
    if rows:
        places += [(top, left), (top + len(rows) - 1, left + len(rows[0]) - 1)]
    first_row, first_column = min(row for row, _ in places), min(column for _, column in places)
    last_row, last_column = max(row for row, _ in places), max(column for _, column in places)
    width = last_column - first_column + 1
    grown: list[_Row] = [[None] * width for _ in range(last_row - first_row + 1)]
    for number, row in enumerate(rows, top - first_row):
        grown[number][left - first_column : left - first_column + len(row)] = row
    for (row_number, column), mark in marks.items():
        grown[row_number - first_row][column - first_column] = mark
    return first_row, first_column, grown


def _content(value: object) -> tuple[str, str] | None:
    if value == "":
        return None
    if isinstance(value, bool):
        return CellKind.YES_NO, "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return CellKind.NUMBER, _exact(value)
    if isinstance(value, date):
        return CellKind.DATE, _day(value)
    return CellKind.TEXT, value.strftime("%H:%M") if isinstance(value, time) else str(value)


def _day(value: date) -> str:
    day = f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{day} {value.hour:02d}:{value.minute:02d}"
    return day


def _exact(value: float) -> str:
    """Return the shortest digits that give the number back, without exponent: `0.1`, `2382`."""
    number = format(Decimal(repr(value)), "f")
    return number.rstrip("0").rstrip(".") if "." in number else number


def _looked_through(content: bytes, most: int) -> _Looked:
    """Judge the parts of a zipped workbook; return what its sheets' own XML says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _judge_sizes(package)
            names = set(package.namelist())
            if "xl/workbook.xml" in names:
                parts = {name: part for name, part in _sheet_parts(package).items() if part in names}
                sheets = {name: _seen(package.read(part), most) for name, part in parts.items()}
                return _Looked("xlsx", any(name.endswith("vbaProject.bin") for name in names), sheets)
            if "META-INF/manifest.xml" in names and b"encryption-data" in package.read(
                "META-INF/manifest.xml"
            ):
                raise _RefusedError("password")
            if "content.xml" in names and b'calcext:value-type="error"' in package.read("content.xml"):
                raise _RefusedError("not_a_workbook", "error_cells")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise _RefusedError("not_a_workbook", "broken") from error
    return _Looked("ods")


def _judge_sizes(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        raise _RefusedError("too_large", "parts")
    if sum(part.file_size for part in parts) > MOST_INFLATED_BYTES:
        raise _RefusedError("too_large", "inflated")
    for part in parts:
        if part.file_size > RATIO_COUNTS_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise _RefusedError("too_large", "ratio")


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name."""
    import html

    relations = {}
    for relation in _RELATION.findall(package.read("xl/_rels/workbook.xml.rels")):
        attributes = dict(_ATTRIBUTE.findall(relation))
        target = attributes.get(b"Target", b"").decode("utf-8", "replace")
        relations[attributes.get(b"Id", b"")] = target.removeprefix("/xl/").removeprefix("xl/")
    return {
        html.unescape(name.decode("utf-8", "replace")): f"xl/{relations[relation]}"
        for name, relation in _SHEET.findall(package.read("xl/workbook.xml"))
        if relation in relations
    }


def _seen(xml: bytes, most: int = MOST_CELLS) -> _Seen:
    """Return errors and formulas without result, merged ranges, formulas; refuse too large a rectangle."""
    # Rows that only carry formats (a column painted down to the last row) hold nothing and count for nothing.
    xml = _FORMATTED_ROW.sub(b"", xml)
    columns, rows = [0], [0]
    for letters, number in _OPEN_CELL.findall(xml):
        rows.append(int(number))
        if letters:
            columns.append(_column(letters))
    if max(rows) * max(columns) > most:
        raise _RefusedError("too_large", "cells")
    merged = [reference.decode("ascii", "replace") for reference in _MERGED.findall(xml)[:_MOST_ADDRESSES]]
    seen = _Seen(merged=merged, hidden_rows=[int(number) for number in _HIDDEN_ROW.findall(xml)])
    if most > MOST_CELLS or (_ERROR_TYPE.search(xml) is None and _FORMULA.search(xml) is None):
        return seen  # rows that are streamed carry no marks: looking for them takes seconds in a large export
    for attributes, inside in _CELL.findall(xml):
        place = _PLACE.search(attributes)
        if place is None:
            continue
        mark = _mark(attributes, inside)
        if mark is not None:
            seen.marks[int(place[2]) - 1, _column(place[1]) - 1] = mark
        if _FORMULA.search(inside) and len(seen.formulas) < _MOST_ADDRESSES:
            seen.formulas.append((place[1] + place[2]).decode())
    return seen


def _mark(attributes: bytes, inside: bytes) -> Mark | None:
    result = _RESULT.search(inside)
    if _ERROR_TYPE.search(attributes):
        return CellKind.ERROR, result[1].decode("utf-8", "replace") if result else "#N/A"
    if result is None and _FORMULA.search(inside) and not _TEXT_TYPE.search(attributes):
        return CellKind.UNCOMPUTED, ""
    return None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
