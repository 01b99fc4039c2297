"""What the verify window does beside itself; plain functions for `ui.tasks`. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ntm_desktop.operations import verify
from ntm_desktop.operations.seal import Certificate, Stage
from ntm_desktop.operations.verify import VerificationReport
from ntm_desktop.ui.sealing.pacing import Progress

Report = Callable[[object], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Verified:
    """A report and the moment it is of."""

    report: VerificationReport
    at: datetime


@dataclass(frozen=True, slots=True)
class VerifyFileJob:
    """Read a file and judge it by these anchors."""

    path: Path
    anchors: Sequence[Certificate]

    def run(self, report: Report, cancelled: IsCancelled) -> Verified:
        """Do it. Raises what `verify.verify_with` raises."""
        at = datetime.now(UTC)
        found = verify.verify_with(
            self.path,
            anchors=self.anchors,
            at=at,
            progress=lambda done, total: report(Progress(Stage.READING_BACK, done, total)),
            cancelled=cancelled,
        )
        return Verified(found, at)


@dataclass(frozen=True, slots=True)
class SaveFilesJob:
    """Write the files of a dossier out."""

    path: Path
    folder: Path

    def run(self, report: Report, cancelled: IsCancelled) -> int:
        """Do it and return how many files there are. Raises what `verify.unpack` raises."""
        with verify.whole_of(self.path, cancelled) as whole:
            return verify.unpack(
                whole,
                self.folder,
                progress=lambda done, total: report(Progress(Stage.READING_BACK, done, total)),
                cancelled=cancelled,
            )
