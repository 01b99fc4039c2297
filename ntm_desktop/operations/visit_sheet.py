"""What a reviewer takes along to the commune: each indicator with its result, the remarks, and room to write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from ntm_desktop import __version__
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.shown import shown
from ntm_desktop.documents.result_sheet import ResultSheet, SheetTable, write_sheet
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.review_desk import ReviewDesk
from ntm_desktop.operations.review_remarks import Kept, Opened, RemarkState
from ntm_desktop.operations.wording import verdict_word

_WIDTHS = (14, 56, 24, 21, 50)


def write_visit_sheet(desk: ReviewDesk, opened: Opened, target: Path) -> int:
    """Write it as PDF and return how many pages it has. Raises FileUnwritable, DiskFull."""
    one = opened.incoming
    remarks = [
        kept for kept in desk.folder.notes.remarks(one.dossier) if kept.state is not RemarkState.SETTLED
    ]
    rounds = [
        _("{day}: {who}. {finding}").format(day=held.day, who=held.who, finding=held.finding)
        for held in desk.folder.notes.rounds(one.dossier)
    ]
    tables = () if opened.set is None else tuple(_tables(opened, opened.set, remarks))
    sheet = ResultSheet(
        title=_("ON-SITE INSPECTION"),
        headline=_("{commune} \u00b7 {set}, year {year}, revision {revision}").format(
            commune=one.commune_name, set=one.set_title, year=one.year, revision=one.revision
        ),
        lines=[
            _("Indicators met, recomputed: {met} of {total}").format(met=one.met, total=one.total),
            _("Check code: {code}").format(code=one.identity),
            *rounds,
        ],
        tables=tables,
        closing=[_("Inspected on .................... by ........................................")],
        taken_at=desk.now_utc(),
        program=__version__,
    )
    return write_sheet(sheet, target)


def _tables(opened: Opened, criterion_set: CriterionSet, remarks: list[Kept]) -> Iterator[SheetTable]:
    said: dict[str, list[str]] = defaultdict(list)
    for kept in remarks:
        said[kept.remark.requirement].append(f"{kept.remark.number}. {kept.remark.text}")
    results = opened.evaluation.requirements
    head = (_("Code"), _("Content"), _("Commune's result"), _("Verdict"), _("Remarks, what was found there"))
    for criterion in criterion_set.criteria:
        rows: list[tuple[str, ...]] = []
        for indicator in criterion.indicators:
            single = len(indicator.requirements) == 1
            if not single:
                words = verdict_word(opened.evaluation.indicators[indicator.code].verdict)
                rows.append((indicator.code, str(indicator.name), "", words, "\n".join(said[indicator.code])))
            for requirement in indicator.requirements:
                result = results[requirement.code]
                notes = said[requirement.code] + (said[indicator.code] if single else [])
                name = indicator.name if single else requirement.label
                code = indicator.code if single else requirement.code
                rows.append(
                    (
                        code,
                        str(name),
                        shown(requirement, result),
                        verdict_word(result.verdict),
                        "\n".join(notes),
                    )
                )
        if rows:
            yield SheetTable(f"{criterion.code}. {criterion.name}", head, rows, _WIDTHS)
