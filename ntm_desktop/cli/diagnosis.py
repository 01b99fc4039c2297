"""A diagnosis in words: whether a workspace is sound, and the exit code that ends in."""

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
