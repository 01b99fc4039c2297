"""The index of files: every file of a dossier with size and SHA-256; signed, it binds the whole dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from ntm_desktop.documents.letterhead import end_of_paper, head_of_paper, title_of_paper
from ntm_desktop.documents.office import office_of
from ntm_desktop.documents.page import Paper, write_paper
from ntm_desktop.documents.styles import BODY, paragraph
from ntm_desktop.documents.tables import Row, broken_name, make_table
from ntm_desktop.documents.wording import lines, say
from ntm_desktop.facts.numerals import show_number
from ntm_desktop.snapshot.listing import WORD, listing_digest
from ntm_desktop.snapshot.model import Snapshot

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_WIDTHS: Final = (12, 61, 25, 67)
_COLUMNS: Final = ("number", "name", "size", "sha256")
_GROUP: Final = 8
_GROUPS_A_LINE: Final = 4
_ALIGNED: Final = ("CENTER", "LEFT", "RIGHT", "LEFT")


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file of the dossier as the index names it."""

    name: str
    """Path inside the container."""
    size: int
    """Bytes."""
    sha256: str
    """Hexadecimal."""


def write_index(snapshot: Snapshot, files: Sequence[IndexedFile], target: Path | BinaryIO) -> int:
    """Write the index of files as PDF, in the order given, and return how many pages it has.

    Raises FileUnwritable or DiskFull for a path that cannot be written.
    """
    return write_paper(index_of(snapshot, files), target)


def index_of(snapshot: Snapshot, files: Sequence[IndexedFile]) -> Paper:
    """Return the index of files, ready to be drawn; a story is drawn once."""
    office = office_of(snapshot)
    places = {"year": snapshot.year, "commune": office.commune}
    total = show_number(Fraction(sum(file.size for file in files)))
    closing = say("index.total", count=len(files), size=total) if files else say("index.none")
    head = [say(f"index.{column}") for column in _COLUMNS]
    table = [make_table(head, _rows(files), _WIDTHS, _ALIGNED)] if files else []
    story: list[Flowable] = [
        *head_of_paper(office, say("index.symbol")),
        *title_of_paper(say("index.kind"), say("index.abstract", **places)),
        paragraph(say("index.intro", dossier=snapshot.dossier, revision=snapshot.revision), BODY),
        *table,
        *end_of_paper(office, lines("index.recipients"), [paragraph(closing, BODY)]),
    ]
    title = say("index.document_title", year=snapshot.year, commune=office.commune, province=office.province)
    return Paper(
        title=title,
        author=office.body,
        program=snapshot.program,
        taken_at=snapshot.taken_at,
        story=story,
        keywords=f"{WORD}={listing_digest((file.name, file.size, file.sha256) for file in files)}",
    )


def _rows(files: Sequence[IndexedFile]) -> list[Row]:
    return [
        Row(
            [
                str(number),
                broken_name(file.name, _WIDTHS[1]),
                show_number(Fraction(file.size)),
                grouped(file.sha256),
            ]
        )
        for number, file in enumerate(files, start=1)
    ]


def grouped(sha256: str) -> str:
    """Return the digits in groups of eight, four groups a line, for eyes that compare."""
    groups = [sha256[start : start + _GROUP] for start in range(0, len(sha256), _GROUP)]
    return "\n".join(
        " ".join(groups[start : start + _GROUPS_A_LINE]) for start in range(0, len(groups), _GROUPS_A_LINE)
    )
