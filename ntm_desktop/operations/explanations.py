"""What went wrong or deserves a look, in the officer's words: errors, findings, grounds of a verification."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from ntm_desktop.errors import NtmError
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.text import explain as explain_problem
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.contradiction_words import contradiction_sentence
from ntm_desktop.operations.desk import VIETNAM, Desk
from ntm_desktop.operations.findings import Finding, FindingKind

_LONGEST_FACT = 300
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})")


@dataclass(frozen=True, slots=True)
class Explained:
    """An error in the officer's words: what happened, is the work safe, what to do next."""

    what: str
    safe: str
    next_step: str
    detail: str = ""
    """For those who look after the program: code and facts, never translated; shown folded away."""

    def whole(self) -> str:
        """Return the three sentences as one text."""
        return " ".join(part for part in (self.what, self.safe, self.next_step) if part)


def explain(error: NtmError) -> Explained:
    """Return the error's three sentences in the chosen language, with its facts filled in."""
    facts = {name: _fact_words(fact) for name, fact in error.facts().items()}
    what, safe, next_step = (_(text).format(**facts) for text in (error.what, error.safe, error.next_step))
    return Explained(what, safe, next_step, str(error))


def _fact_words(fact: object) -> str:
    """Return a fact as shown: moments of storage in the time of the country, anything else as it is."""
    text = str(fact)
    if len(text) > _LONGEST_FACT:  # what was typed may be a whole book
        text = f"{text[: _LONGEST_FACT // 2]}\u2026{text[-_LONGEST_FACT // 2 :]}"
    return moment_words(text) if _MOMENT.fullmatch(text) else text or "?"


def moment_words(moment: str) -> str:
    """Return a stored moment (ISO 8601, UTC) as `05/12/2024 14:02` in +07:00; what is none, as it is."""
    try:
        aware = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{aware.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if aware.tzinfo is not None else moment


def finding_sentence(desk: Desk, finding: Finding) -> str:
    """Return what is wrong, with the names of the figure and the hamlet, or of the file."""
    if finding.kind is FindingKind.CHECK:
        return str(finding.text)
    if finding.kind is FindingKind.UNREADABLE_FIGURE and finding.problem is not None:
        figure = _finding_figure(desk, finding)
        return _("{figure}: {problem}").format(figure=figure, problem=explain_problem(finding.problem))
    if finding.kind is FindingKind.UNUSUAL_CHANGE:
        return _change_sentence(desk, finding)
    if finding.contradiction is not None:
        requirement = desk.compiled.requirements[finding.requirement].source
        return contradiction_sentence(finding.contradiction, requirement).whole()
    sentence = {
        FindingKind.LINE_EXPIRED: _(
            "{register}, {text}: ran out on {day}, before the day of assessment {assessed}"
        ),
        FindingKind.SURVEY_SHORT: _("The survey has not asked enough households. {text}"),
        FindingKind.CONFLICT: _("Two sources give two figures: {figure}"),
        FindingKind.ESTIMATE: _("Estimated figure: {figure}"),
        FindingKind.EVIDENCE_GONE: _("The stored file can no longer be opened: {text}"),
        FindingKind.EVIDENCE_MISSING: _("Still missing (required): {text}"),
        FindingKind.EVIDENCE_OUTSIDE: _("{text} is dated {day}, outside the year {year}"),
        FindingKind.EVIDENCE_SHARED: _("{text} is shown for several indicators: {codes}"),
        FindingKind.EVIDENCE_REPLACED: _("{text} took the place of another file; look at it again here"),
        FindingKind.UNREADABLE_FIGURE: _("The figure cannot be read: {figure}"),
    }[finding.kind]
    facts = dict(finding.facts)
    return sentence.format(figure=_finding_figure(desk, finding), text=finding.text or "", **facts)


def _change_sentence(desk: Desk, finding: Finding) -> str:
    facts = dict(finding.facts)
    rose = _("{figure}: {change} more than in {year}, from {before} to {now}")
    fell = _("{figure}: {change} less than in {year}, from {before} to {now}")
    sentence = rose if facts["direction"] == "up" else fell
    return sentence.format(figure=_finding_figure(desk, finding), **facts)


def _finding_figure(desk: Desk, finding: Finding) -> str:
    return "" if finding.key is None else figure_name(desk, finding.key)


def figure_name(desk: Desk, key: FactKey) -> str:
    """Return the label of a figure, and whose it is where that is a hamlet."""
    element = desk.compiled.source.catalogue.elements.get(key.element)
    label = str(element.label) if element is not None else key.element
    hamlet = next((one.name for one in desk.book.hamlets if one.id == key.subject), "")
    return _("{figure}, {subject}").format(figure=label, subject=hamlet) if hamlet else label


def ground_sentence(ground: str, about: str = "") -> str:
    """Return why a file is not valid or cannot be concluded; `about` names the file, signer or pack."""
    sentence = _not_valid(ground) or _not_concluded(ground) or _("Something is not as it must be.")
    return _("{about}: {sentence}").format(about=about, sentence=sentence) if about else sentence


def _not_valid(ground: str) -> str:
    return {
        "container_unsound": _("The file is not built as a dossier must be."),
        "file_changed": _("A file inside differs from what was recorded."),
        "file_missing": _("A file that was recorded is not inside."),
        "file_extra": _("A file is inside that was not recorded."),
        "signature_broken": _("A signature does not fit."),
        "dossier_unreadable": _("The figures of the dossier cannot be read."),
        "pack_missing": _("The criterion pack is not inside."),
        "pack_differs": _("The criterion pack is not the one the dossier names."),
        "evidence_differs": _("The evidence is not what the dossier lists."),
        "verdicts_differ": _("Recomputing gives another verdict."),
        "paper_broken": _("A signature on the paper does not fit it."),
        "paper_changed": _("The paper was changed after it was signed."),
        "paper_pages": _("Pages were added to the paper or taken out after it was signed."),
        "certificate_revoked": _("The certificate of the signer was revoked before the signature was made."),
        "index_differs": _("The files are not those this signed index of files was made for."),
    }.get(ground, "")


def _not_concluded(ground: str) -> str:
    return {
        "unsigned": _("The dossier is not signed."),
        "signer_unknown": _("The certificate of the signer leads to nobody known here."),
        "certificate_not_valid": _("The certificate of the signer is not valid now."),
        "certificate_expired": _(
            "The certificate of the signer has expired, and no timestamp proves that the signature is older."
        ),
        "revoked_unproven": _(
            "The certificate of the signer was revoked, and no timestamp proves that the signature is older."
        ),
        "revocation_missing": _("No revocation list for the certificate of the signer is at hand."),
        "revocation_stale": _("The revocation list for the certificate of the signer is too old."),
        "timestamp_unproven": _("The timestamp proves nothing: nobody known here vouches for who gave it."),
        "publisher_unknown": _("Nobody known here published the criterion pack."),
        "pack_unreadable": _("The criterion pack cannot be read by this version."),
        "rules_unknown": _("The rule language is newer than this version."),
        "format_unknown": _("The format of the dossier is newer than this version."),
        "paper_unsigned": _("The paper is not signed."),
        "paper_unclear": _("What was added to the paper after it was signed cannot be judged."),
        "paper_unproven": _("It cannot be proven that this signed paper is the one the program wrote."),
        "paper_too_large": _("The file is too large to be judged here."),
    }.get(ground, "")
