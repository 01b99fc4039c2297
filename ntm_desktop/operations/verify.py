"""Verify a dossier file without any workspace: who signed it, is it whole, and do the verdicts come out again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ntm_desktop.disk import open_file
from ntm_desktop.dossier.pace import Progress
from ntm_desktop.dossier.paper_facts import PaperFacts, PaperState
from ntm_desktop.dossier.papers import verify_paper
from ntm_desktop.dossier.tail import require_finished
from ntm_desktop.dossier.unpack import unpack
from ntm_desktop.dossier.verification import FileCheck, Ground, Reason, Verification, VerificationReport
from ntm_desktop.dossier.verify import Known
from ntm_desktop.dossier.verify import verify as verify_file
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.parts import whole_of
from ntm_desktop.operations.publishers import Believed, believed, clock
from ntm_desktop.operations.trust import belief
from ntm_desktop.trust.anchors import Anchors, Belief, load_anchors, load_list
from ntm_desktop.trust.certificates import Certificate
from ntm_desktop.trust.judge import SignatureFacts, Trust
from ntm_desktop.trust.pdf_child import After
from ntm_desktop.trust.pdf_judge import PdfSignature, is_pdf
from ntm_desktop.trust.revocation import Revocation
from ntm_desktop.trust.timestamps import Stamp

_HEAD = 1024

__all__ = [
    "After",
    "Certificate",
    "FileCheck",
    "Ground",
    "PaperFacts",
    "PaperState",
    "PdfSignature",
    "Reason",
    "Revocation",
    "SignatureFacts",
    "Stamp",
    "Trust",
    "Verification",
    "VerificationReport",
    "load_anchors",
    "paper_line",
    "paper_state_word",
    "unpack",
    "verify",
    "verify_with",
    "whole_of",
]


def verify(
    path: Path,
    anchors: Sequence[Path] = (),
    packs: Path | str | None = None,
    *,
    confirmed: str = "",
    lists: Sequence[Path] = (),
) -> VerificationReport:
    """Verify a file, trusting the signers these certificate files lead to, and packs of publishers known here.

    With `lists`, files of revocation lists, it is asked for them: what they do not know is not concluded.

    Known are the packs shipped with the program, the publishers this user believes, and those of `packs`: a repository
    of a publisher that is known or whose fingerprint was `confirmed`; it may bring newer lists than the file has.

    Raises NotAContainer, ChangeUnfinished, NoCertificate, NoRevocationList, FileUnreadable, and what
    `publishers.believed` raises.
    """
    known = believed(packs, confirmed=confirmed)
    report = verify_with(path, anchors=belief_from(anchors, lists), at=clock().time, known=known)
    unknown = any(reason.ground is Ground.PUBLISHER_UNKNOWN for reason in report.reasons)
    if not unknown or known.stranger is None:
        return report
    stranger = f"{known.stranger.name} {known.stranger.fingerprint}"
    return replace(report, reasons=(*report.reasons, Reason(Ground.PUBLISHER_UNKNOWN, stranger)))


def verify_with(
    path: Path,
    *,
    anchors: Anchors,
    at: datetime,
    known: Believed | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> VerificationReport:
    """Verify a dossier file or one PDF at a moment (aware); of parts or their list what they join to.

    Believed are these anchors beside what is held here, or a whole belief alone.

    Raises NotAContainer, ChangeUnfinished, FileUnreadable, Cancelled, and of parts what `parts.whole_of` raises.
    """
    require_finished(path)
    anchors = anchors if isinstance(anchors, Belief) else belief(anchors)
    with whole_of(path, cancelled) as whole:
        if _is_paper(whole):
            return verify_paper(whole, anchors=anchors, at=at)
        whom = known or believed()
        report = verify_file(
            whole,
            anchors=anchors,
            known_packs=Known(whom.packs, whom.prove),
            at=at,
            progress=progress,
            cancelled=cancelled,
        )
    return replace(report, path=str(path))


def belief_from(anchors: Sequence[Path], lists: Sequence[Path] = ()) -> Belief:
    """Return who is believed here and by files that were named.

    Raises NoCertificate, NoRevocationList, FileUnreadable.
    """
    return belief(load_anchors(anchors), [load_list(one) for one in lists])


def _is_paper(path: Path) -> bool:
    try:
        with open_file(path) as file:
            return is_pdf(file.read(_HEAD))
    except OSError:
        return False  # whoever reads it next says so


def paper_line(paper: PaperFacts) -> str:
    """Return a paper with who signed it, in order."""
    signers = ", ".join(one.facts.signer for one in paper.signatures)
    words = paper_state_word(paper.state)
    confirmed = None if paper.given is None else paper.given.confirmed
    if confirmed is not None and not paper.proven:
        return _("{paper}: {state} ({signers}); {who} confirmed that it is the same paper: {reason}").format(
            paper=paper.name, state=words, signers=signers, who=confirmed.who, reason=confirmed.reason
        )
    if not signers:
        return _("{paper}: {state}").format(paper=paper.name, state=words)
    return _("{paper}: {state} ({signers})").format(paper=paper.name, state=words, signers=signers)


def paper_state_word(state: PaperState) -> str:
    """Return who signed a paper, in a word."""
    return {
        PaperState.UNSIGNED: _("not signed"),
        PaperState.PERSON: _("signed by a person"),
        PaperState.BODY: _("signed by the body"),
    }[state]
