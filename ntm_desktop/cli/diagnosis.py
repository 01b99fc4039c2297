"""A diagnosis in words: what is wrong with a workspace, one sentence a finding, and the exit code it ends in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_desktop.errors import Damaged, Refused, Unavailable
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.doctor import Diagnosis

_NOT_READ = frozenset({"file_unreadable", "file_unwritable"})


def outcome(diagnosis: Diagnosis) -> tuple[str, int]:
    """Return the outcome of a diagnosis as a sentence, and the exit code."""
    if diagnosis.healthy:
        return _("The workspace is sound."), 0
    findings = {str(code): about for code, about in diagnosis.findings}
    if "newer" in findings:
        return _("The workspace was written by a newer version of the program."), Refused.exit_code
    if findings.get("unreadable") in _NOT_READ:
        return _("The file of the workspace cannot be read now."), Unavailable.exit_code
    return _("The workspace is damaged."), Damaged.exit_code


def finding_sentence(code: str, about: str) -> str:
    """Return a finding in words, with what it is about."""
    sentence = {
        "unreadable": _("The file of the workspace cannot be read: {about}"),
        "not_intact": _("The file of the workspace is not intact: {about}"),
        "newer": _("Number of its format: {about}"),
        "older": _("It will be brought up to date when it is opened; number of its format: {about}"),
        "journal_differs": _("Entries are not what was last recorded: {about}"),
        "pack_changed": _("A criterion pack was changed: {about}"),
        "evidence_missing": _("A file of evidence is missing: {about}"),
        "evidence_changed": _("A file of evidence was changed: {about}"),
        "evidence_unreadable": _("A file of evidence cannot be read: {about}"),
        "evidence_extra": _("A file in the store is shown for nothing: {about}"),
        "leftover": _("A copy was not finished; it is cleared away at the next start: {about}"),
        "little_room": _("Little room is left on the disk (bytes): {about}"),
        "on_network": _("The workspace lies on a network share and cannot be written there: {about}"),
        "synced": _("Another program copies the folder of the workspace and may put old files back: {about}"),
        "clock_behind": _("The clock of this computer is behind the last entry, made {about}"),
    }.get(code, "{about}")
    return sentence.format(about=about)
