"""What the window says of a verified file: one sentence, the facts under it, the files. Knows no Qt.

Rules (look.md):
* Three heads: valid, not enough to conclude (with what is missing), not valid.
* Signature and content are separate lines: a good signature over changed files cannot be read as good.
* Kinds of verdict that do not occur get no row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Evaluation, Verdict
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import wording
from ntm_desktop.operations.desk import VIETNAM
from ntm_desktop.operations.signature_words import advice, revocation_sentence, time_sentence
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.operations.verify import (
    After,
    FileCheck,
    Ground,
    PdfSignature,
    Reason,
    Revocation,
    SignatureFacts,
    Stamp,
    Trust,
    Verification,
    VerificationReport,
    paper_state_word,
)
from ntm_desktop.ui.sealing import finding_words
from ntm_desktop.ui.sealing.finding_words import number
from ntm_desktop.ui.sealing.outcome import day_words, issuer_name

_CHANGED = (Ground.FILE_CHANGED, Ground.FILE_MISSING, Ground.FILE_EXTRA, Ground.EVIDENCE_DIFFERS)
_DOSSIER = "dossier.json"


@dataclass(frozen=True, slots=True)
class Head:
    """The sentence at the top and the quiet line under it."""

    verification: Verification
    sentence: str
    under: str
    advice: tuple[str, str] = ("", "")
    """What to do: a bold sentence and the rest; empty for a valid file."""


def head_of(report: VerificationReport, at: datetime) -> Head:
    """Return the one sentence about a file, checked at a moment (aware)."""
    outcome = report.verification
    under = _under(report, at)
    if outcome is Verification.VALID and report.is_paper:
        return Head(outcome, _("Valid: as it was signed, not changed"), under)
    if outcome is Verification.VALID:
        return Head(
            outcome, _("Valid: as {commune} signed it, not changed").format(commune=_commune(report)), under
        )
    if outcome is Verification.UNKNOWN:
        sentence = _("Not enough to conclude: {what}").format(what=_open_question(report.reasons))
        return Head(outcome, sentence, under, _advice_unknown(report))
    sentence = _("Not valid: {what}").format(what=_fault(report))
    todo = advice(reason.ground for reason in report.reasons if reason.ground is Ground.CERTIFICATE_REVOKED)
    original = _("It was left as it is. Ask the commune to send the original again.")
    return Head(
        outcome,
        sentence,
        under,
        (_("Do not use this file for appraisal."), todo[0] if todo else original),
    )


def _commune(report: VerificationReport) -> str:
    content = report.content
    return _("the commune") if content is None else f"{content.commune.kind.lower()} {content.commune.name}"


def _under(report: VerificationReport, at: datetime) -> str:
    checked = _("checked on this computer at {time}, without a network").format(
        time=f"{at.astimezone(VIETNAM):%H:%M}"
    )
    content = report.content
    if content is None:
        return checked
    place = _("{kind} {name}, {province} ({code})").format(
        kind=content.commune.kind,
        name=content.commune.name,
        province=content.commune.province,
        code=content.commune.code,
    )
    replayed = report.replay.set
    title = content.set.title if replayed is None else str(replayed.short_title)
    what = _("{set}, year {year}").format(set=title, year=content.year)
    return " \u00b7 ".join((place, what, checked))


def _open_question(reasons: Sequence[Reason]) -> str:
    """Return what is missing for a conclusion: the gravest thing that is open."""
    grounds = {reason.ground for reason in reasons}
    words = {
        Ground.FORMAT_UNKNOWN: _("it was made by a newer program"),
        Ground.RULES_UNKNOWN: _("its criteria need a newer program"),
        Ground.PACK_UNREADABLE: _("its criterion pack cannot be read by this version"),
        Ground.UNSIGNED: _("the dossier is not signed"),
        Ground.PAPER_UNSIGNED: _("the paper is not signed"),
        Ground.PAPER_UNCLEAR: _("what was added after signing cannot be judged"),
        Ground.PAPER_UNPROVEN: _("a paper signed elsewhere cannot be proven to be the same"),
        Ground.PAPER_TOO_LARGE: _("the file is too large to be judged here"),
        Ground.CERTIFICATE_NOT_VALID: _("the certificate was not valid"),
        Ground.TIMESTAMP_UNPROVEN: _("this computer does not know who gave the timestamp"),
        Ground.REVOKED_UNPROVEN: _(
            "the certificate was revoked, and no timestamp proves that it signed before"
        ),
        Ground.CERTIFICATE_EXPIRED: _(
            "the certificate has expired, and no timestamp proves that it signed before"
        ),
        Ground.SIGNER_UNKNOWN: _("this computer does not know who issued the signer's certificate"),
        Ground.REVOCATION_STALE: _("the revocation list on this computer is too old"),
        Ground.REVOCATION_MISSING: _("this computer has no revocation list for the signer's certificate"),
        Ground.PUBLISHER_UNKNOWN: _("nobody known here published the criterion pack"),
    }
    return next((text for ground, text in words.items() if ground in grounds), _("something is open"))


def _advice_unknown(report: VerificationReport) -> tuple[str, str]:
    grounds = {reason.ground for reason in report.reasons}
    if Ground.FORMAT_UNKNOWN in grounds or Ground.RULES_UNKNOWN in grounds:
        return _("A newer version of this program is needed."), _("The file was left as it is.")
    if grounds & {Ground.PAPER_UNSIGNED, Ground.PAPER_UNCLEAR, Ground.PAPER_TOO_LARGE}:
        return _("The file was left as it is."), _("Ask the commune for the signed paper.")
    if Ground.UNSIGNED in grounds:
        return (
            _("Nobody vouches for this file yet."),
            _("Files and results were checked all the same. Ask the commune for the signed dossier."),
        )
    if Ground.SIGNER_UNKNOWN in grounds:
        return (
            _("Signature and files fit each other."),
            _("Choose the root certificate of the authority that issued the signer's certificate."),
        )
    todo = advice(reason.ground for reason in report.reasons)
    rest = todo[0] if todo else wording.ground_sentence(report.reasons[0].ground.value)
    return _("Signature and files fit each other."), rest


def _fault(report: VerificationReport) -> str:
    """Return what is wrong in a few words: the cause before what follows from it."""
    grounds = {reason.ground for reason in report.reasons}
    if Ground.CONTAINER_UNSOUND in grounds:
        return _("the file is not built as a dossier must be")
    changed = changed_files(report)
    if changed:
        return ngettext(
            "{count} file was changed after signing", "{count} files were changed after signing", len(changed)
        ).format(count=number(len(changed)))
    words = {
        Ground.SIGNATURE_BROKEN: _("a signature does not fit the content"),
        Ground.CERTIFICATE_REVOKED: _("the signer's certificate had been revoked before it signed"),
        Ground.PAPER_BROKEN: _("a signature on a paper does not fit it"),
        Ground.PAPER_CHANGED: _("a paper was changed after it was signed"),
        Ground.PAPER_PAGES: _("pages of a paper were added or taken out after it was signed"),
        Ground.INDEX_DIFFERS: _("the files are not those of the signed index"),
        Ground.DOSSIER_UNREADABLE: _("the figures inside cannot be read"),
        Ground.PACK_MISSING: _("the criterion pack is not inside"),
        Ground.PACK_DIFFERS: _("the criterion pack is not the one the dossier names"),
    }
    return next(
        (text for ground, text in words.items() if ground in grounds),
        _("recomputing gives other results"),
    )


def changed_files(report: VerificationReport) -> tuple[str, ...]:
    """Return the files that are not as they were signed, each once."""
    found = [reason.about for reason in report.reasons if reason.ground in _CHANGED]
    return tuple(dict.fromkeys(found))


# ---------------------------------------------------------------- signers


@dataclass(frozen=True, slots=True)
class Mark:
    """One checked fact: whether it is well (True), open (None) or wrong (False), and its words."""

    well: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature: who, when and by whom vouched for, and what was checked."""

    who: str
    second: str
    marks: tuple[Mark, Mark]
    facts: SignatureFacts


def signers_of(report: VerificationReport) -> tuple[Signer, ...]:
    """Return the signatures in the order of the file; without any, those of the index of files that binds it."""
    if report.is_paper or (report.bound_by and not report.signatures):
        name = report.bound_by
        papers = (one for one in report.papers if not name or one.name == name)
        return tuple(
            _signer(one.facts, report, _after_mark(one)) for paper in papers for one in paper.signatures
        )
    return tuple(_signer(one, report, _content_mark(one, report)) for one in report.signatures)


def time_marks(signers: Sequence[Signer]) -> tuple[Mark, ...]:
    """Return since when the signatures are there, each sentence once."""
    well = {Stamp.NONE: None, Stamp.PROVEN: True}
    marks = (
        Mark(well=well.get(one.facts.timestamp.state), words=time_sentence(one.facts))
        for one in signers
        if one.facts.intact
    )
    return tuple(dict.fromkeys(marks))


def bound_line(report: VerificationReport) -> str:
    """Return that the index of files speaks for all of them; empty where it does not."""
    if not report.bound_by:
        return ""
    if report.signatures:
        return _("The signed index of files names every file as it is, too.")
    return _(
        "The file itself carries no signature. The signed index of files names every file as it is, "
        "and binds the whole dossier."
    )


def _after_mark(signature: PdfSignature) -> Mark:
    words = {
        After.NOTHING: (True, _("It covers the whole file")),
        After.SIGNATURES: (True, _("After it only further signatures")),
        After.PAGES: (False, _("Pages were added or taken out after it")),
        After.CONTENT: (False, _("The content was changed after it")),
        After.UNKNOWN: (None, _("What was added after it cannot be judged")),
    }
    if not signature.facts.intact:
        return Mark(well=False, words=_("It speaks for nothing in this file"))
    well, said = words[signature.after]
    return Mark(well=well, words=said)


def _signer(facts: SignatureFacts, report: VerificationReport, second_mark: Mark) -> Signer:
    content = report.content
    name = facts.signer or _("no name")
    if content is not None and content.signatory == facts.signer and content.signatory_title:
        name = _("{name}, {office}").format(name=name, office=content.signatory_title)
    certificate = facts.certificate
    second = []
    if facts.claimed_at is not None:
        second.append(
            _("Signed {moment}").format(moment=f"{facts.claimed_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}")
        )
    if certificate is not None:
        second.append(issuer_name(certificate))
        second.append(_("expires {day}").format(day=day_words(certificate.valid_to)))
    return Signer(name, " \u00b7 ".join(second), (_signature_mark(facts), second_mark), facts)


def _signature_mark(facts: SignatureFacts) -> Mark:
    if not facts.intact:
        return Mark(well=False, words=_("The signature does not fit"))
    if facts.valid_when_claimed is False and facts.timestamp.proven_at is None:
        return Mark(well=False, words=_("Signature right, certificate was not valid then"))
    if facts.trusted and facts.revocation is not Revocation.REVOKED:
        return Mark(well=True, words=_("Signature right, certificate trusted"))
    open_words = {
        Trust.TRUSTED: _("Signature right, certificate revoked"),
        Trust.EXPIRED_SINCE: _("Signature right, certificate has expired since"),
    }
    return Mark(well=None, words=open_words.get(facts.trust, _("Signature right, issuer not known here")))


def _content_mark(facts: SignatureFacts, report: VerificationReport) -> Mark:
    changed = len(changed_files(report))
    if not facts.intact:
        return Mark(well=False, words=_("It speaks for nothing in this file"))
    if changed:
        return Mark(
            well=False,
            words=ngettext("No longer fits {count} file", "No longer fits {count} files", changed).format(
                count=number(changed)
            ),
        )
    well = {Revocation.GOOD: True, Revocation.REVOKED_LATER: True, Revocation.REVOKED: False}
    return Mark(well=well.get(facts.revocation), words=revocation_sentence(facts))


# ---------------------------------------------------------------- recomputed


@dataclass(frozen=True, slots=True)
class Tally:
    """One kind of verdict: how often the dossier has it, and how often recomputing gives it."""

    verdict: Verdict
    recorded: int
    computed: int
    differing: int
    """Indicators that have it on one side only."""


def tallies(report: VerificationReport) -> tuple[Tally, ...]:
    """Return the counts over indicators; kinds that do not occur are left out. Empty where nothing was recomputed."""
    content, computed = report.content, report.replay.evaluation
    if content is None or computed is None:
        return ()
    return tuple(one for one in _tallies(content.evaluation, computed) if one.recorded or one.computed)


def _tallies(recorded: Evaluation, computed: Evaluation) -> Iterator[Tally]:
    before, after = recorded.counts(), computed.counts()
    for verdict in Verdict:
        with_it = {code for code, one in recorded.indicators.items() if one.verdict is verdict}
        again = {code for code, one in computed.indicators.items() if one.verdict is verdict}
        yield Tally(verdict, before[verdict], after[verdict], len(with_it ^ again))


@dataclass(frozen=True, slots=True)
class Difference:
    """An indicator whose verdict does not come out as recorded, and why."""

    code: str
    name: str
    before: Verdict | None
    after: Verdict | None
    why: wording.Sentence


def differences(report: VerificationReport) -> tuple[Difference, ...]:
    """Return where recomputing gives another verdict, by indicator."""
    replay = report.replay
    if replay.set is None or replay.evaluation is None:
        return ()
    found = []
    for flip in replay.differences:
        if flip.level == "indicator":
            why = _why(replay.set, replay.evaluation, flip.code)
            found.append(
                Difference(flip.code, _short_name(replay.set, flip.code), flip.before, flip.after, why)
            )
    return tuple(found)


def _short_name(criterion_set: CriterionSet, code: str) -> str:
    return next((str(one.short_name) for one in criterion_set.indicators() if one.code == code), code)


def _why(criterion_set: CriterionSet, evaluation: Evaluation, code: str) -> wording.Sentence:
    """Return the first part of the indicator that is not met, with its figure and its distance."""
    for indicator in criterion_set.indicators():
        if indicator.code != code:
            continue
        for requirement in indicator.requirements:
            result = evaluation.requirements.get(requirement.code)
            if result is None or result.verdict is not Verdict.NOT_MET or result.threshold is None:
                continue
            shown = _("{figure} \u00b7 {threshold}.").format(
                figure=wording.figure(requirement, result),
                threshold=wording.threshold_words(requirement, result.threshold),
            )
            return wording.Sentence(shown, wording.distance_sentence(requirement, result).gap)
    return wording.Sentence("")


def unchecked_line(report: VerificationReport) -> str:
    """Return which thresholds nobody compared with the official text; empty where there are none."""
    replay = report.replay
    if replay.set is None or replay.evaluation is None:
        return ""
    found = finding_words.unchecked(replay.set, replay.evaluation)
    if not found.requirements:
        return ""
    return _("{headline}: {codes}").format(headline=found.headline(), codes=found.codes())


def self_declared_line(report: VerificationReport) -> str:
    """Return what rests on the commune's own word: properties and thresholds it stated; empty where nothing does."""
    profile = sum(1 for one in report.self_declared if one.startswith("profile:"))
    codes = [one.partition(":")[2] for one in report.self_declared if one.startswith("threshold:")]
    parts = []
    if codes:
        parts.append(_("thresholds stated by the commune: {codes}").format(codes=", ".join(codes)))
    if profile:
        parts.append(
            ngettext("{count} property of the commune", "{count} properties of the commune", profile).format(
                count=number(profile)
            )
        )
    return _("On the commune's own word: {what}").format(what="; ".join(parts)) if parts else ""


# ---------------------------------------------------------------- files


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file as it is listed."""

    title: str
    fact: str
    ok: bool


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The files of one kind."""

    title: str
    lines: tuple[FileLine, ...]


def file_groups(report: VerificationReport) -> tuple[FileGroup, ...]:
    """Return the files of the dossier by kind; what differs comes first in its group."""
    changed = set(changed_files(report))
    titles = _evidence_titles(report)
    states = {one.name: paper_state_word(one.state) for one in report.papers}
    kinds = (
        (_("Papers"), "documents/"),
        (_("Figures and results"), _DOSSIER),
        (_("Evidence"), "evidence/"),
        (_("Criterion packs"), "pack/"),
    )
    groups = []
    left = list(report.files)
    for title, start in kinds:
        mine = [one for one in left if one.name.startswith(start)]
        left = [one for one in left if one not in mine]
        groups.append(FileGroup(title, _lines(mine, changed, titles, states)))
    groups.append(FileGroup(_("Others"), _lines(left, changed, titles, states)))
    return tuple(group for group in groups if group.lines)


def _evidence_titles(report: VerificationReport) -> dict[str, str]:
    if report.content is None:
        return {}
    titles = {}
    for filed in report.content.evidence:
        codes = ", ".join(dict.fromkeys(link.requirement for link in filed.evidence.links))
        title = " ".join(part for part in (codes, filed.evidence.title or filed.evidence.name) if part)
        spots = ", ".join(dict.fromkeys(one.spot for one in filed.evidence.spots))
        titles[filed.file] = _("{title}: {spots}").format(title=title, spots=spots) if spots else title
    return titles


def _lines(
    files: Sequence[FileCheck], changed: set[str], titles: dict[str, str], states: dict[str, str]
) -> tuple[FileLine, ...]:
    lines = []
    for one in files:
        ok = one.ok and one.name not in changed
        fact = states.get(one.name) or size_words(one.size) if ok else _("not as signed")
        lines.append(FileLine(titles.get(one.name) or PurePosixPath(one.name).name, fact, ok))
    return tuple(sorted(lines, key=lambda line: line.ok))


def bound_words() -> str:
    """Return what the conclusion speaks of, and of what it does not."""
    return _(
        "This conclusion speaks of signature, files and arithmetic. "
        "Whether the figures are true is for the appraisal to say."
    )


def letter_of(report: VerificationReport, at: datetime) -> str:
    """Return the text of a letter that asks the commune for the original again."""
    head = head_of(report, at)
    lines = [
        _("To the People's Committee of {commune},").format(commune=_commune(report)),
        "",
        _("The dossier file {file} that we received cannot be used for appraisal.").format(
            file=Path(report.path).name
        ),
        head.sentence + ".",
        *(f"- {wording.ground_sentence(one.ground.value, one.about)}" for one in report.reasons[:12]),
        "",
        _("Check code of the file received: {code}").format(code=report.identity or "-"),
        _("Please send the original file again. Nothing needs to be entered anew."),
    ]
    return "\n".join(lines)
