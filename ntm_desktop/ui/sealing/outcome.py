"""What the end page says: one sentence that can be read aloud, then separate facts. Knows no Qt.

Rules (look.md):
* The worst news is not hidden: a fact that fails comes first and changes the sentence.
* What does not break the signature stands in neutral ink: unknown signer, unchecked thresholds, no timestamp.
* That the signature is usable without a timestamp is said only when the verification found it so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.desk import VIETNAM
from ntm_desktop.operations.seal import Certificate, Sealed
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.operations.verify import Ground, SignatureFacts, VerificationReport
from ntm_desktop.ui.sealing import finding_words

_COMMON_NAME = re.compile(r"(?:^|[,+])CN=((?:\\.|[^,+\\])*)")
_CHANGED = {
    Ground.CONTAINER_UNSOUND,
    Ground.FILE_CHANGED,
    Ground.FILE_MISSING,
    Ground.FILE_EXTRA,
    Ground.EVIDENCE_DIFFERS,
}
_CONTENT = {Ground.DOSSIER_UNREADABLE, Ground.PACK_MISSING, Ground.PACK_DIFFERS}


class Tone(Enum):
    """How a fact stands."""

    FINE = "fine"
    NEUTRAL = "neutral"
    BROKEN = "broken"


class Action(Enum):
    """What the link of a fact opens."""

    NONE = ""
    CERTIFICATE = "certificate"
    RESULTS = "results"
    FOLDER = "folder"
    THRESHOLDS = "thresholds"
    FIND = "find"


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: icon, bold line, quiet line, at most one link."""

    tone: Tone
    icon: str
    title: str
    second: str
    action: Action = Action.NONE


@dataclass(frozen=True, slots=True)
class Outcome:
    """The whole end page."""

    tone: Tone
    headline: str
    under: str
    rows: tuple[FactRow, ...]
    checked: bool
    """Whether the file was read in this run of the program."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A verification of the recorded file and when it was made."""

    report: VerificationReport
    at: datetime


def not_read(record: Sealed, name: str) -> Outcome:
    """Return what can be said from the record alone, without having read the file again."""
    row = FactRow(
        Tone.NEUTRAL,
        "file",
        _("The file has not been read again yet"),
        _place(record.path, record.size),
        Action.FOLDER,
    )
    return Outcome(
        Tone.NEUTRAL,
        _("The dossier is locked, its file was written on {moment}").format(moment=_moment(record.sealed_at)),
        _("{name}. Checking reads the file again, judges each signature and recomputes every result.").format(
            name=name
        ),
        (row,),
        checked=False,
    )


def not_readable(record: Sealed, name: str) -> Outcome:
    """Return what is said when the recorded file cannot be opened where it was saved."""
    row = FactRow(
        Tone.BROKEN,
        "not_met",
        _("The file cannot be opened where it was saved"),
        _("{path} \u00b7 a copy from a stick or another disk can be checked just as well").format(
            path=record.path
        ),
        Action.FIND,
    )
    return Outcome(
        Tone.BROKEN,
        _("The dossier is locked, but its file was not found"),
        _("{name}. The figures are still in this workspace.").format(name=name),
        (row,),
        checked=False,
    )


def outcome_of(record: Sealed, name: str, criterion_set: CriterionSet, checked: Checked) -> Outcome:
    """Return the end page for a file that was read and verified just now."""
    report = checked.report
    rows = list(_rows(record, criterion_set, checked))
    rows.sort(key=lambda row: row.tone is not Tone.BROKEN)  # stable: only what failed moves, to the front
    broken = [row for row in rows if row.tone is Tone.BROKEN]
    if broken:
        under = _("{name}. The figures are still in this workspace.")
        return Outcome(Tone.BROKEN, broken[0].title, under.format(name=name), tuple(rows), checked=True)
    if not report.signatures:
        headline = _("The dossier is saved, without a signature")
        under = _("{name}. The program has opened the file again and recomputed every result.")
        return Outcome(Tone.NEUTRAL, headline, under.format(name=name), tuple(rows), checked=True)
    under = _(
        "{name}. The program has opened the file again, checked each signature and recomputed every result."
    )
    headline = _("The dossier is signed and saved")
    return Outcome(Tone.FINE, headline, under.format(name=name), tuple(rows), checked=True)


def _rows(record: Sealed, criterion_set: CriterionSet, checked: Checked) -> Iterator[FactRow]:
    report, file = checked.report, _file_row(record, checked)
    changed = file.tone is Tone.BROKEN
    if changed:
        yield file  # the cause of whatever else fails
    yield from _signature_rows(report)
    yield _replay_row(criterion_set, report)
    if not changed:
        yield file
    if any(one.intact and not one.trusted for one in report.signatures):
        yield FactRow(
            Tone.NEUTRAL,
            "info",
            _("This computer has no root certificate to say who the signer is"),
            _("Whoever has the root certificate of the issuer can say so. The signature itself was checked."),
        )
    if report.pack is not None and not report.pack.known:
        yield FactRow(
            Tone.NEUTRAL,
            "info",
            _("This program does not know who published the criterion pack"),
            _("{pack} version {version}").format(pack=report.pack.id, version=report.pack.version),
        )
    yield from _threshold_rows(criterion_set, report)
    if report.signatures:
        yield _timestamp_row(report)


def _signature_rows(report: VerificationReport) -> Iterator[FactRow]:
    if not report.signatures:
        yield FactRow(
            Tone.NEUTRAL,
            "pen",
            _("Not signed"),
            _("Whoever verifies the file is told: not enough to conclude, the dossier is not signed."),
        )
        return
    intact = all(one.intact for one in report.signatures)
    if intact and _files_changed(report):  # it covers the list of files, and one of them is another now
        title = _("The signature fits the list of files, but not the files that are there")
        yield FactRow(Tone.NEUTRAL, "info", title, _signers(report), Action.CERTIFICATE)
    elif intact:
        count = len(report.signatures)
        title = ngettext(
            "The signature is right, the content was not changed",
            "{count} signatures are right, the content was not changed",
            count,
        ).format(count=count)
        yield FactRow(Tone.FINE, "met", title, _signers(report), Action.CERTIFICATE)
    else:
        title = _("The signature does not fit the content")
        yield FactRow(Tone.BROKEN, "not_met", title, _signers(report), Action.CERTIFICATE)
    for one in report.signatures:
        if one.certificate is not None and one.intact:
            yield _certificate_row(one, one.certificate)


def _certificate_row(facts: SignatureFacts, certificate: Certificate) -> FactRow:
    second = _("issued by {issuer} \u00b7 expires {day}").format(
        issuer=issuer_name(certificate), day=day_words(certificate.valid_to)
    )
    if facts.valid_when_claimed is False:
        return FactRow(Tone.BROKEN, "not_met", _("The certificate was not valid when it signed"), second)
    if facts.valid_when_claimed is None:
        return FactRow(Tone.NEUTRAL, "info", _("The signature does not say when it was made"), second)
    return FactRow(Tone.FINE, "met", _("The certificate was valid when it signed"), second)


def _signers(report: VerificationReport) -> str:
    content = report.content
    named = [(one.signer or _("no name"), one.claimed_at) for one in report.signatures]
    parts = []
    for name, at in named:
        printed = (
            content is not None and content.signatory == name
        )  # the office is that of the name on the papers
        office = content.signatory_title if content is not None and printed else ""
        who = _("{name}, {office}").format(name=name, office=office) if office else name
        parts.append(who if at is None else _("{name} \u00b7 {moment}").format(name=who, moment=_shown(at)))
    return " \u00b7 ".join(parts)


def _replay_row(criterion_set: CriterionSet, report: VerificationReport) -> FactRow:
    replay = report.replay
    differs = {reason.ground for reason in report.reasons} & _CONTENT
    if replay.done and not replay.agrees:
        codes = ", ".join(dict.fromkeys(flip.code for flip in replay.differences))
        return FactRow(Tone.BROKEN, "not_met", _("Recomputing gives other results"), codes, Action.RESULTS)
    if differs or not replay.done:
        return FactRow(
            Tone.BROKEN if differs else Tone.NEUTRAL,
            "not_met" if differs else "info",
            _("The results could not be recomputed"),
            ", ".join(dict.fromkeys(one.about for one in report.reasons if one.about)),
        )
    title = ngettext(
        "{count} indicator recomputed: as it was sealed",
        "{count} indicators recomputed: as they were sealed",
        replay.indicators,
    ).format(count=finding_words.number(replay.indicators))
    parts = []
    if report.content is not None:
        parts.append(finding_words.counts_line(report.content.evaluation))
    if report.pack is not None:
        pack = (
            str(criterion_set.short_title) if report.pack.sha256 == criterion_set.sha256 else report.pack.id
        )
        parts.append(_("by the pack {pack} version {version}").format(pack=pack, version=report.pack.version))
    return FactRow(Tone.FINE, "met", title, " \u00b7 ".join(parts), Action.RESULTS)


def _file_row(record: Sealed, checked: Checked) -> FactRow:
    report = checked.report
    place = _place(report.path, report.size)
    second = _("{place} \u00b7 read back at {time}").format(
        place=place, time=f"{checked.at.astimezone(VIETNAM):%H:%M}"
    )
    if report.identity != record.identity:
        return FactRow(
            Tone.BROKEN,
            "not_met",
            _("The file is another one than the one recorded here"),
            second,
            Action.FIND,
        )
    changed = _files_changed(report)
    if changed:
        return FactRow(
            Tone.BROKEN,
            "not_met",
            _("The file was changed after it was written"),
            ", ".join(dict.fromkeys(changed)),
            Action.FOLDER,
        )
    return FactRow(
        Tone.FINE, "met", _("The file on the disk is the one that was written"), second, Action.FOLDER
    )


def _files_changed(report: VerificationReport) -> list[str]:
    return [one.about for one in report.reasons if one.ground in _CHANGED]


def _threshold_rows(criterion_set: CriterionSet, report: VerificationReport) -> Iterator[FactRow]:
    if report.content is None:
        return
    found = finding_words.unchecked(criterion_set, report.content.evaluation)
    if found.requirements:
        second = _("{codes} \u00b7 the mark is printed on the papers too").format(codes=found.codes())
        yield FactRow(Tone.NEUTRAL, "unchecked", found.headline(), second, Action.THRESHOLDS)


def _timestamp_row(report: VerificationReport) -> FactRow:
    usable = not _files_changed(report) and all(
        one.intact and one.valid_when_claimed for one in report.signatures
    )
    second = (
        _(
            "The moment of signing is the one of this computer; nobody else vouches for it. "
            "The signature can be used today."
        )
        if usable
        else _("The moment of signing is the one of this computer; nobody else vouches for it.")
    )
    return FactRow(Tone.NEUTRAL, "clock", _("No timestamp yet"), second)


def issuer_name(certificate: Certificate) -> str:
    """Return the common name of the issuer, else its whole name."""
    found = _COMMON_NAME.search(certificate.issuer)
    return re.sub(r"\\(.)", r"\1", found[1]) if found is not None else certificate.issuer


def certificate_details(certificate: Certificate) -> str:
    """Return the facts of a certificate, a line each."""
    lines = (
        _("Signer: {value}").format(value=certificate.subject),
        _("Office: {value}").format(value=certificate.organisation),
        _("Issuer: {value}").format(value=certificate.issuer),
        _("Valid: {first} to {last}").format(
            first=day_words(certificate.valid_from), last=day_words(certificate.valid_to)
        ),
        _("Serial number: {value}").format(value=certificate.serial),
        _("Check code: {value}").format(value=grouped(certificate.fingerprint)),
        _("Key: {value}").format(value=certificate.key),
    )
    return "\n".join(lines)


def grouped(identity: str) -> str:
    """Return a check code in groups of four, in capitals."""
    upper = identity.upper()
    return " ".join(upper[start : start + 4] for start in range(0, len(upper), 4))


def day_words(moment: datetime) -> str:
    """Return the day in Viet Nam: 28/02/2025."""
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


def _moment(text: str) -> str:
    return _shown(datetime.fromisoformat(text))


def _place(path: str, size: int) -> str:
    return _("{folder} \u00b7 {size}").format(folder=Path(path).parent, size=size_words(size))
