"""Keep a problem as it is, with a reason, and open it again; the reasons go into the dossier and onto its report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from ntm_desktop.errors import Refused
from ntm_desktop.facts.folding import one_line
from ntm_desktop.operations.answer import require_open
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.explanations import moment_words
from ntm_desktop.operations.findings import Finding, Kept, reviewed
from ntm_desktop.snapshot.model import KEPT_PREFIX
from ntm_desktop.workspace.kept import NewKept

LONGEST_REASON: Final = 500
"""Characters of a reason; it is printed in a table."""


@dataclass(eq=False)
class NoReason(Refused):
    """Say that a problem was to be kept without saying why."""

    code: ClassVar[str] = "no_reason"
    what: ClassVar[str] = "A problem can only be kept as it is with a reason."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Write why it stays as it is; the reason is printed in the report."


@dataclass(eq=False)
class CannotBeKept(Refused):
    """Say that a problem can only be put right."""

    code: ClassVar[str] = "cannot_be_kept"
    what: ClassVar[str] = "This problem cannot be kept with a reason."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = (
        "Put it right where it is: choose one figure, type it again, or attach the file again."
    )


def keep(desk: Desk, finding: Finding, reason: str) -> Change:
    """Let a problem of the chosen dossier stay as it is; it counts and blocks no more.

    Raises NoReason, CannotBeKept, DossierClosed, and what `Desk.record` raises.
    """
    require_open(desk)
    written = one_line(reason)[:LONGEST_REASON]
    if not written:
        raise NoReason
    if not finding.can_be_kept:
        raise CannotBeKept
    kept = Kept(
        finding.kind, finding.requirement, finding.about, written, finding.basis, desk.who, desk.now_utc()
    )
    return desk.record([_state(desk, finding, kept)], "keep")


def reopen(desk: Desk, finding: Finding) -> Change:
    """Open a kept problem again. Raises DossierClosed and what `Desk.record` raises."""
    require_open(desk)
    return desk.record([_state(desk, finding, None)], "reopen")


def _state(desk: Desk, finding: Finding, kept: Kept | None) -> NewKept:
    if desk.dossier is None:
        raise NoDossierChosen
    return NewKept(desk.dossier.id, finding.kind, finding.requirement, finding.about, kept)


def kept_remarks(desk: Desk) -> dict[str, str]:
    """Return what is kept, as remarks of the dossier: the reason, then on a line of its own who wrote it and when."""
    return {
        f"{KEPT_PREFIX}{finding.kind}/{finding.requirement}/{finding.about}": "\n".join(
            (kept.reason, f"{kept.who}, {moment_words(kept.at)[:10]}")
        )
        for finding in reviewed(desk)
        if (kept := finding.kept) is not None
    }
