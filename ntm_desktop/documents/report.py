"""The results report of a dossier: "Bao cao ket qua" with a table per indicator."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from ntm_desktop.criteria.model import Basis
from ntm_desktop.criteria.verdicts import Verdict, WholeResult
from ntm_desktop.documents.annex import evidence_annex
from ntm_desktop.documents.declared import declared_section
from ntm_desktop.documents.figures import is_checked
from ntm_desktop.documents.indicator_table import indicator_section
from ntm_desktop.documents.kept_problems import kept_section
from ntm_desktop.documents.letterhead import end_of_paper, head_of_paper, title_of_paper
from ntm_desktop.documents.office import Office, office_of
from ntm_desktop.documents.page import Paper, write_paper
from ntm_desktop.documents.styles import BASIS, BODY, HEADING, LEAD_IN, paragraph
from ntm_desktop.documents.wording import lines, long_date, say
from ntm_desktop.snapshot.estimates import Estimates, estimates_of
from ntm_desktop.snapshot.model import Snapshot

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_PRECONDITIONS: Final = {
    "precondition_not_met": "general.precondition_not_met",
    "precondition_undetermined": "general.precondition_undetermined",
}
_SECTIONS: Final = ("results", "difficulties", "proposals")


def write_report(snapshot: Snapshot, target: Path | BinaryIO) -> int:
    """Write the results report as PDF and return how many pages it has.

    Raises FileUnwritable or DiskFull for a path that cannot be written.
    """
    return write_paper(report_of(snapshot), target)


def report_of(snapshot: Snapshot) -> Paper:
    """Return the results report, ready to be drawn; a story is drawn once."""
    office, estimates = office_of(snapshot), estimates_of(snapshot)
    places = {"set": snapshot.set.title.vi, "year": snapshot.year, "commune": office.commune}
    closing = paragraph(say("report.closing", **places), BODY)
    recipients = lines("report.recipients", province=office.province, commune=office.commune)
    story: list[Flowable] = [
        *head_of_paper(office, say("report.symbol")),
        *title_of_paper(say("report.kind"), say("report.abstract", **places)),
        *_legal_basis(snapshot),
        paragraph(
            say(
                "report.opening",
                body=office.body,
                set=snapshot.set.title.vi,
                year=snapshot.year,
                date=long_date(snapshot.assessed_on),
            ),
            BODY,
        ),
        *_general_result(snapshot, office, estimates),
        *indicator_section(snapshot, estimates),
        *_written_sections(snapshot),
        *declared_section(snapshot),
        *kept_section(snapshot),
        *end_of_paper(office, recipients, [closing]),
        *evidence_annex(snapshot, office),
    ]
    return Paper(
        title=say(
            "report.document_title", year=snapshot.year, commune=office.commune, province=office.province
        ),
        author=office.body,
        program=snapshot.program,
        taken_at=snapshot.taken_at,
        story=story,
    )


def _legal_basis(snapshot: Snapshot) -> list[Flowable]:
    story = []
    for name in snapshot.set.legal_basis:
        document = snapshot.set.documents.get(name)
        if document is None:
            continue
        facts = {"title": document.title.vi, "number": document.number, "issuer": document.issuer}
        if document.dated is not None:
            facts["date"] = long_date(document.dated)
            sentence = "report.basis_full" if document.issuer else "report.basis_dated"
        else:
            sentence = "report.basis_issued" if document.issuer else "report.basis_plain"
        story.append(paragraph(say(sentence, **facts), BASIS))
    return story


def _general_result(snapshot: Snapshot, office: Office, estimates: Estimates) -> list[Flowable]:
    evaluation = snapshot.evaluation
    set_title = snapshot.set.title.vi
    overall = f"general.overall_{evaluation.overall.verdict.value}"
    sentences = [
        say(overall, commune=office.commune, set=set_title, year=snapshot.year),
        *_precondition(evaluation.overall),
        _criteria_sentence(snapshot),
        _indicators_sentence(snapshot),
        say("general.evidence", count=len(snapshot.evidence))
        if snapshot.evidence
        else say("general.no_evidence"),
        *_estimated(snapshot, estimates),
        *_cautions(snapshot),
    ]
    return [
        paragraph(say("general.title"), HEADING),
        *(paragraph(sentence, BODY) for sentence in sentences),
    ]


def _precondition(overall: WholeResult) -> list[str]:
    sentence = _PRECONDITIONS.get(overall.reason.code) if overall.reason is not None else None
    return [say(sentence)] if sentence is not None else []


def _criteria_sentence(snapshot: Snapshot) -> str:
    verdicts = [result.verdict for result in snapshot.evaluation.criteria.values()]
    left_out = verdicts.count(Verdict.NOT_APPLICABLE)
    met, total = verdicts.count(Verdict.MET), len(snapshot.set.criteria)
    if left_out:
        return say("general.criteria_left_out", met=met, total=total, left_out=left_out)
    return say("general.criteria", met=met, total=total)


def _indicators_sentence(snapshot: Snapshot) -> str:
    total = len(snapshot.set.indicators())
    if not total:
        return say("general.no_indicators")
    counts = {verdict.name.lower(): count for verdict, count in snapshot.evaluation.counts().items()}
    return say("general.indicators", total=total, **counts)


def _estimated(snapshot: Snapshot, estimates: Estimates) -> list[str]:
    """Say which indicators are judged by estimates."""
    codes = [
        indicator.code
        for indicator in snapshot.set.indicators()
        if any(
            one.code in estimates
            and snapshot.evaluation.requirements[one.code].verdict in {Verdict.MET, Verdict.NOT_MET}
            for one in indicator.requirements
        )
    ]
    if not codes:
        return []
    return [say("general.estimated", count=len(codes), codes=say("list.separator").join(codes))]


def _cautions(snapshot: Snapshot) -> list[str]:
    """Say what the reader must know before believing the figures: parts not known, values not checked."""
    criterion_set = snapshot.set
    found = []
    if not criterion_set.complete:
        found.append(say("general.incomplete"))
    unknown = [one.code for one in criterion_set.criteria if not one.complete or not one.indicators]
    if unknown:
        found.append(say("general.incomplete_criteria", criteria=say("list.separator").join(unknown)))
    results = snapshot.evaluation.requirements
    unchecked = sum(
        not is_checked(requirement, results[requirement.code].threshold)
        for requirement in criterion_set.requirements()
        if requirement.code in results
    )
    if unchecked:
        found.append(say("general.unchecked", count=unchecked))
    names = [one.name_basis for one in criterion_set.criteria]
    names += [one.name_basis for one in criterion_set.indicators()]
    doubtful = sum(basis is not Basis.OFFICIAL for basis in names)
    if doubtful:
        found.append(say("general.unchecked_names", count=doubtful))
    return found


def _written_sections(snapshot: Snapshot) -> list[Flowable]:
    """Return what the officers wrote; a section they left empty says so."""
    story: list[Flowable] = []
    for section in _SECTIONS:
        story.append(paragraph(say(f"sections.{section}"), HEADING))
        written = _paragraphs(snapshot.remarks.get(section, ""))
        by_requirement = _remarks_on_requirements(snapshot) if section == "difficulties" else []
        if not written and not by_requirement:
            written = [paragraph(say("sections.empty"), BODY)]
        story += [*written, *by_requirement]
    return story


def _remarks_on_requirements(snapshot: Snapshot) -> list[Flowable]:
    remarks = [
        say("sections.requirement", code=one.code, label=one.label.vi, text=" ".join(text.split()))
        for one in snapshot.set.requirements()
        if (text := snapshot.remarks.get(one.code, "").strip())
    ]
    if not remarks:
        return []
    return [paragraph(say("sections.by_requirement"), LEAD_IN), *(paragraph(text, BODY) for text in remarks)]


def _paragraphs(text: str) -> list[Flowable]:
    return [paragraph(line.strip(), BODY) for line in text.splitlines() if line.strip()]
