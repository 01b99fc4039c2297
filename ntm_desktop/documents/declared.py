"""What the commune swears to by itself: thresholds it confirmed and the properties that choose thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ntm_desktop.documents.figures import confirmed_text
from ntm_desktop.documents.office import Sheet
from ntm_desktop.documents.styles import BODY, CELL, CELL_CENTRE, HEADING, paragraph
from ntm_desktop.documents.tables import Row, fitted, heading_above_table, make_table
from ntm_desktop.documents.wording import say, short_date
from ntm_desktop.snapshot.model import Snapshot

if TYPE_CHECKING:
    from datetime import date

    from reportlab.platypus import Flowable

_WIDTHS: Final = (16, 48, 32, 26, 21, 22)
_COLUMNS: Final = ("code", "what", "value", "document", "dated", "who")


def declared_section(sheet: Sheet, heading: str) -> list[Flowable]:
    """Return heading and list of what no set and no province vouches for."""
    snapshot = sheet.snapshot
    rows = [*_thresholds(snapshot), *_profile(snapshot)]
    if not rows:
        return [paragraph(heading, HEADING), paragraph(say("sections.declared_none"), BODY)]
    head = [say(f"sections.declared_{column}") for column in _COLUMNS]
    return [
        *heading_above_table(heading, say("sections.declared_intro")),
        make_table(head, rows, fitted(_WIDTHS, sheet.room)),
    ]


def _thresholds(snapshot: Snapshot) -> Iterator[Row]:
    conditions = (condition.requirement for condition in snapshot.set.conditions)
    requirements = {one.code: one for one in (*snapshot.set.requirements(), *conditions)}
    for confirmation in snapshot.confirmations:
        requirement = requirements.get(confirmation.requirement)
        yield _row(
            code=confirmation.requirement,
            what=requirement.label.vi if requirement is not None else "",
            value=confirmed_text(requirement, confirmation),
            document=confirmation.document,
            dated=confirmation.dated,
            who=confirmation.who,
        )


def _profile(snapshot: Snapshot) -> Iterator[Row]:
    attributes = snapshot.set.catalogue.profile
    for name, entry in sorted(snapshot.profile.on(snapshot.assessed_on).items()):
        attribute = attributes.get(name)
        choices = (
            {choice.code: choice.label.vi for choice in attribute.choices} if attribute is not None else {}
        )
        yield _row(
            what=attribute.label.vi if attribute is not None else name,
            value=choices.get(entry.value, entry.value),
            document=entry.document,
            dated=entry.since,
        )


def _row(*, what: str, value: str, document: str, dated: date | None, code: str = "", who: str = "") -> Row:
    return Row(
        [
            [paragraph(code, CELL_CENTRE)],
            [paragraph(what, CELL)],
            [paragraph(value, CELL_CENTRE)],
            [paragraph(document, CELL)],
            [paragraph(short_date(dated), CELL_CENTRE)],
            [paragraph(who, CELL)],
        ]
    )
