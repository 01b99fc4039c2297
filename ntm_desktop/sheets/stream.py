"""Rows of large tables one after another, only the columns that are asked for: exports of up to 200,000 rows.

A workbook is read once, in a child process that holds it until the source is closed and sends rows in portions; other
columns never leave it. A CSV file is read here and not held. Cells are texts, as `cells` describes them.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
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
    child: Child | None = field(default=None, repr=False, compare=False)
    """Of a workbook: who holds it."""

    def head(self, name: str) -> Head | None:
        """Return the sheet of that name; the only sheet of a CSV file whatever it is called."""
        if self.text is not None:
            return self.heads[0]
        return next((head for head in self.heads if head.name == name), None)


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Look at the beginning of every sheet; the rows can be asked for until the end of the context.

    Raises FileUnreadable, FileHeld, NotAWorkbook, PasswordProtected, TooLarge.
    """
    content = _workbook_bytes(path)
    if content is None:
        table = text_tables.look(path)
        first = tuple(tuple(row) for row in islice(text_tables.rows(path, table), HEAD_ROWS))
        yield Source(path, (Head(path.stem, first),), table)
        return
    child = Child(path.name)
    try:
        child.send(content)
        del content
        (answer,) = child.asked({"head": HEAD_ROWS})
        sheets = cast("list[dict[str, object]]", answer["sheets"])
        heads = tuple(_head(sheet, macros=bool(answer["macros"])) for sheet in sheets)
        yield Source(path, heads, child=child)
    finally:
        child.end()


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
    if source.child is not None:
        for answer in source.child.asked({"sheet": sheet, "columns": places}):
            yield from (
                (number, cells) for number, cells in cast("list[tuple[int, list[str]]]", answer["rows"])
            )


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


class Child:
    """The process that holds one workbook and answers questions about it."""

    def __init__(self, name: str) -> None:
        self._name = name
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=stream, args=(there,), daemon=True)
        self._process.start()
        there.close()

    def send(self, content: bytes) -> None:
        """Send the bytes of the workbook. Raises NotAWorkbook."""
        with self._dying():
            self._pipe.send_bytes(content)

    def asked(self, question: dict[str, object]) -> Iterator[dict[str, object]]:
        """Give the answers to a question, all but the last, which only ends them.

        Raises NotAWorkbook, PasswordProtected, TooLarge.
        """
        with self._dying():
            self._pipe.send_bytes(json.dumps(question).encode())
        while True:
            with self._dying():
                if not self._pipe.poll(CHILD_SECONDS):
                    raise TooLarge(self._name, "time")
                answer: dict[str, object] = json.loads(self._pipe.recv_bytes())
            if "refused" in answer:
                raise refusal(self._name, str(answer["refused"]), str(answer.get("reason", "")))
            if answer.get("end"):
                return
            yield answer

    def end(self) -> None:
        """End the process."""
        self._pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()

    @contextmanager
    def _dying(self) -> Iterator[None]:
        """Take a child that dies for a broken file."""
        try:
            yield
        except (EOFError, OSError) as error:
            raise NotAWorkbook(self._name, "broken") from error


def _head(answer: dict[str, object], *, macros: bool) -> Head:
    return Head(
        name=str(answer["name"]),
        rows=tuple(tuple(row) for row in cast("list[list[str]]", answer["rows"])),
        hidden=bool(answer["hidden"]),
        hidden_rows=int(str(answer["hidden_rows"])),
        merged=tuple(cast("list[str]", answer["merged"])),
        macros=macros,
    )
