"""What a report says of the results as a whole: legal basis, overall result, what is not known or not checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ntm_desktop.criteria.model import Basis
from ntm_desktop.criteria.verdicts import Verdict, WholeResult
from ntm_desktop.documents.figures import is_checked
from ntm_desktop.documents.office import Sheet
from ntm_desktop.documents.styles import BASIS, BODY, HEADING, paragraph
from ntm_desktop.documents.wording import long_date, say
from ntm_desktop.snapshot.estimates import Estimates, estimates_of
from ntm_desktop.snapshot.model import Snapshot

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_PRECONDITIONS: Final = {
    "precondition_not_met": "general.precondition_not_met",
    "precondition_undetermined": "general.precondition_undetermined",
}


def legal_basis(sheet: Sheet, heading: str) -> list[Flowable]:
    """Return the documents the set rests on."""
    snapshot = sheet.snapshot
    story = [paragraph(heading, HEADING)] if heading else []
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


def general_result(sheet: Sheet, heading: str) -> list[Flowable]:
    """Return the overall result as the commune's own assessment, and what the reader must know to believe it."""
    snapshot = sheet.snapshot
    evaluation = snapshot.evaluation
    set_title = snapshot.set.title.vi
    overall = f"general.overall_{evaluation.overall.verdict.value}"
    sentences = [
        say(overall, commune=sheet.office.commune, set=set_title, year=snapshot.year),
        *_precondition(evaluation.overall),
        _criteria_sentence(snapshot),
        _indicators_sentence(snapshot),
        say("general.evidence", count=len(snapshot.evidence))
        if snapshot.evidence
        else say("general.no_evidence"),
        *_estimated(snapshot, estimates_of(snapshot)),
        *_cautions(snapshot),
    ]
    return [
        paragraph(heading, HEADING),
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
