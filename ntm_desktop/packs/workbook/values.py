"""One cell to the value its key takes in a source; None where it does not fit and a problem was noted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from ntm_desktop.criteria.model import WholeKind
from ntm_desktop.packs.workbook.columns import CellType
from ntm_desktop.packs.workbook.ledger import Ledger, Spot
from ntm_desktop.sheets.cells import Cell, CellKind

_SEPARATORS: Final = re.compile(r"[\s,;]+")
_FOR_PEOPLE: Final = (CellType.TEXT, CellType.PLAIN, CellType.LINES)
_BROKEN_NAME: Final = re.compile(r"[a-z0-9]\n[a-z0-9]")
_COMMA: Final = re.compile(r"-?\d+,\d+%?", re.ASCII)
_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_YES: Final = {"yes": True, "c\u00f3": True, "true": True, "no": False, "kh\u00f4ng": False, "false": False}
_COUNTED: Final = re.compile(r"(at_least|points)\s+(\S+)")
_FRACTION: Final = re.compile(r"-?\d{1,30}(?:[./]\d{1,30})?", re.ASCII)

Reader = Callable[[Cell, str, Spot, Ledger], object]


def value_of(cell: Cell, kind: CellType, spot: Spot, ledger: Ledger) -> object:
    """Return the value of a cell that is not blank."""
    text = unicodedata.normalize("NFC", cell.text).strip()
    if kind not in _FOR_PEOPLE and _BROKEN_NAME.search(text):
        # LibreOffice makes a line break of `_xa_` in a file it opens.
        ledger.note(spot, "line_break", " ".join(text.split()), text.replace("\n", "_xa_"))
        return None
    return _READERS[kind](cell, text, spot, ledger)


def _words(cell: Cell, text: str, spot: Spot, ledger: Ledger) -> object:
    """Read words; a number or date that Excel made of them may have lost something (8.10 becomes 8.1)."""
    if cell.kind is CellKind.DATE or (cell.kind is CellKind.NUMBER and "." in text):
        ledger.note(spot, "number_for_text", text, f"'{text}")
        return None
    return text


def _list(cell: Cell, text: str, spot: Spot, ledger: Ledger) -> object:
    read = _words(cell, text, spot, ledger)
    return None if read is None else [word for word in _SEPARATORS.split(text) if word]


def _lines(_cell: Cell, text: str, _spot: Spot, _ledger: Ledger) -> object:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _rule(cell: Cell, text: str, spot: Spot, ledger: Ledger) -> object:
    if cell.kind is CellKind.YES_NO:
        return "yes" if text == "TRUE" else "no"
    if cell.kind is CellKind.DATE:
        ledger.note(spot, "number_for_text", text, f"'{text}")
        return None
    return None if _has_comma(text, spot, ledger) else text


def _whole(_cell: Cell, text: str, spot: Spot, ledger: Ledger) -> object:
    counted = _COUNTED.fullmatch(text)
    if counted is not None:
        number = _number(counted[2], spot, ledger)
        return None if number is None else {"kind": counted[1], "number": number}
    if text in {WholeKind.ALL, WholeKind.ANY}:
        return {"kind": text}
    if text in set(WholeKind):
        ledger.note(spot, "wrong_whole", text, "all, any, at_least 3, points 50")
        return None
    return {"kind": "expression", "rule": text}


def _integer(_cell: Cell, text: str, spot: Spot, ledger: Ledger) -> object:
    if re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
        return int(text)
    ledger.note(spot, "whole_number_needed", text, "2025")
    return None


def _fraction(_cell: Cell, text: str, spot: Spot, ledger: Ledger) -> object:
    return _number(text, spot, ledger)


def _share(_cell: Cell, text: str, spot: Spot, ledger: Ledger) -> object:
    """Read a part as people write it, `30%`, or as Excel keeps it, 0.3."""
    number = _number(text.removesuffix("%").rstrip(), spot, ledger)
    if number is None or not text.endswith("%"):
        return number
    return str(Fraction(number) / 100)


def _number(text: str, spot: Spot, ledger: Ledger) -> str | None:
    if _has_comma(text, spot, ledger):
        return None
    if not _FRACTION.fullmatch(text) or text.partition("/")[2].strip("0") == "" != text.partition("/")[1]:
        ledger.note(spot, "wrong_number", text, "12.5")
        return None
    return str(Fraction(text))


def _has_comma(text: str, spot: Spot, ledger: Ledger) -> bool:
    if not _COMMA.fullmatch(text):
        return False
    ledger.note(spot, "decimal_comma_cell", text, text.replace(",", "."))
    return True


def _date(_cell: Cell, text: str, spot: Spot, ledger: Ledger) -> object:
    day = _DAY.fullmatch(text)
    iso = f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}" if day else text
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError:
        ledger.note(spot, "wrong_date", text, "08/03/2022")
        return None


def _yes_no(_cell: Cell, text: str, spot: Spot, ledger: Ledger) -> object:
    answer = _YES.get(text.casefold())
    if answer is None:
        ledger.note(spot, "unknown_value", text, "yes, no")
    return answer


_READERS: Final[Mapping[CellType, Reader]] = {
    CellType.TEXT: _words,
    CellType.PLAIN: _words,
    CellType.WORD: _words,
    CellType.LIST: _list,
    CellType.LINES: _lines,
    CellType.RULE: _rule,
    CellType.WHOLE: _whole,
    CellType.INTEGER: _integer,
    CellType.FRACTION: _fraction,
    CellType.SHARE: _share,
    CellType.DATE: _date,
    CellType.YES_NO: _yes_no,
}
