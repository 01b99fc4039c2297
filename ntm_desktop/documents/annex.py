"""The annex of a paper: the list of evidence, on lying pages because its rows are wide."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from reportlab.platypus import Spacer

from ntm_desktop.documents.figures import figure_name
from ntm_desktop.documents.office import Office
from ntm_desktop.documents.page import LANDSCAPE, turn_to
from ntm_desktop.documents.styles import ABSTRACT, CELL, CELL_CENTRE, CELL_NOTE, KIND, REFERENCE, paragraph
from ntm_desktop.documents.tables import Row, broken_name, cell, make_table
from ntm_desktop.documents.wording import say, short_date
from ntm_desktop.facts.numerals import show_number
from ntm_desktop.snapshot.content import file_evidence
from ntm_desktop.snapshot.model import Evidence, Snapshot

if TYPE_CHECKING:
    from reportlab.platypus import Flowable, Paragraph

_WIDTHS: Final = (12, 70, 84, 34, 26, 26)
_ALIGNED: Final = ("CENTER", "LEFT", "LEFT", "CENTER", "CENTER", "RIGHT")
_COLUMNS: Final = ("number", "what", "file", "links", "dated", "size")


@dataclass(frozen=True, slots=True)
class AnnexOf:
    """The paper an annex belongs to."""

    kind: str
    """As in a sentence: `Bao cao`."""
    symbol: str
    heading: str


def evidence_annex(snapshot: Snapshot, office: Office, of: AnnexOf) -> list[Flowable]:
    """Return the annex, or nothing when there is no evidence."""
    rows = _rows(snapshot)
    if not rows:
        return []
    return [
        *turn_to(LANDSCAPE),
        paragraph(say("annex.kind"), KIND),
        paragraph(of.heading or say("annex.title"), ABSTRACT),
        Spacer(0, 4),
        paragraph(_reference(office, of), REFERENCE),
        make_table([say(f"annex.{column}") for column in _COLUMNS], rows, _WIDTHS, _ALIGNED),
    ]


def _reference(office: Office, of: AnnexOf) -> str:
    return say("annex.reference", kind=of.kind, symbol=of.symbol, year=office.year, body=office.body)


def _rows(snapshot: Snapshot) -> list[Row]:
    """List evidence in the order of what it is shown for, then by its file in the dossier."""
    order = {one.code: position for position, one in enumerate(snapshot.set.requirements())}
    filed = sorted(
        file_evidence(snapshot.evidence),
        key=lambda one: (
            min((order.get(link.requirement, len(order)) for link in one.evidence.links), default=len(order)),
            one.evidence.title or one.evidence.name,
            one.file,
        ),
    )
    separator = say("list.separator")
    return [
        Row(
            [
                str(number),
                _what(snapshot, one.evidence),
                broken_name(one.file.rpartition("/")[2], _WIDTHS[2]),
                cell(
                    separator.join(link.requirement for link in one.evidence.links), _WIDTHS[3], CELL_CENTRE
                ),
                short_date(one.evidence.dated),
                show_number(Fraction(one.evidence.size)),
            ]
        )
        for number, one in enumerate(filed, start=1)
    ]


def _what(snapshot: Snapshot, evidence: Evidence) -> str | list[Paragraph]:
    title = evidence.title or evidence.name
    if not evidence.spots:
        return cell(title, _WIDTHS[1], CELL)
    return [
        paragraph(title, CELL),
        *(paragraph(line, CELL_NOTE) for line in _spots(snapshot, evidence)),
    ]


def _spots(snapshot: Snapshot, evidence: Evidence) -> list[str]:
    """Return where in a file figures stand, a line for each."""
    return [say("annex.spot", figure=figure_name(snapshot, one.key), spot=one.spot) for one in evidence.spots]
