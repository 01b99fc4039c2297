"""What the page does beside the window; plain functions for `ui.tasks`. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from ntm_desktop.operations import foreign
from ntm_desktop.operations.foreign import Looked, Mapping, Tallied
from ntm_desktop.operations.intake import Ground, Preview

Report = Callable[[object], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class ReceiveJob:
    """Read a file: a preview of figures, or what was found in a table nobody has explained yet."""

    base: Ground
    path: Path

    def run(self, report: Report, cancelled: IsCancelled) -> Preview | Looked:
        """Do it. Raises what `foreign.receive` raises."""
        return foreign.receive(self.base, self.path, progress=report, stopped=cancelled)


@dataclass(frozen=True, slots=True)
class LookJob:
    """Look through another sheet, or below another row."""

    path: Path
    sheet: str
    row: int

    def run(self, report: Report, cancelled: IsCancelled) -> Looked:
        """Do it. Raises what `foreign.look` raises."""
        return foreign.look(self.path, sheet=self.sheet, row=self.row, progress=report, stopped=cancelled)


@dataclass(frozen=True, slots=True)
class TallyJob:
    """Count a table."""

    base: Ground
    path: Path
    mapping: Mapping
    year: int

    def run(self, report: Report, cancelled: IsCancelled) -> Tallied:
        """Do it. Raises what `foreign.tally` raises."""
        return foreign.tally(
            self.base, self.path, self.mapping, self.year, progress=report, stopped=cancelled
        )


@dataclass(frozen=True, slots=True)
class CopyJob:
    """Write the copy for evidence into a folder that goes with the window."""

    path: Path
    mapping: Mapping
    folder: Path

    def run(self, _report: Report, cancelled: IsCancelled) -> Path:
        """Do it. Raises what `foreign.needed_copy` raises."""
        own = Path(mkdtemp(dir=self.folder))
        return foreign.needed_copy(self.path, self.mapping, own, stopped=cancelled)
