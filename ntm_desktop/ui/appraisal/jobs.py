"""What the reviewer's window does beside itself; plain functions for `ui.tasks`. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ntm_desktop.errors import NtmError
from ntm_desktop.operations.review_desk import Incoming
from ntm_desktop.operations.review_intake import Judging, files_in
from ntm_desktop.operations.review_remarks import Difference, Opened, difference, read_dossier
from ntm_desktop.operations.verify import Certificate

Report = Callable[[object], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class IntakeJob:
    """Look at everything in some places; what was found is reported one by one and recorded by the window."""

    judging: Judging
    places: tuple[Path, ...]
    at: datetime

    def run(self, report: Report, cancelled: IsCancelled) -> int:
        """Do it and return how many files there were. Raises what `Judging.run` raises."""
        files = files_in(self.places)
        for arrival in self.judging.run(files, self.at, tell=report, cancelled=cancelled):
            report(arrival)
        return len(files)


@dataclass(frozen=True, slots=True)
class Read:
    """A dossier that was read, beside the revision it corrects."""

    opened: Opened
    changed: Difference | None = None
    """Since that revision; None: it never came in, or could not be read."""
    fault: NtmError | None = None
    """Why that revision could not be read."""


@dataclass(frozen=True, slots=True)
class OpenJob:
    """Read and verify one dossier that came in, and the revision it corrects."""

    incoming: Incoming
    path: Path
    anchors: tuple[Certificate, ...]
    at: datetime
    before: tuple[Incoming, Path] | None = None

    def run(self, _report: Report, _cancelled: IsCancelled) -> Read:
        """Do it. Raises what `read_dossier` raises."""
        opened = read_dossier(self.incoming, self.path, self.anchors, self.at)
        if self.before is None:
            return Read(opened)
        try:
            earlier = read_dossier(*self.before, self.anchors, self.at)
        except NtmError as error:
            return Read(opened, fault=error)
        return Read(opened, difference(earlier.content, opened.content))
