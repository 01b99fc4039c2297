"""What a problem of a dossier is: its kind, its place, what it rests on, and why it is kept where it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from ntm_desktop.criteria.contradictions import Contradiction
from ntm_desktop.facts.fact import FactKey, Problem
from ntm_desktop.i18n import Text
from ntm_desktop.workspace.kept import Kept

__all__ = ["Finding", "FindingKind", "Kept", "basis_of", "figure_name"]


class FindingKind(StrEnum):
    """What is wrong."""

    UNREADABLE_FIGURE = "unreadable_figure"
    CONFLICT = "conflict"
    CHECK = "check"
    UNUSUAL_CHANGE = "unusual_change"
    EVIDENCE_GONE = "evidence_gone"
    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_OUTSIDE = "evidence_outside"
    EVIDENCE_SHARED = "evidence_shared"
    EVIDENCE_REPLACED = "evidence_replaced"
    ESTIMATE = "estimate"
    LINE_EXPIRED = "line_expired"
    SURVEY_SHORT = "survey_short"
    CONFIRMATION_DIFFERS = "confirmation_differs"

    @property
    def is_about_evidence(self) -> bool:
        """Say whether its place is the evidence of the indicator, not a figure."""
        return self.value.startswith("evidence")


_PUT_RIGHT_ONLY = frozenset({FindingKind.UNREADABLE_FIGURE, FindingKind.CONFLICT, FindingKind.EVIDENCE_GONE})
"""Two sources are settled with a reason of their own; a text that is no figure and a file that is gone stay what they
are whatever is written beside them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem and where it lives."""

    kind: FindingKind
    blocking: bool
    requirement: str
    key: FactKey | None = None
    problem: Problem | None = None
    text: Text | None = None
    """Words of the pack (message of a check, label of evidence), or the name of a file."""
    contradiction: Contradiction | None = None
    """The threshold the commune confirmed and the one of the pack."""
    about: str = ""
    """Tells it from others of its kind at the same requirement."""
    basis: str = ""
    """Print of what it rests on; a reason given for it counts only as long as that is the same."""
    facts: tuple[tuple[str, str], ...] = ()
    """Places of its sentence, by name."""
    kept: Kept | None = None
    """Why it stays as it is; None while it is open."""
    reason_before: str = ""
    """A reason that was given before the figures or files changed."""

    @property
    def can_be_kept(self) -> bool:
        """Say whether it may stay as it is with a reason: all but what no reason makes good."""
        return self.kind not in _PUT_RIGHT_ONLY


def figure_name(key: FactKey) -> str:
    """Return what tells a figure from all others, as one text."""
    return "|".join((key.element, key.subject, key.period, "plan" if key.plan else ""))


def basis_of(*parts: object) -> str:
    """Return a short print of what a problem rests on."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
