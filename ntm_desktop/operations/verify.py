"""Verify a dossier file without any workspace: who signed it, is it whole, and do the verdicts come out again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ntm_desktop.dossier.pace import Progress
from ntm_desktop.dossier.unpack import unpack
from ntm_desktop.dossier.verification import FileCheck, Ground, Reason, Verification, VerificationReport
from ntm_desktop.dossier.verify import Known
from ntm_desktop.dossier.verify import verify as verify_file
from ntm_desktop.operations.publishers import Believed, believed
from ntm_desktop.trust.anchors import load_anchors
from ntm_desktop.trust.certificates import Certificate
from ntm_desktop.trust.judge import SignatureFacts

__all__ = [
    "Certificate",
    "FileCheck",
    "Ground",
    "Reason",
    "SignatureFacts",
    "Verification",
    "VerificationReport",
    "load_anchors",
    "unpack",
    "verify",
    "verify_with",
]


def verify(
    path: Path, anchors: Sequence[Path] = (), packs: Path | str | None = None, *, confirmed: str = ""
) -> VerificationReport:
    """Verify a file, trusting the signers these certificate files lead to, and packs of publishers known here.

    Known are the packs shipped with the program, the publishers this user believes, and those of `packs`: a repository
    of a publisher that is known or whose fingerprint was `confirmed`; it may bring newer lists than the file has.

    Raises NotAContainer, NoCertificate, FileUnreadable, and what `publishers.believed` raises.
    """
    known = believed(packs, confirmed=confirmed)
    report = verify_with(path, anchors=load_anchors(anchors), at=datetime.now(UTC), known=known)
    unknown = any(reason.ground is Ground.PUBLISHER_UNKNOWN for reason in report.reasons)
    if not unknown or known.stranger is None:
        return report
    stranger = f"{known.stranger.name} {known.stranger.fingerprint}"
    return replace(report, reasons=(*report.reasons, Reason(Ground.PUBLISHER_UNKNOWN, stranger)))


def verify_with(
    path: Path,
    *,
    anchors: Sequence[Certificate],
    at: datetime,
    known: Believed | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> VerificationReport:
    """Verify a file by these anchors, at a moment (aware). Raises NotAContainer, FileUnreadable, Cancelled."""
    whom = known or believed()
    return verify_file(
        path,
        anchors=anchors,
        known_packs=Known(whom.packs, whom.prove),
        at=at,
        progress=progress,
        cancelled=cancelled,
    )
