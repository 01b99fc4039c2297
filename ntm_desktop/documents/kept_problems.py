"""What the review pointed at and the commune kept as it is, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ntm_desktop.criteria.model import Requirement
from ntm_desktop.documents.office import Sheet
from ntm_desktop.documents.styles import CELL, CELL_CENTRE, paragraph
from ntm_desktop.documents.tables import Row, fitted, heading_above_table, make_table
from ntm_desktop.documents.wording import say
from ntm_desktop.snapshot.model import KEPT_PREFIX, Snapshot

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_WIDTHS: Final = (16, 62, 57, 30)
_COLUMNS: Final = ("code", "what", "reason", "who")


def kept_section(sheet: Sheet, heading: str) -> list[Flowable]:
    """Return heading and list of the problems that were kept; nothing when there are none."""
    snapshot = sheet.snapshot
    rows = list(_rows(snapshot))
    if not rows:
        return []
    head = [say(f"sections.kept_{column}") for column in _COLUMNS]
    return [
        *heading_above_table(heading, say("sections.kept_intro")),
        make_table(head, rows, fitted(_WIDTHS, sheet.room)),
    ]


def _rows(snapshot: Snapshot) -> Iterator[Row]:
    requirements = {one.code: one for one in snapshot.set.requirements()}
    for name, text in sorted(snapshot.remarks.items()):
        if not name.startswith(KEPT_PREFIX):
            continue
        kind, _slash, rest = name.removeprefix(KEPT_PREFIX).partition("/")
        code, _slash, about = rest.partition("/")
        reason, _line, who = text.rpartition("\n")
        yield Row(
            [
                [paragraph(code, CELL_CENTRE)],
                [paragraph(_what(snapshot, requirements.get(code), kind, about), CELL)],
                [paragraph(reason, CELL)],
                [paragraph(who, CELL)],
            ]
        )


def _what(snapshot: Snapshot, requirement: Requirement | None, kind: str, about: str) -> str:
    """Return what was pointed at: the message of the rule, or the kind with the name of the figure or file."""
    if requirement is not None and kind == "check":
        found = next((check.message.vi for check in requirement.checks if check.code == about), "")
        return found or say("kept.other")
    sentence = "other" if kind == "check" else kind
    return say(f"kept.{sentence}", label=_label(snapshot, requirement, about))


def _label(snapshot: Snapshot, requirement: Requirement | None, about: str) -> str:
    element = snapshot.set.catalogue.elements.get(about.partition("|")[0])
    if element is not None:
        return element.label.vi
    rule = next((one for one in (requirement.evidence if requirement else ()) if one.code == about), None)
    if rule is not None:
        return rule.label.vi
    return next((one.title or one.name for one in snapshot.evidence if one.sha256 == about), about)
