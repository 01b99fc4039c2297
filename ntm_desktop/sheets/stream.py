"""Rows of large tables one after another, only the columns that are asked for: exports of up to 200,000 rows.

A workbook is read in a child process, which sends rows in portions; other columns never leave it. A CSV file is read
here and not held. Cells are texts, as `cells` describes them.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import cast

from ntm_desktop.disk import open_file
from ntm_desktop.sheets import text_tables
from ntm_desktop.sheets.child import refusal
from ntm_desktop.sheets.inspection import stream
from ntm_desktop.sheets.limits import CHILD_SECONDS, MOST_STREAMED_BYTES
from ntm_desktop.sheets.refusals import NotAWorkbook, TooLarge
from ntm_desktop.sheets.text_tables import TextTable, unreadable

HEAD_ROWS = 40
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of one sheet, from its first row and column A on."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False
    hidden_rows: int = 0
    merged: tuple[str, ...] = ()
    macros: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose sheets are known."""

    path: Path
    heads: tuple[Head, ...]
    text: TextTable | None = None
    """Of a CSV file."""

    def head(self, name: str) -> Head | None:
        """Return the sheet of that name; the only sheet of a CSV file whatever it is called."""
        if self.text is not None:
            return self.heads[0]
        return next((head for head in self.heads if head.name == name), None)


def open_source(path: Path) -> Source:
    """Look at the beginning of every sheet.

    Raises FileUnreadable, FileHeld, NotAWorkbook, PasswordProtected, TooLarge.
    """
    content = _workbook_bytes(path)
    if content is None:
        table = text_tables.look(path)
        first = tuple(tuple(row) for row in islice(text_tables.rows(path, table), HEAD_ROWS))
        return Source(path, (Head(path.stem, first),), table)
    answer = next(_asked(path.name, content, {"head": HEAD_ROWS}))
    sheets = cast("list[dict[str, object]]", answer["sheets"])
    return Source(path, tuple(_head(sheet, macros=bool(answer["macros"])) for sheet in sheets))


def rows(source: Source, sheet: str, columns: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
    """Give number and cells of every row that holds anything, the columns (from 1) in the order they are asked for.

    Raises what `open_source` raises.
    """
    places = [column - 1 for column in columns]
    if source.text is not None:
        for number, row in enumerate(text_tables.rows(source.path, source.text), 1):
            width = len(row)
            yield number, [row[place] if place < width else "" for place in places]
        return
    content = _workbook_bytes(source.path)
    if content is None:
        raise NotAWorkbook(source.path.name, "broken")
    for answer in _asked(source.path.name, content, {"sheet": sheet, "columns": places}):
        yield from ((number, cells) for number, cells in cast("list[tuple[int, list[str]]]", answer["rows"]))


def _workbook_bytes(path: Path) -> bytes | None:
    try:
        with open_file(path) as file:
            if not file.peek(8).startswith((_ZIP, _OLE)):
                return None
            content = file.read(MOST_STREAMED_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(content) > MOST_STREAMED_BYTES:
        raise TooLarge(path.name, "file")
    return content


def _asked(name: str, content: bytes, question: dict[str, object]) -> Iterator[dict[str, object]]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=stream, args=(there,), daemon=True)
    process.start()
    there.close()
    try:
        here.send_bytes(json.dumps(question).encode())
        here.send_bytes(content)
        while True:
            if not here.poll(CHILD_SECONDS):
                raise TooLarge(name, "time")
            answer: dict[str, object] = json.loads(here.recv_bytes())
            if "refused" in answer:
                raise refusal(name, str(answer["refused"]), str(answer.get("reason", "")))
            if answer.get("end"):
                return
            yield answer
    except (EOFError, OSError) as error:
        raise NotAWorkbook(name, "broken") from error
    finally:
        here.close()
        process.kill()
        process.join()
        process.close()


def _head(answer: dict[str, object], *, macros: bool) -> Head:
    return Head(
        name=str(answer["name"]),
        rows=tuple(tuple(row) for row in cast("list[list[str]]", answer["rows"])),
        hidden=bool(answer["hidden"]),
        hidden_rows=int(str(answer["hidden_rows"])),
        merged=tuple(cast("list[str]", answer["merged"])),
        macros=macros,
    )
