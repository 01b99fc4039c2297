"""The named places of an office's own template: what a paper says, under names an office can write.

The names are those of resources/papers/vi.toml; the parts of a paper take theirs from their headings, so that a set
that changes its papers changes the places without a program. Names never change with the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reportlab.platypus import Paragraph

from ntm_desktop.criteria.model import Basis, PaperForm, PaperPart
from ntm_desktop.criteria.papers import PLACES, fill
from ntm_desktop.documents.forms import ANNEX, annex_story, part_story, places_of, sheet_of
from ntm_desktop.documents.letterhead import number_line, place_and_date
from ntm_desktop.documents.office import Sheet
from ntm_desktop.documents.office_template import Drawn, Filled, Row, Value, fill_template
from ntm_desktop.documents.plain_tables import plain_rows, plain_text
from ntm_desktop.documents.tables import Ruled
from ntm_desktop.documents.word import word_xml
from ntm_desktop.documents.wording import say
from ntm_desktop.facts.folding import fold
from ntm_desktop.snapshot.model import Snapshot

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

PARAGRAPH: Final = "\a"
"""Parts a text into paragraphs where it is filled in (docxtpl)."""
_NUMBERING: Final = re.compile(r"^(?:[ivxlc]+|[0-9]+|[a-z])[.)] ")
_CHANGING: Final = re.compile(r"\{[a-z_]+\}|\b(?:[0-9]{1,2}/)*(?:19|20)[0-9]{2}\b")
"""What differs from dossier to dossier: named places, days and years."""
_NOT_A_NAME: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 60
_KEYWORDS: Final = frozenset({"and", "else", "for", "if", "in", "is", "loop", "none", "not", "or", "true"})
_PASSAGES: Final = frozenset({"general", "legal_basis"})
"""Blocks that are sentences; the others are tables."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a paper."""

    name: str
    label: str
    value: Value
    columns: tuple[tuple[str, str], ...] = ()
    """Of a table: the name of each cell and the head above it."""
    widths: tuple[float, ...] = ()
    """Of the columns on the program's own paper, or each the same."""
    heading: str = ""
    """Of a part: what stands above it on the paper."""

    @property
    def is_table(self) -> bool:
        """Say whether its value is rows."""
        return not isinstance(self.value, str)


@dataclass(frozen=True, slots=True)
class Places:
    """All places of a paper."""

    about: tuple[Place, ...]
    """The dossier, the office and the frame of the paper."""
    parts: tuple[Place, ...]
    """What stands between title and signature, in its order."""

    @property
    def values(self) -> dict[str, Value]:
        """What each says, by name."""
        return {one.name: one.value for one in (*self.about, *self.parts)}


def places_for(form: PaperForm, snapshot: Snapshot) -> Places:
    """Return the places of a paper, filled from a snapshot."""
    sheet, texts = sheet_of(form, snapshot), places_of(snapshot)
    about = tuple(_about(form, sheet, texts))
    taken = {one.name for one in about} | _KEYWORDS | {content_name()}
    return Places(about, tuple(_parts(form, sheet, texts, taken)))


def drawn_content(form: PaperForm, snapshot: Snapshot) -> Drawn:
    """Return everything between title and signature as the program draws it."""
    sheet, texts = sheet_of(form, snapshot), places_of(snapshot)
    story: list[Flowable] = []
    for part in form.parts:
        if part.block != ANNEX:
            story += part_story(part, sheet, texts)
    return Drawn(content_name(), *word_xml(story))


def fill_own(template: bytes, name: str, form: PaperForm, snapshot: Snapshot) -> Filled:
    """Fill an office's own template with what a paper says. Raises what `fill_template` raises."""
    return fill_template(template, name, places_for(form, snapshot).values, drawn_content(form, snapshot))


def content_name() -> str:
    """Return the name of the place that takes the whole content."""
    return say("template_name.content")


def _about(form: PaperForm, sheet: Sheet, texts: Mapping[str, str]) -> Iterator[Place]:
    office = sheet.office
    found = {name: texts[name] for name in sorted(PLACES - {"gap"})} | {
        "abstract": fill(form.abstract, texts),
        "addressed": fill(form.addressed, texts),
        "body_head": " ".join(office.head_lines),
        "kind": form.kind,
        "number": number_line(office, form.symbol),
        "place_and_date": place_and_date(office),
        "recipients": PARAGRAPH.join(fill(line, texts) for line in form.recipients),
        "signatory": office.signatory,
        "signing": PARAGRAPH.join(office.signing_lines),
        "superior": office.superior,
        "unchecked": "" if form.basis is Basis.OFFICIAL else say("forms.unchecked"),
    }
    for name, value in found.items():
        yield Place(say(f"template_name.{name}"), say(f"template_label.{name}"), value)


def _parts(form: PaperForm, sheet: Sheet, texts: Mapping[str, str], taken: set[str]) -> Iterator[Place]:
    for number, part in enumerate(form.parts, 1):
        heading = fill(part.heading, texts)
        name = _free(_name_of(part, number), taken)
        label = heading or say("template_label.part", number=number)
        bare = replace(part, heading="")
        story = (
            annex_story(form, part, sheet, texts)
            if part.block == ANNEX
            else list(part_story(bare, sheet, texts))
        )
        ruled = [made for one in story if isinstance(made := getattr(one, "made_from", None), Ruled)]
        lines = [plain_text(one) for one in story if isinstance(one, Paragraph)]
        if part.block != ANNEX:
            yield Place(name, label, PARAGRAPH.join(line for line in lines if line), heading=heading)
        if _has_table(part):
            columns = _columns(part, ruled)
            rows = tuple(row for one in ruled for row in _rows(columns, one))
            table = _free(say("template_name.table", name=name), taken)
            widths = tuple(ruled[0].widths) if ruled else (1.0,) * len(columns)
            yield Place(table, say("template_label.table", name=label), rows, columns, widths)


def _has_table(part: PaperPart) -> bool:
    return bool(part.columns or part.figures or (part.block and part.block not in _PASSAGES))


def _name_of(part: PaperPart, number: int) -> str:
    named = _slug(part.heading)
    if not named and part.block:
        return say(f"template_name.block_{part.block}")
    return named or say("template_name.part", number=number)


def _columns(part: PaperPart, ruled: list[Ruled]) -> tuple[tuple[str, str], ...]:
    """Return name and head of each column; those an officer fills are named without the years in their heads."""
    heads = list(ruled[0].head) if ruled else [say("forms.number"), *part.columns] if part.columns else []
    stable = [say("forms.number"), *part.columns] if part.columns else heads
    taken: set[str] = set()
    return tuple(
        (_free(_slug(name) or say("template_name.part", number=number), taken), head)
        for number, (name, head) in enumerate(zip(stable, heads, strict=True), 1)
    )


def _rows(columns: tuple[tuple[str, str], ...], ruled: Ruled) -> Iterator[Row]:
    names = [name for name, _head in columns]
    for row in plain_rows(ruled):
        yield dict(zip(names, row, strict=True))


def _slug(text: str) -> str:
    """Return a text as a name: no marks, no numbering, nothing that differs from dossier to dossier."""
    bare = _NUMBERING.sub("", fold(_CHANGING.sub(" ", text)))
    return _NOT_A_NAME.sub("_", bare).strip("_")[:_LONGEST].strip("_")


def _free(name: str, taken: set[str]) -> str:
    """Return the name, numbered when there is one such already, and never beginning with a digit."""
    base = f"muc_{name}" if name[:1].isdigit() else name
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}_{number}"
    taken.add(found)
    return found
