"""Hamlets pasted from a spreadsheet: names and households are found among headings, ordinals, totals and blank rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ntm_desktop.exchange.hamlet_names import TOTALS, spelling
from ntm_desktop.facts.text import fold, nfc
from ntm_desktop.i18n import gettext as _

_HEADINGS = frozenset(
    {"ten", "thon", "ban", "ap", "khom", "khoi", "xom", "buon", "stt", "tt", "so tt", "so ho", "ho", "don vi"}
)
_NAME_HEADING = re.compile(r"ten\b.*|thon|ban|ap|khom|khoi|xom|buon|to dan pho|don vi")
_HOUSEHOLD_HEADING = re.compile(r"(?:tong )?so ho\b.*|ho|ho dan|tong ho")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){1,2}|[0-9]{1,9}")
_ORDINAL = re.compile(r"\d{1,3}[.)]?")


@dataclass(frozen=True, slots=True)
class HamletRow:
    """One hamlet as pasted or typed."""

    name: str
    households: int | None = None
    duplicate_of: int | None = None
    """Number (from 1) of the row that has the same name; both are kept until the officer decides."""


@dataclass(frozen=True, slots=True)
class PastedHamlets:
    """Hamlets read from pasted text, and what was left out."""

    rows: tuple[HamletRow, ...]
    dropped_heading: bool
    dropped_blank: int
    dropped_total: bool = False
    """A row of totals was left out."""
    other_columns: bool = False
    """There were columns besides names and households; they were not taken."""

    def left_out(self) -> tuple[str, ...]:
        """Return a sentence for each thing that was left out."""
        return tuple(
            sentence
            for is_so, sentence in (
                (self.dropped_heading, _("The heading row was left out.")),
                (self.dropped_blank, _("{count} empty rows were left out.").format(count=self.dropped_blank)),
                (self.dropped_total, _("The row of totals was left out.")),
                (self.other_columns, _("Only names and households were taken, no other column.")),
            )
            if is_so
        )


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a heading says that names and households stand; None: look at the cells."""

    name: int | None = None
    households: int | None = None
    headed: bool = False


def read_hamlets(pasted: str) -> PastedHamlets:
    """Read hamlets pasted from a spreadsheet; what is left out besides ordinal numbers is told."""
    lines = [[" ".join(nfc(cell).split()) for cell in line.split("\t")] for line in pasted.splitlines()]
    filled = [cells for cells in lines if any(cells)]
    heading = bool(filled) and _is_heading(filled[0])
    columns = _columns_of(filled[0]) if heading else _Columns()
    rows: list[HamletRow] = []
    seen: dict[str, int] = {}
    total = other = False
    for cells in filled[1:] if heading else filled:
        name_at = _name_at(cells, columns)
        if fold(cells[name_at]) in TOTALS:
            total = True
            continue
        households_at = _households_at(cells, columns, name_at)
        other = other or _has_more(cells, name_at, households_at)
        households = None if households_at is None else int(cells[households_at].replace(".", ""))
        key = spelling(cells[name_at])  # Vinh Thanh may be two that differ in one mark
        rows.append(HamletRow(cells[name_at], households, seen.get(key)))
        seen.setdefault(key, len(rows))
    return PastedHamlets(tuple(rows), heading, len(lines) - len(filled), total, other)


def _is_heading(cells: Sequence[str]) -> bool:
    words = [fold(cell) for cell in cells if cell]
    return any(word in _HEADINGS or word.startswith(("ten ", "so ho")) for word in words)


def _columns_of(heading: Sequence[str]) -> _Columns:
    words = [fold(cell) for cell in heading]
    name = next((at for at, word in enumerate(words) if _NAME_HEADING.fullmatch(word)), None)
    households = next((at for at, word in enumerate(words) if _HOUSEHOLD_HEADING.fullmatch(word)), None)
    return _Columns(name, households, headed=len([word for word in words if word]) > 1)


def _name_at(cells: Sequence[str], columns: _Columns) -> int:
    """Return the column of the name: as the heading says, else the first with a word, else the first that is filled."""
    if columns.name is not None and columns.name < len(cells) and cells[columns.name]:
        return columns.name
    filled = [at for at, cell in enumerate(cells) if cell]
    return next((at for at in filled if not _is_number(cells[at])), filled[0])


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None or _ORDINAL.fullmatch(cell) is not None


def _households_at(cells: Sequence[str], columns: _Columns, name_at: int) -> int | None:
    """Return the column of the households: as the heading says, else the first number behind the name."""
    if columns.headed:
        candidates = [] if columns.households is None else [columns.households]
    else:
        candidates = list(range(name_at + 1, len(cells)))
    return next((at for at in candidates if at < len(cells) and _NUMBER.fullmatch(cells[at])), None)


def _has_more(cells: Sequence[str], name_at: int, households_at: int | None) -> bool:
    """Say whether a row holds anything besides ordinal, name and households."""
    return any(
        cell and at not in {name_at, households_at} and not (at < name_at and _ORDINAL.fullmatch(cell))
        for at, cell in enumerate(cells)
    )
