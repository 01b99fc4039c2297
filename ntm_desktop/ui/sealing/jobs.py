"""What the page does beside the window; plain functions for `ui.tasks`. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ntm_desktop.operations import papers, parts, seal, tokens, verify
from ntm_desktop.operations.estimate import Estimate, estimate
from ntm_desktop.operations.outside import GivingOut, SignedElsewhere, TakingBack
from ntm_desktop.operations.papers import WrittenPaper
from ntm_desktop.operations.seal import Built, KeyFile, PaperSigner, Prepared, SigningKey, Stage, Workspace
from ntm_desktop.operations.tokens import TokenDesk, TokenName
from ntm_desktop.operations.verify import VerificationReport
from ntm_desktop.ui.sealing.pacing import Progress, Splitting

Report = Callable[[object], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Teller:
    """Hands the progress of an operation on, stage by stage."""

    report: Report

    def papers(self, done: int, total: int) -> None:
        self.report(Progress(Stage.PAPERS, done, total))

    def splitting(self, done: int, total: int) -> None:
        self.report(Splitting(Stage.PACKING, done, total))

    def reading(self, done: int, total: int) -> None:
        self.report(Progress(Stage.READING_BACK, done, total))

    def stage(self, stage: Stage, done: int, total: int) -> None:
        self.report(Progress(stage, done, total))


@dataclass(frozen=True, slots=True)
class Previewed:
    """The papers to look at, and how large the file will be."""

    papers: tuple[WrittenPaper, ...]
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class PreviewJob:
    """Write the papers to look at into a folder."""

    workspace: Workspace
    prepared: Prepared
    folder: Path

    def run(self, report: Report, cancelled: IsCancelled) -> Previewed:
        """Do it. Raises what `papers.preview` raises."""
        tell = _Teller(report)
        written = papers.preview(
            self.workspace, self.prepared, self.folder, progress=tell.papers, cancelled=cancelled
        )
        return Previewed(written, estimate(self.workspace, self.prepared, written))


@dataclass(frozen=True, slots=True)
class SealJob:
    """Make the file, sign it, read it back."""

    workspace: Workspace
    prepared: Prepared
    target: Path
    key: SigningKey | Sequence[PaperSigner] | SignedElsewhere | None

    def run(self, report: Report, cancelled: IsCancelled) -> Built:
        """Do it. Raises what `seal.build` raises."""
        tell = _Teller(report)
        return seal.build(
            self.workspace, self.prepared, self.target, self.key, progress=tell.stage, cancelled=cancelled
        )


@dataclass(frozen=True, slots=True)
class SplitJob:
    """Cut a sealed file into parts."""

    path: Path
    folder: Path
    part_size: int

    def run(self, report: Report, cancelled: IsCancelled) -> tuple[Path, ...]:
        """Do it. Raises what `parts.split_dossier` raises."""
        watch = parts.Watch(_Teller(report).splitting, cancelled)
        return parts.split_dossier(self.path, self.folder, self.part_size, watch)


@dataclass(frozen=True, slots=True)
class GiveOutJob:
    """Write the papers that another program is to sign."""

    planned: GivingOut

    def run(self, _report: Report, _cancelled: IsCancelled) -> tuple[Path, ...]:
        """Do it. Raises what `GivingOut.run` raises."""
        return self.planned.run()


@dataclass(frozen=True, slots=True)
class TakeBackJob:
    """Judge papers that were signed elsewhere."""

    planned: TakingBack
    files: Sequence[Path]

    def run(self, _report: Report, _cancelled: IsCancelled) -> int:
        """Do it and return how many were taken. Raises what `TakingBack.run` raises."""
        return self.planned.run(self.files)


@dataclass(slots=True)
class UnlockJob:
    """Open a key file: deriving the key from the password takes its time. The password is let go at once."""

    path: Path
    password: str = field(repr=False)

    def run(self, _report: Report, _cancelled: IsCancelled) -> KeyFile:
        """Do it, once. Raises what `seal.unlock` raises."""
        password, self.password = self.password, ""
        return seal.unlock(self.path, password)


@dataclass(frozen=True, slots=True)
class FoundToken:
    """A token that waits for its PIN, with its driver running."""

    desk: TokenDesk
    name: TokenName


@dataclass(frozen=True, slots=True)
class FindTokenJob:
    """Load a driver and look for the token."""

    module: Path

    def run(self, _report: Report, _cancelled: IsCancelled) -> FoundToken:
        """Do it. Raises what `tokens.only_token` raises, and what loading a driver raises."""
        desk = TokenDesk(self.module)
        return FoundToken(desk, tokens.only_token(desk))


@dataclass(slots=True)
class TokenJob:
    """Unlock a token. The PIN is let go at once."""

    found: FoundToken
    pin: str = field(repr=False)

    def run(self, _report: Report, _cancelled: IsCancelled) -> SigningKey:
        """Do it, once. Raises what `TokenDesk.open` raises."""
        pin, self.pin = self.pin, ""
        return self.found.desk.open(self.found.name.label, pin)


@dataclass(frozen=True, slots=True)
class VerifyJob:
    """Read a file again and verify it."""

    path: Path
    at: datetime

    def run(self, report: Report, cancelled: IsCancelled) -> VerificationReport:
        """Do it. Raises what `verify.verify_with` raises."""
        tell = _Teller(report).reading
        return verify.verify_with(self.path, anchors=(), at=self.at, progress=tell, cancelled=cancelled)
