"""Problems of a workbook, each with its cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from ntm_desktop.packs.problems import SourceProblem
from ntm_desktop.packs.shape import SHORT
from ntm_desktop.sheets.cells import column_letters

MOST_ALIKE: Final = 100
"""So many problems of one kind are listed for a sheet; one more says that there are others."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a workbook."""

    sheet: str = ""
    row: int = 0
    column: int = 0
    heading: str = ""

    @property
    def address(self) -> str:
        """The place as Excel writes it."""
        if not self.sheet or not self.row:
            return self.sheet
        return (
            f"{self.sheet}!{column_letters(self.column)}{self.row}"
            if self.column
            else f"{self.sheet}!{self.row}"
        )


@dataclass(slots=True)
class Ledger:
    """Collects the problems of one workbook."""

    file: str
    problems: list[SourceProblem] = field(default_factory=list)
    _alike: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, spot: Spot, code: str, found: str = "", advice: str = "") -> None:
        """Add a problem."""
        self._alike[spot.sheet, code] += 1
        count = self._alike[spot.sheet, code]
        if count > MOST_ALIKE + 1:
            return
        if count > MOST_ALIKE:
            spot, code, found, advice = Spot(spot.sheet), "and_more", code, ""
        problem = SourceProblem(
            self.file,
            spot.address,
            code,
            found[:SHORT],
            advice,
            sheet=spot.sheet,
            row=spot.row,
            column=spot.heading,
        )
        if problem not in self.problems:
            self.problems.append(problem)
