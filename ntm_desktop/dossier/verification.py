"""What verifying a dossier file finds: separate facts, and one outcome drawn from them.

Rules (architecture, section 8):
* INVALID: the file is not what its manifest says, a signature does not fit or was made with a certificate that was
  revoked before, or recomputing gives another verdict.
* UNKNOWN: nothing is wrong, but something cannot be concluded: unsigned, unknown signer, a certificate that has
  expired or was revoked and no timestamp that proves the signing came first, revocation lists that were asked for and
  are missing or too old, unknown publisher of the pack, a format or rule language this program does not know.
* VALID: everything was checked and fits. It speaks of signature, files and arithmetic, never of the truth of figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Evaluation, Flip, Situation
from ntm_desktop.dossier.flaws import ContainerProblem
from ntm_desktop.snapshot.content import DossierContent
from ntm_desktop.trust.judge import SignatureFacts, Trust
from ntm_desktop.trust.revocation import Revocation
from ntm_desktop.trust.timestamps import Stamp

if TYPE_CHECKING:
    from ntm_desktop.dossier.paper_facts import PaperFacts


class Verification(StrEnum):
    """The outcome for a file. The values are a contract."""

    VALID = "VALID"
    UNKNOWN = "UNKNOWN"
    INVALID = "INVALID"


class Ground(StrEnum):
    """Why the outcome is not VALID. The values are a contract: add, never rename."""

    # Not valid.
    CONTAINER_UNSOUND = "container_unsound"
    FILE_CHANGED = "file_changed"
    FILE_MISSING = "file_missing"
    FILE_EXTRA = "file_extra"
    SIGNATURE_BROKEN = "signature_broken"
    DOSSIER_UNREADABLE = "dossier_unreadable"
    PACK_MISSING = "pack_missing"
    PACK_DIFFERS = "pack_differs"
    EVIDENCE_DIFFERS = "evidence_differs"
    VERDICTS_DIFFER = "verdicts_differ"
    PAPER_BROKEN = "paper_broken"
    PAPER_CHANGED = "paper_changed"
    PAPER_PAGES = "paper_pages"
    INDEX_DIFFERS = "index_differs"
    CERTIFICATE_REVOKED = "certificate_revoked"
    # Not concluded.
    UNSIGNED = "unsigned"
    SIGNER_UNKNOWN = "signer_unknown"
    CERTIFICATE_NOT_VALID = "certificate_not_valid"
    CERTIFICATE_EXPIRED = "certificate_expired"
    REVOKED_UNPROVEN = "revoked_unproven"
    REVOCATION_MISSING = "revocation_missing"
    REVOCATION_STALE = "revocation_stale"
    TIMESTAMP_UNPROVEN = "timestamp_unproven"
    PUBLISHER_UNKNOWN = "publisher_unknown"
    PACK_UNREADABLE = "pack_unreadable"
    RULES_UNKNOWN = "rules_unknown"
    FORMAT_UNKNOWN = "format_unknown"
    PAPER_UNSIGNED = "paper_unsigned"
    PAPER_UNCLEAR = "paper_unclear"
    PAPER_UNPROVEN = "paper_unproven"
    PAPER_TOO_LARGE = "paper_too_large"


_BROKEN = frozenset(
    {
        Ground.CONTAINER_UNSOUND,
        Ground.FILE_CHANGED,
        Ground.FILE_MISSING,
        Ground.FILE_EXTRA,
        Ground.SIGNATURE_BROKEN,
        Ground.DOSSIER_UNREADABLE,
        Ground.PACK_MISSING,
        Ground.PACK_DIFFERS,
        Ground.EVIDENCE_DIFFERS,
        Ground.VERDICTS_DIFFER,
        Ground.PAPER_BROKEN,
        Ground.PAPER_CHANGED,
        Ground.PAPER_PAGES,
        Ground.INDEX_DIFFERS,
        Ground.CERTIFICATE_REVOKED,
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground and what it is about: a file name, a code, a name."""

    ground: Ground
    about: str = ""


_REVOKED: Final = {
    Revocation.REVOKED: Ground.CERTIFICATE_REVOKED,
    Revocation.REVOKED_UNPROVEN: Ground.REVOKED_UNPROVEN,
    Revocation.MISSING: Ground.REVOCATION_MISSING,
    Revocation.STALE: Ground.REVOCATION_STALE,
}
_PROVES: Final = (Stamp.NONE, Stamp.PROVEN)


def signer_reasons(facts: SignatureFacts) -> Iterator[Reason]:
    """Return what is open or wrong about the signer of a signature that fits its content; causes come first."""
    if facts.timestamp.state not in _PROVES:
        yield Reason(Ground.TIMESTAMP_UNPROVEN, facts.timestamp.authority)
    if facts.valid_when_claimed is False and facts.timestamp.proven_at is None:
        yield Reason(Ground.CERTIFICATE_NOT_VALID, facts.signer)
    elif facts.trust is Trust.EXPIRED_SINCE:
        yield Reason(Ground.CERTIFICATE_EXPIRED, facts.signer)
    elif not facts.trusted:
        yield Reason(Ground.SIGNER_UNKNOWN, facts.signer)
    if facts.revocation in _REVOKED and len(facts.path) > 1:
        yield Reason(_REVOKED[facts.revocation], facts.signer)


@dataclass(frozen=True, slots=True)
class PackFacts:
    """Which pack the verdicts were made with, and who published it."""

    id: str
    version: str
    sha256: str
    publisher: str = ""
    """Empty: nobody known."""

    @property
    def known(self) -> bool:
        """Say whether a known publisher stands behind it."""
        return bool(self.publisher)


@dataclass(frozen=True, slots=True)
class Replay:
    """The verdicts recomputed from the file alone."""

    done: bool
    """False when it could not be tried."""
    indicators: int = 0
    differences: tuple[Flip, ...] = ()
    set: CriterionSet | None = None
    """The set in the file; None when it could not be tried."""
    evaluation: Evaluation | None = None
    """What recomputing gives; None when it could not be tried."""
    situation: Situation | None = None
    """What it read; None when it could not be tried."""

    @property
    def agrees(self) -> bool:
        """Say whether every verdict came out as recorded."""
        return self.done and not self.differences


@dataclass(frozen=True, slots=True)
class FileCheck:
    """A file of the container as it was found, or missed."""

    name: str
    size: int
    """Bytes; 0 for a file that is not there."""
    ok: bool
    """It is the one the manifest speaks for."""


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """Everything that verifying a file found."""

    path: str
    identity: str
    size: int
    files_total: int
    files_ok: int
    problems: tuple[ContainerProblem, ...]
    signatures: tuple[SignatureFacts, ...]
    pack: PackFacts | None
    replay: Replay
    reasons: tuple[Reason, ...]
    content: DossierContent | None
    """What the dossier says; None when it could not be read."""
    files: tuple[FileCheck, ...] = ()
    """Everything but the manifest and the signatures, in the order of the container; then what is missing."""
    self_declared: tuple[str, ...] = ()
    """What rests on the commune's word alone: `profile:ATTRIBUTE` and `threshold:REQUIREMENT`."""

    papers: tuple[PaperFacts, ...] = ()
    """The PDFs that are papers, with their own signatures."""
    bound_by: str = ""
    """The signed index of files that speaks for all of them; empty where there is none or it does not fit."""

    @property
    def is_paper(self) -> bool:
        """Say whether the file is one paper, no dossier."""
        return len(self.files) == len(self.papers) == 1

    @property
    def verification(self) -> Verification:
        """The outcome that follows from the reasons."""
        grounds = {reason.ground for reason in self.reasons}
        if grounds & _BROKEN:
            return Verification.INVALID
        return Verification.UNKNOWN if grounds else Verification.VALID
