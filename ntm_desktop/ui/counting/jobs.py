"""What the counts do beside the window; plain functions for `ui.tasks`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.errors import Cancelled, NtmError
from ntm_desktop.operations.review_counts import (
    CountTable,
    count,
    set_counted,
    write_counts,
    write_counts_parquet,
)
from ntm_desktop.operations.review_desk import ReviewDesk
from ntm_desktop.operations.review_map import keep_boundaries, match, read_boundaries
from ntm_desktop.ui.counting.map_face import Painted
from ntm_desktop.ui.counting.map_view import paths_of

Report = Callable[[object], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of one set at one level."""

    set: CriterionSet | None
    """None: nobody here has the set, so there are codes without names, groups and tags."""
    tables: Mapping[int, CountTable]
    """By year, the first year first."""


@dataclass(frozen=True, slots=True)
class CountJob:
    """Count every year of a set; the year that is looked at is reported first, alone."""

    desk: ReviewDesk
    set_id: str
    year: int
    """The one that is looked at."""
    level: str

    def run(self, report: Report, cancelled: IsCancelled) -> Counted:
        """Do it. Raises Cancelled, and what `count` raises."""
        with self.desk.beside() as desk:
            found = _set(desk, self.set_id, self.year)
            tables = {self.year: count(desk, self.set_id, self.year, self.level)}
            report(Counted(found, dict(tables)))
            for set_id, year, _title in desk.sets():
                if cancelled():
                    raise Cancelled
                if set_id == self.set_id and year not in tables:
                    tables[year] = count(desk, set_id, year, self.level)
        return Counted(found, dict(sorted(tables.items())))


def _set(desk: ReviewDesk, set_id: str, year: int) -> CriterionSet | None:
    try:
        return set_counted(desk, set_id, year)
    except NtmError:  # the counts stand without it
        return None


@dataclass(frozen=True, slots=True)
class MapJob:
    """Read a boundary file, find the communes in it, make them ready to be drawn, and keep the file."""

    desk: ReviewDesk
    path: Path
    names: Mapping[str, str]
    """Names of the communes by code."""
    keep: bool
    """It was chosen now, and is kept for the next time."""

    def run(self, _report: Report, _cancelled: IsCancelled) -> Painted:
        """Do it. Raises what `read_boundaries` and `keep_boundaries` raise."""
        found = match(read_boundaries(self.path), self.names)
        if self.keep:
            keep_boundaries(self.desk, self.path)
        return found, paths_of(found.boundaries)


@dataclass(frozen=True, slots=True)
class WriteJob:
    """Write the counts that are shown, as Parquet by the name's ending, else as an Excel workbook."""

    tables: Mapping[int, CountTable]
    set_id: str
    title: str
    target: Path

    def run(self, _report: Report, _cancelled: IsCancelled) -> Path:
        """Do it. Raises DiskFull, FileUnwritable."""
        if self.target.suffix.lower() == ".parquet":
            write_counts_parquet(self.tables, self.set_id, self.target)
        else:
            write_counts(self.tables, self.target, self.title)
        return self.target
