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
from functools import lru_cache
from itertools import islice
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

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
_REFERENCE = rb'r="[A-Za-z]{%d,3}%s"'
_UNUSUAL_CELL = re.compile(rb'<c(?! r=")[\s>/]')
_MAYBE_FORMULA = re.compile(rb"<f[\s>/]")
_MOST_ADDRESSES = 1_000
_MOST_ROW_DIGITS = 7
_PORTION = 4_000
_EXACT_WHOLES = 2**53
"""Below this a float stands for no whole number but its own."""
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
    """Answer questions about a workbook until the pipe is closed: the beginnings of all sheets, the rows of one.

    Takes its bytes from the pipe first; in a child only. Formulas count with the results the file holds.
    """
    _lower_own_limits()
    content = pipe.recv_bytes()
    try:
        looked = _judged(content, MOST_STREAMED_CELLS)
        for answer in _streamed(content, looked, pipe):
            pipe.send_bytes(json.dumps(answer).encode())
    except _RefusedError as refusal:
        pipe.send_bytes(json.dumps(refusal.answer).encode())
    except EOFError:
        return  # nobody has another question


def _streamed(content: bytes, looked: _Looked, pipe: Connection) -> Iterator[Answer]:
    import python_calamine

    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as workbook:
            held = _Held(workbook)
            while True:
                question = json.loads(pipe.recv_bytes())
                if "head" in question:
                    yield {"sheets": list(_heads(held, looked, question["head"])), "macros": looked.macros}
                elif question["sheet"] in workbook.sheet_names:
                    yield from _portions(held.sheet(question["sheet"]), question["columns"])
                yield {"end": True}
    except python_calamine.PasswordError as error:
        raise _RefusedError("password") from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise _RefusedError("not_a_workbook", "broken") from error


class _Held:
    """The sheets of a workbook; the largest of those that were looked at is kept, it will be asked for next."""

    def __init__(self, workbook: CalamineWorkbook) -> None:
        self.workbook = workbook
        self._largest: CalamineSheet | None = None

    def sheet(self, name: str) -> CalamineSheet:
        """Return the sheet of that name."""
        if self._largest is not None and self._largest.name == name:
            return self._largest
        sheet = self.workbook.get_sheet_by_name(name)
        if self._largest is None or _cells(sheet) > _cells(self._largest):
            self._largest = sheet
        return sheet


def _cells(sheet: CalamineSheet) -> int:
    return sheet.height * sheet.width


def _heads(held: _Held, looked: _Looked, most: int) -> Iterator[Answer]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for metadata in held.workbook.sheets_metadata:
        if metadata.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = held.sheet(metadata.name)
        if sheet.height > MOST_STREAMED_ROWS:
            raise _RefusedError("too_large", "rows")
        seen = looked.sheets.get(metadata.name, _Seen())
        before = [""] * _left_out(sheet)
        yield {
            "name": metadata.name,
            "rows": [before + [_text(value) for value in row] for row in islice(sheet.iter_rows(), most)],
            "hidden": metadata.visible is not SheetVisibleEnum.Visible,
            "hidden_rows": len(seen.hidden_rows),
            "merged": seen.merged,
        }


def _portions(sheet: CalamineSheet, columns: list[int]) -> Iterator[Answer]:
    portion: list[tuple[int, list[str]]] = []
    left = _left_out(sheet)
    columns = [column - left for column in columns]
    for number, row in enumerate(sheet.iter_rows(), 1):
        width = len(row)
        cells = [_text(row[column]) if 0 <= column < width else "" for column in columns]
        if any(cells):
            portion.append((number, cells))
        if len(portion) == _PORTION:
            yield {"rows": portion}
            portion = []
    yield {"rows": portion}


def _left_out(sheet: CalamineSheet) -> int:
    """Return how many empty columns calamine leaves out before the first that holds anything; empty rows it gives."""
    return sheet.start[1] if sheet.start is not None else 0


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
    # A table says the same few things again and again: each goes over the pipe once, cells are numbers of theirs.
    said: dict[tuple[str, str] | None, int] = {}
    numbers = [[said.setdefault(content, len(said)) for content in row] for row in rows]
    return {"name": sheet.name, "top": top + 1, "left": left + 1, "said": list(said), "rows": numbers}


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


@lru_cache(maxsize=4096, typed=True)
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
    if abs(value) < _EXACT_WHOLES and value == int(value):
        return str(int(value))
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
    some_hidden = b"hidden" in xml
    within = _surely_within(xml, most)
    if some_hidden or not within:
        # Rows that only carry formats (a column painted down to the last row) hold nothing and count for nothing.
        xml = _FORMATTED_ROW.sub(b"", xml)
    if not within:
        places = _OPEN_CELL.findall(xml)
        last_row = max((int(number) for number in {number for _letters, number in places}), default=0)
        widest = max((_column(letters) for letters in {letters for letters, _number in places}), default=0)
        if last_row * widest > most:
            raise _RefusedError("too_large", "cells")
    merged = _MERGED.findall(xml)[:_MOST_ADDRESSES] if b"mergeCell" in xml else []
    hidden_rows = [int(number) for number in _HIDDEN_ROW.findall(xml)] if some_hidden else []
    seen = _Seen(merged=[one.decode("ascii", "replace") for one in merged], hidden_rows=hidden_rows)
    if most > MOST_CELLS or not _maybe_marked(xml):
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


def _surely_within(xml: bytes, most: int) -> bool:
    """Say at a glance whether all cells lie within so many; False: they have to be counted, at ten times the cost.

    Cells have to be written the usual way, `<c r="A1"`. Counts as wide as the longest column letters can mean.
    """
    if b":c" in xml or _UNUSUAL_CELL.search(xml) is not None:
        return False
    for letters, width in ((1, 26), (2, 26 * 27)):
        if re.search(_REFERENCE % (letters + 1, rb"\d{1,7}"), xml) is None:
            return re.search(_REFERENCE % (0, _above(most // width)), xml) is None
    return False


def _maybe_marked(xml: bytes) -> bool:
    """Say at a glance whether there may be errors or formulas."""
    return b'"e"' in xml or b"'e'" in xml or b":f" in xml or _MAYBE_FORMULA.search(xml) is not None


def _above(number: int) -> bytes:
    """Return a pattern of the numbers of at most seven digits that are greater."""
    digits = str(number)
    longer = [rf"\d{{{len(digits) + 1},7}}"] if len(digits) < _MOST_ROW_DIGITS else []
    greater = [
        rf"{digits[:place]}[{int(digit) + 1}-9]\d{{{len(digits) - place - 1}}}"
        for place, digit in enumerate(digits)
        if digit != "9"
    ]
    return f"(?:{'|'.join(longer + greater)})".encode()


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
