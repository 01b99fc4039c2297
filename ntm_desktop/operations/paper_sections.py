"""What officers write into the papers of a dossier: stored at once, undone like a figure, frozen with the dossier."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from ntm_desktop.criteria.model import PaperForm
from ntm_desktop.criteria.papers import fill
from ntm_desktop.documents.forms import forms_of, places_of, sections_of
from ntm_desktop.operations.answer import require_open
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.seal import Prepared
from ntm_desktop.workspace.states import NewRemark

__all__ = ["Section", "listed", "sections", "write_section"]

LONGEST_SECTION = 40_000
"""Characters of a section."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper that is written in the window."""

    name: str
    heading: str
    text: str
    columns: tuple[str, ...] = ()
    """Heads of the table its lines fill; none: its lines are paragraphs."""
    given: tuple[str, ...] = ()
    """First cells that are there already."""


def listed(desk: Desk) -> tuple[PaperForm, ...]:
    """Return the papers of the chosen dossier's set, in order. Raises NoDossierChosen."""
    return forms_of(desk.compiled.source)


def sections(desk: Desk, form: PaperForm, prepared: Prepared) -> tuple[Section, ...]:
    """Return what can be written for a paper, with what was written."""
    written = desk.workspace.remarks(_dossier(desk))
    places = places_of(prepared.snapshot)
    return tuple(
        Section(
            part.section,
            fill(part.heading, places),
            written.get(part.section, ""),
            tuple(fill(one, places) for one in part.columns),
            tuple(fill(one, places) for one in part.rows),
        )
        for part in sections_of(form)
    )


def write_section(desk: Desk, section: str, text: str) -> Change:
    """Store what was written; an empty text takes the section away.

    Raises DossierClosed and what `Desk.record` raises.
    """
    require_open(desk)
    written = unicodedata.normalize("NFC", text).strip("\n")[:LONGEST_SECTION]
    kept = written if written.strip() else None
    return desk.record([NewRemark(_dossier(desk), section, kept)], "section")


def _dossier(desk: Desk) -> str:
    if desk.dossier is None:
        raise NoDossierChosen
    return desk.dossier.id
