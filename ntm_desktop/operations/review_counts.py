"""Communes by criteria for a set and year: who meets what, and how many of all that is.

Every commune of the province is counted, also those that sent nothing: "105/110" is out of all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

from ntm_desktop.criteria.load import load
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.errors import Refused
from ntm_desktop.facts.folding import fold
from ntm_desktop.facts.text import show_percent
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.review_desk import Case, ReviewDesk
from ntm_desktop.operations.review_remarks import open_dossier
from ntm_desktop.operations.wording import verdict_word
from ntm_desktop.packs.shipped import content_of, shipped_pack
from ntm_desktop.sheets.layout import Look, PlannedCell, PlannedSheet, PlannedWorkbook

_VERDICTS = {verdict.value: verdict for verdict in Verdict}


_ENOUGH = (Verdict.MET, Verdict.NOT_APPLICABLE)


@dataclass(eq=False)
class NothingCounted(Refused):
    """Say that no criterion or indicator is as asked for."""

    wanted: str

    code: ClassVar[str] = "nothing_counted"
    what: ClassVar[str] = "Nothing that is counted here goes by {wanted}."
    safe: ClassVar[str] = "Nothing was written."
    next_step: ClassVar[str] = "Name the tag, the group or the set as the criterion set has it."


@dataclass(frozen=True, slots=True)
class Gap:
    """What a commune still misses."""

    case: Case
    missing: tuple[str, ...]
    """Codes that apply and are not met."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many communes meet a criterion."""

    met: int
    total: int

    def words(self) -> str:
        """Return it as reports print it: `105/110`."""
        return f"{self.met}/{self.total}"

    def percent(self) -> str:
        """Return the share with two decimals, cut off: `95,45 %`; empty when there is nothing to share."""
        return show_percent(Fraction(self.met * 10000 // self.total, 10000)) if self.total else ""


@dataclass(frozen=True, slots=True)
class CountRow:
    """One commune."""

    case: Case
    verdicts: Mapping[str, Verdict]
    """By code; empty when nothing came in."""
    remarked: frozenset[str]
    """Codes below which a remark is not settled."""


@dataclass(frozen=True, slots=True)
class CountTable:
    """Communes by codes of one level."""

    codes: tuple[str, ...]
    rows: tuple[CountRow, ...]
    counts: Mapping[str, Count]


def count(desk: ReviewDesk, set_id: str, year: int, level: str = "criterion") -> CountTable:
    """Count the latest revision of every commune at a level: `criterion` or `indicator`; those that sent come first."""
    cases = sorted(
        desk.cases(set_id, year), key=lambda case: (case.latest is None, fold(case.name), case.code)
    )
    results = desk.folder.results(set_id, year, level)
    met = {code: list(by.values()).count(Verdict.MET.value) for code, by in results.items()}
    codes = tuple(sorted(results, key=_by_number))
    verdicts: dict[str, dict[str, Verdict]] = defaultdict(dict)
    for code in codes:
        for commune, said in results[code].items():
            verdicts[commune][code] = _VERDICTS[said]
    notes = desk.folder.notes.counts()
    remarked: dict[str, set[str]] = defaultdict(set)
    for dossier, requirement in notes:
        parts = requirement.split(".")
        remarked[dossier] |= {".".join(parts[: end + 1]) for end in range(len(parts))}
    rows = tuple(
        CountRow(
            case,
            verdicts.get(case.code, {}),
            frozenset(remarked[case.latest.dossier] if case.latest is not None else ()),
        )
        for case in cases
    )
    return CountTable(codes, rows, {code: Count(met[code], len(rows)) for code in codes})


def only(table: CountTable, criterion_set: CriterionSet, *, tag: str = "", group: str = "") -> CountTable:
    """Return the table with the codes of a tag (its key) or of a group of criteria alone. Raises NothingCounted."""
    chosen = {
        code
        for criterion in criterion_set.criteria
        if not group or fold(str(criterion.group)) == fold(group)
        for indicator in criterion.indicators
        if not tag or tag in indicator.tags
        for code in (criterion.code, indicator.code)
    }
    codes = tuple(code for code in table.codes if code in chosen)
    if not codes:
        raise NothingCounted(tag or group)
    return CountTable(codes, table.rows, {code: table.counts[code] for code in codes})


def gaps(table: CountTable) -> tuple[Gap, ...]:
    """Return the communes that sent by what they miss, the one that misses least first."""
    found = [
        Gap(row.case, tuple(code for code in table.codes if row.verdicts.get(code) not in _ENOUGH))
        for row in table.rows
        if row.case.latest is not None
    ]
    return tuple(sorted(found, key=lambda one: len(one.missing)))


def set_counted(desk: ReviewDesk, set_id: str, year: int) -> CriterionSet:
    """Return the set that is counted: as it came with the program, else out of a dossier that came in.

    Raises NothingCounted, and what `open_dossier` raises.
    """
    shipped = shipped_pack(set_id)
    if shipped is not None:
        return load(content_of(shipped))
    for one in desk.folder.incoming(set_id, year)[:1]:
        found = open_dossier(desk, one.identity).set
        if found is not None:
            return found
    raise NothingCounted(set_id)


def write_counts(tables: Mapping[int, CountTable], target: Path, title: str) -> None:
    """Write a sheet for each year: communes by codes, counts and shares below. Raises DiskFull, FileUnwritable."""
    from ntm_desktop.sheets.write import write_workbook

    sheets = tuple(_sheet(table, str(year), f"{title}, {year}") for year, table in tables.items())
    write_workbook(PlannedWorkbook(title, sheets), target)


def write_counts_parquet(tables: Mapping[int, CountTable], set_id: str, target: Path) -> None:
    """Write a row for each commune, code and year, as docs/counts-table.md says. Raises DiskFull, FileUnwritable."""
    from ntm_desktop.sheets.parquet import ColumnType, write_parquet

    columns = (
        *(("set_id", ColumnType.TEXT), ("year", ColumnType.NUMBER)),
        *(("commune", ColumnType.TEXT), ("commune_name", ColumnType.TEXT), ("code", ColumnType.TEXT)),
        *(("verdict", ColumnType.TEXT), ("met", ColumnType.YES_NO)),
        *(("revision", ColumnType.NUMBER), ("identity", ColumnType.TEXT)),
    )
    rows = (
        (set_id, year, row.case.code, row.case.name, code, *_said(row, code))
        for year, table in tables.items()
        for row in table.rows
        for code in table.codes
    )
    write_parquet(columns, rows, target)


def _said(row: CountRow, code: str) -> tuple[str | None, bool, int | None, str | None]:
    verdict, latest = row.verdicts.get(code), row.case.latest
    came = (None, None) if latest is None else (latest.revision, latest.identity)
    return None if verdict is None else verdict.value, verdict is Verdict.MET, *came


def _sheet(table: CountTable, name: str, title: str) -> PlannedSheet:
    head = (_("Code"), _("Commune"), _("Dossier"), *table.codes)
    rows: list[tuple[PlannedCell | None, ...]] = [
        (PlannedCell(title, Look.TITLE, span=3),),
        tuple(PlannedCell(words, Look.HEADING) for words in head),
    ]
    for row in table.rows:
        latest = row.case.latest
        came = _("not sent") if latest is None else _("round {revision}").format(revision=latest.revision)
        verdicts = (row.verdicts.get(code) for code in table.codes)
        words = ("" if one is None else verdict_word(one) for one in verdicts)
        rows.append(tuple(PlannedCell(text) for text in (row.case.code, row.case.name, came, *words)))
    counts = [table.counts[code] for code in table.codes]
    below = (
        (_("Communes that meet it"), [PlannedCell(one.met, Look.TOTAL) for one in counts]),
        (_("Of all communes"), [PlannedCell(one.words(), Look.TOTAL) for one in counts]),
        (_("Share"), [PlannedCell(one.percent(), Look.TOTAL) for one in counts]),
    )
    for total, cells in below:
        rows.append((PlannedCell(total, Look.TOTAL, span=3), *cells))
    widths = (8.0, 26.0, 12.0, *(14.0 for _code in table.codes))
    return PlannedSheet(name, tuple(rows), widths, frozen_rows=2, frozen_columns=3)


def _by_number(code: str) -> tuple[tuple[int, int, str], ...]:
    """Sort 2 before 10, and numbers before letters."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in code.split("."))
