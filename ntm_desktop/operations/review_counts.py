"""Communes by criteria for a set and year: who meets what, and how many of all that is.

Every commune of the province is counted, also those that sent nothing: "105/110" is out of all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.folding import fold
from ntm_desktop.facts.text import show_percent
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.review_desk import Case, ReviewDesk
from ntm_desktop.operations.wording import verdict_word
from ntm_desktop.sheets.layout import Look, PlannedCell, PlannedSheet, PlannedWorkbook

_VERDICTS = {verdict.value: verdict for verdict in Verdict}


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
    verdicts: dict[str, dict[str, Verdict]] = defaultdict(dict)
    met: Counter[str] = Counter()
    for commune, code, said in desk.folder.results(set_id, year, level):
        verdict = _VERDICTS[said]
        verdicts[commune][code] = verdict
        met[code] += verdict is Verdict.MET
    codes = tuple(sorted(met, key=_by_number))
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


def write_counts(table: CountTable, target: Path, title: str) -> None:
    """Write the table as a workbook: communes by codes, counts and shares below. Raises DiskFull, FileUnwritable."""
    from ntm_desktop.sheets.write import write_workbook

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
    for name, cells in below:
        rows.append((PlannedCell(name, Look.TOTAL, span=3), *cells))
    widths = (8.0, 26.0, 12.0, *(14.0 for _code in table.codes))
    sheet = PlannedSheet(_("Counts"), tuple(rows), widths, frozen_rows=2, frozen_columns=3)
    write_workbook(PlannedWorkbook(title, (sheet,)), target)


def _by_number(code: str) -> tuple[tuple[int, int, str], ...]:
    """Sort 2 before 10, and numbers before letters."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in code.split("."))
