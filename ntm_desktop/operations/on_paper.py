"""Forms on paper for the heads of hamlets, and the sheet from which figures are typed into other software."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop import __version__
from ntm_desktop.criteria.estimates import is_estimate
from ntm_desktop.criteria.model import Table
from ntm_desktop.exchange.form import Asked, Band, cell_text
from ntm_desktop.facts.catalogue import ValueType
from ntm_desktop.facts.subject import Hamlet
from ntm_desktop.facts.text import show
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.answer import rows
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.fact_register import estimated_inputs
from ntm_desktop.operations.form import NoSuchHamlet, form
from ntm_desktop.operations.targets import require_file_target
from ntm_desktop.operations.wording import verdict_word

if TYPE_CHECKING:
    from ntm_desktop.documents.collection import Part, Question
    from ntm_desktop.documents.copy_sheet import CopyLine


def questions(desk: Desk, hamlet: str) -> tuple[Asked, ...]:
    """Return what is asked of a hamlet in the order of its paper. Raises LookupError, NoSuchHamlet."""
    return tuple(asked for band in form(desk, hamlet).bands for asked in band.asked)


def write_collection(desk: Desk, target: Path, hamlet: str = "") -> int:
    """Write the paper forms of all hamlets, or of one, as one PDF; return its pages.

    Raises NoDossierChosen, NoSuchHamlet, NoPlaceForFiles, DiskFull, FileUnwritable.
    """
    from ntm_desktop.documents.collection import Collection, collection_story
    from ntm_desktop.documents.page import Paper, write_paper

    dossier = desk.dossier
    if dossier is None:
        raise NoDossierChosen
    require_file_target(target, desk.workspace.folder)
    asked_of = [one for one in rows(desk, Table(())) if isinstance(one, Hamlet) and hamlet in {"", one.id}]
    if hamlet and not asked_of:
        raise NoSuchHamlet(hamlet)
    office = f"{desk.commune.kind} {desk.commune.name}".upper()
    word = desk.commune.hamlet_label.capitalize()
    forms = [
        Collection(
            office,
            f"{word} {one.name}",
            dossier.year,
            tuple(_part(band) for band in form(desk, one.id).bands if band.asked),
        )
        for one in asked_of
    ]
    title = _("Collection forms")
    return write_paper(Paper(title, office, __version__, desk.now_utc(), collection_story(forms)), target)


def _part(band: Band) -> Part:
    from ntm_desktop.documents.collection import Part

    return Part(band.code, band.title, tuple(_question(asked) for asked in band.asked))


def _question(asked: Asked) -> Question:
    from ntm_desktop.documents.collection import Question

    element = asked.element
    choices: tuple[str, ...] = ()
    if element.type is ValueType.YES_NO:
        choices = (_("Yes"), _("No"))
    elif element.type is ValueType.CHOICE:
        choices = tuple(str(one.label) for one in element.choices)
    before = "" if asked.last_year is None else show(element, asked.last_year)
    return Question(asked.label, element.unit, str(element.definition), choices, before)


def write_copy_sheet(desk: Desk, target: Path) -> None:
    """Write every figure in the order of the set: .xlsx as a list of texts, any other name as PDF.

    Raises NoDossierChosen, NoPlaceForFiles, DiskFull, FileHeld, FileUnwritable.
    """
    from ntm_desktop.documents.copy_sheet import copy_story
    from ntm_desktop.documents.page import Paper, write_paper
    from ntm_desktop.documents.wording import say
    from ntm_desktop.sheets.copying import write_rows

    dossier, criterion_set = desk.dossier, desk.set
    if dossier is None or criterion_set is None:
        raise NoDossierChosen
    require_file_target(target, desk.workspace.folder)
    lines = list(_copy_lines(desk))
    title = _("{set}, year {year}").format(set=criterion_set.short_title, year=dossier.year)
    if target.suffix.lower() == ".xlsx":
        head = [say(f"copy.{column}") for column in ("code", "what", "value", "verdict")]
        table = [head, *([line.code, line.label, line.value, line.verdict] for line in lines)]
        write_rows(target, title, table, (10, 70, 24, 20))
        return
    office = f"{desk.commune.kind} {desk.commune.name}"
    write_paper(Paper(title, office, __version__, desk.now_utc(), copy_story(title, lines)), target)


def _copy_lines(desk: Desk) -> Iterator[CopyLine]:
    from ntm_desktop.documents.copy_sheet import CopyLine
    from ntm_desktop.documents.wording import say

    bands = {band.code: band for band in form(desk).bands}
    evaluation = desk.evaluation
    for criterion in desk.compiled.source.criteria:
        verdict = verdict_word(evaluation.criteria[criterion.code].verdict)
        yield CopyLine(criterion.code, str(criterion.name), "", verdict, heading=True)
        for indicator in criterion.indicators:
            verdict = verdict_word(evaluation.indicators[indicator.code].verdict)
            if any(estimated_inputs(desk, one.code) for one in indicator.requirements):
                verdict = say("copy.rests_on_estimate", verdict=verdict)
            yield CopyLine(indicator.code, str(indicator.name), "", verdict, heading=True)
            band = bands.get(indicator.code)
            for asked in band.asked if band is not None else ():
                mark = say("copy.estimated") if is_estimate(asked.fact) else ""
                yield CopyLine("", asked.label, cell_text(asked.element, asked.fact), mark)


__all__ = ["Asked", "questions", "write_collection", "write_copy_sheet"]
