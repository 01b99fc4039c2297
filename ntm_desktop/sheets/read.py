"""Reads a workbook (.xlsx, .xlsm, .xls, .ods) or a CSV file as cells.

What a file is, its bytes say, not its name. Workbooks are read in a child process with a time limit: a
broken .xls makes the reader claim memory until the process is ended, and that must not be the officer's
program.
"""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.disk import open_file
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.sheets import text_tables
from ntm_desktop.sheets.cells import BLANK, CellKind, Content, Sheet, Workbook
from ntm_desktop.sheets.child import read_in_child
from ntm_desktop.sheets.holding import holder_of
from ntm_desktop.sheets.limits import MOST_CELLS, MOST_FILE_BYTES, MOST_ROWS
from ntm_desktop.sheets.refusals import FileHeld, NotAWorkbook, TooLarge

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: Path) -> Workbook:
    """Read every sheet of the file.

    Raises FileUnreadable (vanished), FileHeld (open elsewhere), NotAWorkbook, PasswordProtected, TooLarge.
    """
    content = _bytes_of(path)
    if content.startswith((_ZIP, _OLE)):
        return read_in_child(path.name, content)
    return Workbook((_read_csv(path),), kind="csv")


def _bytes_of(path: Path) -> bytes:
    try:
        with open_file(path) as file:
            content = file.read(MOST_FILE_BYTES + 1)
    except OSError as error:
        who = holder_of(path)
        if who:
            raise FileHeld(path.name, who) from error
        raise FileUnreadable(path.name, error.strerror or type(error).__name__) from error
    if len(content) > MOST_FILE_BYTES:
        raise TooLarge(path.name, "file")
    if not content.strip():
        raise NotAWorkbook(path.name, "empty")
    return content


def _read_csv(path: Path) -> Sheet:
    table = text_tables.look(path)
    rows: list[tuple[Content, ...]] = []
    cells = 0
    for line in text_tables.rows(path, table):
        cells += len(line)
        if len(rows) >= MOST_ROWS or cells > MOST_CELLS:
            raise TooLarge(path.name, "rows" if len(rows) >= MOST_ROWS else "cells")
        rows.append(tuple(Content(CellKind.TEXT, cell) if cell else BLANK for cell in line))
    return Sheet(path.stem, tuple(rows))
