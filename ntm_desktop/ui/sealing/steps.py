"""How the steps at the left stand and what is written under them. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping

from ntm_desktop.criteria.verdicts import Evaluation, Verdict
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.seal import Sealed, Stage
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.ui.sealing import finding_words
from ntm_desktop.ui.sealing.outcome import Checked, Outcome, Tone
from ntm_desktop.ui.sealing.pacing import Progress
from ntm_desktop.ui.sealing.wizard import Draft, Mark, Step

Marks = Mapping[Step, Mark]
Seconds = Mapping[Step, str]

_TOLD = (Verdict.MET, Verdict.NOT_MET)


def of_wizard(draft: Draft, evaluation: Evaluation, sealing: Progress | None) -> tuple[Marks, Seconds]:
    """Return the steps of an open dossier; `sealing` says how far the file is, while it is being made."""
    marks = {step: draft.mark(step) for step in Step}
    if sealing is not None and sealing.stage is Stage.READING_BACK:
        marks |= {Step.EXPORT: Mark.DONE, Step.READ_BACK: Mark.CURRENT}
    seconds = {Step.CHECK: finding_words.counts_line(evaluation, _TOLD), Step.SIGN: _signature(draft)}
    if draft.papers:
        seconds[Step.PREVIEW] = _papers(len(draft.papers), sum(one.pages for one in draft.papers))
    if draft.target is not None:
        seconds[Step.EXPORT] = draft.target.name
    return marks, seconds


def of_sealed(
    record: Sealed, shown: Outcome, checked: Checked | None, evaluation: Evaluation
) -> tuple[Marks, Seconds]:
    """Return the steps of a sealed dossier; the last is open until the file was read and found as it was."""
    proven = shown.checked and shown.tone is not Tone.BROKEN
    marks = dict.fromkeys(Step, Mark.DONE)
    marks[Step.READ_BACK] = Mark.DONE if proven else Mark.CURRENT
    seconds = {Step.EXPORT: size_words(record.size), Step.READ_BACK: _("Not read again yet")}
    if checked is not None:
        report = checked.report
        evaluation = report.content.evaluation if report.content is not None else evaluation
        count = len(report.signatures)
        seconds[Step.SIGN] = (
            ngettext("{count} signature", "{count} signatures", count).format(count=count)
            if count
            else _("Not signed")
        )
        seconds[Step.READ_BACK] = _("As it was written") if proven else _("Not as it was written")
    seconds[Step.CHECK] = finding_words.counts_line(evaluation, _TOLD)
    return marks, seconds


def _signature(draft: Draft) -> str:
    if draft.unsigned:
        return _("Without a signature")
    if draft.outside is not None:
        return _("With another program")
    if draft.key is None or draft.body is None:
        return draft.key.certificate.subject if draft.key is not None else ""
    return _("{person}, then {body}").format(
        person=draft.key.certificate.subject, body=draft.body.certificate.subject
    )


def _papers(count: int, pages: int) -> str:
    return _("{papers}, {pages}").format(
        papers=ngettext("{count} paper", "{count} papers", count).format(count=count),
        pages=ngettext("{count} page", "{count} pages", pages).format(count=pages),
    )
