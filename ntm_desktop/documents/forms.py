"""The papers of a set, drawn from their forms: what the set prescribes, else the usual list of `resources/papers`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from reportlab.lib.units import mm

from ntm_desktop.criteria.codec import read
from ntm_desktop.criteria.model import Basis, CriterionSet, PaperForm, PaperLayout, PaperPart
from ntm_desktop.criteria.papers import fill
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.documents.annex import AnnexOf, evidence_annex
from ntm_desktop.documents.declared import declared_section
from ntm_desktop.documents.form_tables import (
    conditions_table,
    criteria_table,
    figures_table,
    half_year_table,
    reviewed_table,
    typed_rows,
    typed_table,
    unmet_table,
)
from ntm_desktop.documents.indicator_table import indicator_section
from ntm_desktop.documents.kept_problems import kept_section
from ntm_desktop.documents.letterhead import end_of_paper, head_of_paper, title_of_paper
from ntm_desktop.documents.office import Sheet, office_of
from ntm_desktop.documents.page import LYING_WIDTH, TEXT_WIDTH, Paper, write_paper
from ntm_desktop.documents.report import general_result, legal_basis
from ntm_desktop.documents.styles import ADDRESSED, BODY, HEADING, LEAD_IN, UNCHECKED, paragraph
from ntm_desktop.documents.wording import GAP, long_date, say
from ntm_desktop.facts.numerals import show_number
from ntm_desktop.paths import resources_folder
from ntm_desktop.snapshot.model import Snapshot

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

Block = Callable[[Sheet, str], "list[Flowable]"]

_BLOCKS: Final[Mapping[str, Block]] = {
    "conditions": conditions_table,
    "criteria": criteria_table,
    "declared": declared_section,
    "general": general_result,
    "half_year": half_year_table,
    "indicators": indicator_section,
    "kept": kept_section,
    "legal_basis": legal_basis,
    "reviewed": reviewed_table,
    "unmet": unmet_table,
}
ANNEX: Final = "evidence"
"""The one block that stands behind the signature, on lying pages."""
_EXPLAINED: Final = "difficulties"
"""The section that also gives what was written about single requirements."""


def forms_of(criterion_set: CriterionSet) -> tuple[PaperForm, ...]:
    """Return the papers a set prescribes, in order; the usual ones where it prescribes none."""
    return criterion_set.papers or usual_forms()


@cache
def usual_forms() -> tuple[PaperForm, ...]:
    """Return the papers of sets that prescribe none."""
    content = tomllib.loads((resources_folder() / "papers" / "forms.toml").read_text(encoding="utf-8"))
    return tuple(cast("PaperForm", read(PaperForm, one)) for one in content["papers"])


def sections_of(form: PaperForm) -> tuple[PaperPart, ...]:
    """Return the parts of a paper that are written by the officers, each section once."""
    found: dict[str, PaperPart] = {}
    for part in form.parts:
        if part.section:
            found.setdefault(part.section, part)
    return tuple(found.values())


def write_form(form: PaperForm, snapshot: Snapshot, target: Path | BinaryIO) -> int:
    """Write a paper as PDF and return how many pages it has.

    Raises FileUnwritable or DiskFull for a path that cannot be written.
    """
    return write_paper(paper_of(form, snapshot), target)


def paper_of(form: PaperForm, snapshot: Snapshot) -> Paper:
    """Return a paper, ready to be drawn; a story is drawn once."""
    width, sheet = _room_of(form), sheet_of(form, snapshot)
    places = places_of(snapshot)
    office, kind = sheet.office, form.kind
    body, last = _split_end([part for part in form.parts if part.block != ANNEX])
    end = _paragraphs(fill(last.text, places)) if last is not None else []
    story: list[Flowable] = [
        *head_of_paper(office, form.symbol, width),
        *title_of_paper(kind, fill(form.abstract, places)),
        *([] if form.basis is Basis.OFFICIAL else [paragraph(say("forms.unchecked"), UNCHECKED)]),
        *_addressed(fill(form.addressed, places)),
        *(flowable for part in body for flowable in part_story(part, sheet, places)),
        *end[:-1],
        *end_of_paper(office, [fill(line, places) for line in form.recipients], end[-1:], width),
    ]
    for part in form.parts:
        if part.block == ANNEX:
            story += annex_story(form, part, sheet, places)
    return Paper(
        title=say(
            "forms.document_title",
            title=fill(form.title.vi, places),
            year=snapshot.year,
            commune=office.commune,
            province=office.province,
        ),
        author=office.body,
        program=snapshot.program,
        taken_at=snapshot.taken_at,
        story=story,
        lying=form.layout is PaperLayout.LANDSCAPE,
    )


def sheet_of(form: PaperForm, snapshot: Snapshot) -> Sheet:
    """Return what the parts of a paper are drawn from."""
    return Sheet(snapshot, office_of(snapshot), _room_of(form) / mm)


def _room_of(form: PaperForm) -> float:
    return float(LYING_WIDTH if form.layout is PaperLayout.LANDSCAPE else TEXT_WIDTH)


def annex_story(form: PaperForm, part: PaperPart, sheet: Sheet, places: Mapping[str, str]) -> list[Flowable]:
    """Return what stands behind the signature, on pages of its own."""
    of = AnnexOf(form.kind.capitalize(), form.symbol, fill(part.heading, places))
    return evidence_annex(sheet.snapshot, sheet.office, of)


def places_of(snapshot: Snapshot) -> dict[str, str]:
    """Return what the named places of a form say for this dossier."""
    office, evaluation = office_of(snapshot), snapshot.evaluation
    criteria = [result.verdict for result in evaluation.criteria.values()]
    counts = evaluation.counts()
    numbers = {
        "criteria_met": criteria.count(Verdict.MET),
        "criteria_total": len(snapshot.set.criteria),
        "evidence": len(snapshot.evidence),
        "hamlets": len(snapshot.hamlets),
        "indicators_met": counts[Verdict.MET],
        "indicators_not_applicable": counts[Verdict.NOT_APPLICABLE],
        "indicators_not_met": counts[Verdict.NOT_MET],
        "indicators_total": len(snapshot.set.indicators()),
        "indicators_undetermined": counts[Verdict.UNDETERMINED],
    }
    return {name: show_number(Fraction(number)) for name, number in numbers.items()} | {
        "body": office.body,
        "commune": office.commune,
        "date": long_date(snapshot.assessed_on),
        "gap": GAP,
        "hamlet_label": snapshot.commune.hamlet_label,
        "last_year": str(snapshot.year - 1),
        "place": office.place,
        "province": office.province,
        "set": snapshot.set.title.vi,
        "year": str(snapshot.year),
    }


def _split_end(parts: list[PaperPart]) -> tuple[list[PaperPart], PaperPart | None]:
    """Part the last text from the rest: its last paragraph stays on the page of the signature."""
    if not parts:
        return [], None
    last = parts[-1]
    plain = last.text.strip() and not (last.heading or last.block or last.section or last.figures)
    return (parts[:-1], last) if plain else (parts, None)


def _addressed(to: str) -> list[Flowable]:
    return [paragraph(say("forms.addressed", to=to), ADDRESSED)] if to else []


def part_story(part: PaperPart, sheet: Sheet, places: Mapping[str, str]) -> Iterator[Flowable]:
    """Yield heading, text, block, figures and section; the heading stands above whichever comes first."""
    heading = fill(part.heading, places)
    text = _paragraphs(fill(part.text, places))
    if heading and (text or not part.block):
        yield paragraph(heading, HEADING)
        heading = ""
    yield from text
    if part.block:
        yield from _BLOCKS[part.block](sheet, heading)
    if part.figures:
        yield from figures_table(sheet, part.figures)
    if part.section:
        yield from _section(part, sheet, places)


def _section(part: PaperPart, sheet: Sheet, places: Mapping[str, str]) -> list[Flowable]:
    """Return what the officers wrote; a section they left empty says so."""
    snapshot = sheet.snapshot
    text = snapshot.remarks.get(part.section, "")
    if part.columns:
        columns = [fill(one, places) for one in part.columns]
        rows = typed_rows(text, [fill(one, places) for one in part.rows], len(columns))
        if rows:
            return typed_table(sheet, columns, rows)
    written = [] if part.columns else _paragraphs(text)
    if part.section == _EXPLAINED:
        written += _remarks_on_requirements(snapshot)
    return written or [paragraph(say("sections.empty"), BODY)]


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
