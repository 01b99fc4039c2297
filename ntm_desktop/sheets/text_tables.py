"""CSV files: which letters, which separator, and their rows one after another without holding the file.

Encodings: UTF-8, UTF-16 with its mark, else cp1258 or cp1252. The last two both read any file; the one wins in which
more words are Vietnamese. cp1252 also stands for TCVN3 and VNI, which are told apart later, column by column. Where two
programs wrote a file, one in UTF-8, the bytes of the other are read as cp1258.
"""

from __future__ import annotations

import codecs
import csv
import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from ntm_desktop.disk import open_file
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.facts.old_letters import Letters, decoded, share_of_syllables
from ntm_desktop.sheets.holding import holder_of
from ntm_desktop.sheets.refusals import FileHeld, NotAWorkbook, TooLarge

SEPARATORS = ",;\t|"
LONGEST_CELL = 100_000
MOST_BYTES = 256 * 1024 * 1024
_BLOCK = 1 << 20
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE = 1 << 16
_HEAD_LINES = 20
_OF_ANOTHER = "ntm_desktop.of_another_program"


def _as_cp1258(fault: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 as Windows writes Vietnamese."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return fault.object[fault.start : fault.end].decode("cp1258", "replace"), fault.end


codecs.register_error(_OF_ANOTHER, _as_cp1258)


@dataclass(frozen=True, slots=True)
class TextTable:
    """How a CSV file is written."""

    encoding: str
    separator: str
    width: int
    """Cells of its first rows."""


def look(path: Path) -> TextTable:
    """Find out how a CSV file is written. Raises FileUnreadable, FileHeld, NotAWorkbook, TooLarge."""
    try:
        with open_file(path) as file:
            encoding, sample = _encoding(path.name, file)
    except OSError as error:
        raise unreadable(path, error) from error
    if sample.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<table", "<?xml")):
        raise NotAWorkbook(path.name, "web_page")
    separator = separator_of(sample)
    head = [line for line in sample.splitlines() if line.strip()][:_HEAD_LINES]
    widths = [len(row) for row in csv.reader(head, delimiter=separator)]
    return TextTable(encoding, separator, max(widths, default=1))


def rows(path: Path, table: TextTable) -> Iterator[list[str]]:
    """Give the rows in order. A row that another separator cuts gives its cells too: two programs wrote the file.

    Raises FileUnreadable, FileHeld, NotAWorkbook.
    """
    csv.field_size_limit(LONGEST_CELL)
    errors = {"utf-8-sig": _OF_ANOTHER, "utf-16": "strict"}.get(table.encoding, "replace")
    try:
        with path.open(encoding=table.encoding, newline="", errors=errors) as file:
            lines = csv.reader(file, delimiter=table.separator, strict=True)
            first = next(lines, [])
            if first and not first[0].casefold().startswith("sep="):
                yield first
            for row in lines:
                yield _recut(row, table) if len(row) == 1 and table.width > 1 else row
    except csv.Error as error:
        raise NotAWorkbook(path.name, "broken") from error
    except UnicodeError as error:
        raise NotAWorkbook(path.name, "encoding") from error
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> FileUnreadable | FileHeld:
    """Say why a file cannot be read: who holds it, or what the system says."""
    who = holder_of(path)
    return (
        FileHeld(path.name, who) if who else FileUnreadable(path.name, error.strerror or type(error).__name__)
    )


def separator_of(text: str) -> str:
    """Choose the separator that cuts the first lines most evenly; a comma when none does."""
    lines = (line for line in text.splitlines() if line.strip() and not line.casefold().startswith("sep="))
    head = list(itertools.islice(lines, _HEAD_LINES))
    counts = {mark: [_outside_quotes(line, mark) for line in head] for mark in SEPARATORS}
    return max(SEPARATORS, key=lambda mark: (min(counts[mark], default=0), sum(counts[mark])))


def _outside_quotes(line: str, separator: str) -> int:
    return sum(part.count(separator) for part in line.split('"')[::2])


def _recut(row: list[str], table: TextTable) -> list[str]:
    for separator in SEPARATORS:
        if separator != table.separator and row[0].count(separator) >= table.width - 1:
            return next(csv.reader([row[0]], delimiter=separator))
    return row


def _encoding(name: str, file: BufferedReader) -> tuple[str, str]:
    """Read the file through once, in blocks; return its encoding and its first letters."""
    head = file.read(_BLOCK)
    if not head.strip():
        raise NotAWorkbook(name, "empty")
    if head.startswith(_UTF_16):
        return "utf-16", head[: _SAMPLE * 2].decode("utf-16", "ignore")
    decoder = codecs.getincrementaldecoder("utf-8")()
    block, size, utf_8, old = head, 0, True, bytearray()
    while block:
        size += len(block)
        if size > MOST_BYTES:
            raise TooLarge(name, "file")
        if b"\0" in block:
            raise NotAWorkbook(name, "binary")
        utf_8 = utf_8 and _goes_on(decoder, block)
        if not utf_8 and len(old) < _SAMPLE:
            old += block[:_SAMPLE]
        block = file.read(_BLOCK)
    if utf_8 or _is_mostly_utf_8(bytes(old)):
        return "utf-8-sig", head.removeprefix(codecs.BOM_UTF8)[:_SAMPLE].decode("utf-8", "ignore")
    encoding = legacy_encoding(bytes(old))
    return encoding, head[:_SAMPLE].decode(encoding, "replace")


def _is_mostly_utf_8(content: bytes) -> bool:
    """Say whether more marked letters are UTF-8 than are not: in other encodings hardly two bytes ever look like it."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) - broken > broken


def _goes_on(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def legacy_encoding(content: bytes) -> str:
    """Tell cp1258 from cp1252 by which makes more words Vietnamese, TCVN3 and VNI counting for cp1252."""
    windows = unicodedata.normalize("NFC", content.decode("cp1258", "replace"))
    western = content.decode("cp1252", "replace")
    shares = [share_of_syllables([decoded(western, letters)]) for letters in (Letters.TCVN3, Letters.VNI)]
    return "cp1258" if share_of_syllables([windows]) >= max(shares) else "cp1252"
