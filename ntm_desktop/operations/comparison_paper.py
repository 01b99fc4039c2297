"""A comparison of two sets in words, printed as PDF or written as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from ntm_desktop import __version__
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.subject import Commune
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.comparison import Comparison, Part
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.distances import Sentence
from ntm_desktop.operations.pack_words import earliest_sentence, stands, why
from ntm_desktop.operations.targets import require_file_target
from ntm_desktop.operations.wording import verdict_word
from ntm_desktop.sheets.layout import Look, PlannedCell, PlannedSheet, PlannedWorkbook

__all__ = ["ORDER", "Shown", "earliest_words", "notes", "part_words", "set_words", "shown", "write_paper"]

ORDER: tuple[Verdict | None, ...] = (
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.UNDETERMINED,
    Verdict.NOT_APPLICABLE,
    None,
)
"""In which order pairs of verdicts are counted up."""
_WIDTHS = (9, 52, 20, 20, 60, 44)


class Shown(StrEnum):
    """Which parts of a comparison are shown."""

    ALL = "all"
    DIFFERENT = "different"
    DIGITAL = "digital"


DIGITAL_TAG = "chuyen_doi_so"


def shown(parts: Iterable[Part], which: Shown) -> tuple[Part, ...]:
    """Return the parts that are asked for, in their order."""
    if which is Shown.DIFFERENT:
        return tuple(one for one in parts if one.differs)
    if which is Shown.DIGITAL:
        return tuple(one for one in parts if DIGITAL_TAG in one.tags)
    return tuple(parts)


def part_words(desk: Desk, comparison: Comparison, part: Part) -> Sentence:
    """Return why a part differs and where the commune stands; of one that is the same, only where it stands."""
    if part.change.before is None:
        return Sentence(_("Only in the second set"), stands(desk, comparison.move, part.change))
    if part.change.after is None:
        return Sentence(_("Only in the first set"))
    if part.differs:
        return why(desk, comparison.move, part.change)
    return Sentence("", stands(desk, comparison.move, part.change))


def earliest_words(comparison: Comparison, part: Part) -> str:
    """Return when a part can be met at the earliest; empty where no closed year keeps it from that."""
    return "" if part.earliest is None else earliest_sentence(part.earliest, comparison.move.after)


def set_words(source: CriterionSet) -> str:
    """Return the short title of a set with its version."""
    return _("{set}, version {version}").format(set=source.short_title, version=source.version)


def notes(comparison: Comparison) -> Iterator[str]:
    """Yield what has to be known to read the comparison."""
    if not comparison.kin:
        yield _("Indicators of the two sets are matched by what they measure; their numbers may differ.")
    for second, count in ((False, comparison.only_in(second=False)), (True, comparison.only_in(second=True))):
        if count:
            yield _only_in(count, second=second)
    if comparison.unchecked:
        yield ngettext(
            "Second set: {count} threshold or rule is not compared with the official text.",
            "Second set: {count} thresholds and rules are not compared with the official text.",
            comparison.unchecked,
        ).format(count=comparison.unchecked)
    if not comparison.move.after.complete:
        yield _("The second set is not complete yet.")


def _only_in(count: int, *, second: bool) -> str:
    if second:
        return ngettext(
            "{count} indicator is only in the second set.",
            "{count} indicators are only in the second set.",
            count,
        ).format(count=count)
    return ngettext(
        "{count} indicator is only in the first set.", "{count} indicators are only in the first set.", count
    ).format(count=count)


def write_paper(desk: Desk, comparison: Comparison, target: Path, which: Shown = Shown.ALL) -> None:
    """Write a comparison, as a workbook where the name ends in `.xlsx`, else as PDF.

    Raises NoPlaceForFiles, DiskFull, FileUnwritable.
    """
    require_file_target(target, desk.workspace.folder)
    if target.suffix.lower() == ".xlsx":
        from ntm_desktop.sheets.write import write_workbook

        write_workbook(_workbook(desk, comparison, which), target)
        return
    from ntm_desktop.documents.comparison import ComparedRow, ComparedSets, write_comparison

    rows = []
    for part in shown(comparison.parts, which):
        change, words = part.change, part_words(desk, comparison, part)
        rows.append(
            ComparedRow(
                code_words(part),
                str(change.name),
                change.before,
                change.after,
                tuple(line for line in (words.gap, words.rest) if line),
                earliest_words(comparison, part),
            )
        )
    compared = ComparedSets(
        commune=commune_words(desk.commune),
        year=comparison.move.dossier.year,
        first=set_words(comparison.move.before),
        second=set_words(comparison.move.after),
        counts=tuple((*pair, count) for pair, count in counted(comparison)),
        rows=tuple(rows),
        notes=tuple(notes(comparison)),
        program=__version__,
        taken_at=desk.now_utc(),
    )
    write_comparison(compared, target)


def counted(comparison: Comparison) -> tuple[tuple[tuple[Verdict | None, Verdict | None], int], ...]:
    """Return how many indicators have each pair of verdicts: what falls first, then what rises, then what stays."""
    pairs = comparison.counted().items()
    places = {verdict: place for place, verdict in enumerate(ORDER)}

    def order(item: tuple[tuple[Verdict | None, Verdict | None], int]) -> tuple[bool, bool, int, int]:
        (before, after), _count = item
        return before is after, None in (before, after), places[before], places[after]

    return tuple(sorted(pairs, key=order))


def code_words(part: Part) -> str:
    """Return the code in the second set, with that of the first where it is another."""
    change = part.change
    if change.condition or change.old_code in {"", change.code}:
        return "" if change.condition else change.code
    return _("{new} (was {old})").format(new=change.code, old=change.old_code)


def commune_words(commune: Commune) -> str:
    """Return the commune with its province."""
    return _("{kind} {name}, {province}").format(
        kind=commune.kind, name=commune.name, province=commune.province
    )


def verdict_words(verdict: Verdict | None) -> str:
    """Return the word for a verdict, or that the set does not have the part."""
    return _("Not in this set") if verdict is None else verdict_word(verdict)


def _workbook(desk: Desk, comparison: Comparison, which: Shown) -> PlannedWorkbook:
    move = comparison.move
    title = _("{first} and {second}, figures of {year}").format(
        first=set_words(move.before), second=set_words(move.after), year=move.dossier.year
    )
    head = (
        _("Code"),
        _("Indicator"),
        set_words(move.before),
        set_words(move.after),
        _("Why"),
        _("At the earliest"),
    )
    rows = [
        (PlannedCell(commune_words(desk.commune), Look.NOTE, span=len(head)),),
        (PlannedCell(title, Look.TITLE, span=len(head)),),
        *((PlannedCell(note, Look.NOTE, span=len(head)),) for note in notes(comparison)),
        tuple(PlannedCell(words, Look.HEADING) for words in head),
    ]
    above = len(rows)
    for part in shown(comparison.parts, which):
        change, said = part.change, part_words(desk, comparison, part)
        words = (
            code_words(part),
            str(change.name),
            verdict_words(change.before),
            verdict_words(change.after),
            "\n".join(line for line in (said.gap, said.rest) if line),
            earliest_words(comparison, part),
        )
        rows.append(tuple(PlannedCell(text, Look.LABEL) for text in words))
    sheet = PlannedSheet(_("Comparison"), tuple(rows), widths=_WIDTHS, frozen_rows=above)
    return PlannedWorkbook(title, (sheet,))
