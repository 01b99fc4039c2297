"""Communes by criteria for a set and year: who meets what, and how many of all that is.

Every commune of the province is counted, also those that sent nothing: "105/110" is out of all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.folding import fold
from ntm_desktop.facts.text import show_percent
from ntm_desktop.operations.review_desk import Case, ReviewDesk


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
    for commune, code, verdict in desk.folder.results(set_id, year, level):
        verdicts[commune][code] = Verdict(verdict)
    codes = tuple(sorted({code for found in verdicts.values() for code in found}, key=_by_number))
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
    met = {code: sum(1 for row in rows if row.verdicts.get(code) is Verdict.MET) for code in codes}
    return CountTable(codes, rows, {code: Count(number, len(rows)) for code, number in met.items()})


def _by_number(code: str) -> tuple[tuple[int, int, str], ...]:
    """Sort 2 before 10, and numbers before letters."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in code.split("."))
