"""What is printed of a verification. Knows no Qt."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop import __version__
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import wording
from ntm_desktop.operations.result_sheets import ResultSheet, SheetTable
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.operations.wording import verdict_word
from ntm_desktop.ui.sealing.finding_words import number
from ntm_desktop.ui.sealing.outcome import grouped
from ntm_desktop.ui.verify.jobs import Verified
from ntm_desktop.ui.verify.report_words import (
    bound_words,
    differences,
    head_of,
    self_declared_line,
    signers_of,
    tallies,
    unchecked_line,
)


def sheet_of(verified: Verified) -> ResultSheet:
    """Return the sheet with everything the window says."""
    report = verified.report
    head = head_of(report, verified.at)
    lines = [
        head.under,
        _("File: {name}, {size}").format(name=Path(report.path).name, size=size_words(report.size)),
        _("Check code: {code}").format(code=grouped(report.identity) or "-"),
        _("Files as signed: {same} of {total}").format(
            same=number(report.files_ok), total=number(report.files_total)
        ),
    ]
    return ResultSheet(
        title=_("VERIFICATION OF A DOSSIER FILE"),
        headline=head.sentence,
        lines=lines,
        tables=tuple(
            table for table in (_signers(verified), _reasons(verified), _results(verified)) if table.rows
        ),
        closing=[one for one in (unchecked_line(report), self_declared_line(report), bound_words()) if one],
        taken_at=f"{verified.at:%Y-%m-%dT%H:%M:%SZ}",
        program=__version__,
    )


def _signers(verified: Verified) -> SheetTable:
    rows = [
        (one.who, one.second, "; ".join(mark.words for mark in one.marks))
        for one in signers_of(verified.report)
    ]
    return SheetTable(
        _("Signers"), (_("Who"), _("When and by whom vouched for"), _("Checked")), rows, (50, 60, 55)
    )


def _reasons(verified: Verified) -> SheetTable:
    reasons = verified.report.reasons
    rows = [
        (str(place), wording.ground_sentence(one.ground.value, one.about))
        for place, one in enumerate(reasons, start=1)
    ]
    return SheetTable(_("What was found"), (_("No."), _("Finding")), rows, (15, 150))


def _results(verified: Verified) -> SheetTable:
    rows = [
        (verdict_word(one.verdict), number(one.recorded), number(one.computed), number(one.differing))
        for one in tallies(verified.report)
    ]
    rows += [
        (
            f"{one.code} {one.name}",
            verdict_word(one.before) if one.before is not None else "",
            verdict_word(one.after) if one.after is not None else "",
            one.why.whole(),
        )
        for one in differences(verified.report)
    ]
    head = (_("Result"), _("In the dossier"), _("Recomputed"), _("Differing"))
    return SheetTable(_("Recomputed"), head, rows, (55, 35, 35, 40))
