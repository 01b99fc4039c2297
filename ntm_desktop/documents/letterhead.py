"""What stands around the content of a paper: head, kind and abstract, recipients and signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import HRFlowable, Spacer

from ntm_desktop.documents.office import Office
from ntm_desktop.documents.page import TEXT_WIDTH
from ntm_desktop.documents.signing_room import signing_room
from ntm_desktop.documents.styles import (
    ABSTRACT,
    BOLD,
    HEAD,
    HEAD_SIZE,
    KIND,
    MOTTO,
    MOTTO_SIZE,
    NATION,
    NUMBER,
    PLACE,
    RECIPIENTS,
    RECIPIENTS_TITLE,
    SIGNING,
    SUPERIOR,
    paragraph,
    text_width,
)
from ntm_desktop.documents.tables import side_by_side, together
from ntm_desktop.documents.wording import long_date, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

_LEFT_HEAD: Final = 68 * mm
_SIGNATURE_WIDTH: Final = 80 * mm
_SIGNATURE_ROOM: Final = 30 * mm
"""Between the office and the name: for the person's signature and the seal."""


def head_of_paper(office: Office, symbol: str, width: float = TEXT_WIDTH) -> list[Flowable]:
    """Return issuing body and national title, number and place with the date left open for the clerk."""
    first, second = office.head_lines
    motto = say("letterhead.motto")
    body_width = min(text_width(second, BOLD, HEAD_SIZE), _LEFT_HEAD)
    superior = [paragraph(office.superior, SUPERIOR)] if office.superior else []
    table = side_by_side(
        [
            [
                [*superior, paragraph(first, HEAD), paragraph(second, HEAD), _rule(body_width * 0.45)],
                [
                    paragraph(say("letterhead.nation"), NATION),
                    paragraph(motto, MOTTO),
                    _rule(text_width(motto, BOLD, MOTTO_SIZE)),
                ],
            ],
            [
                paragraph(number_line(office, symbol), NUMBER),
                paragraph(place_and_date(office), PLACE),
            ],
        ],
        [_LEFT_HEAD, width - _LEFT_HEAD],
        [("TOPPADDING", (0, 1), (-1, 1), 5)],
    )
    return [table, Spacer(0, 18)]


def number_line(office: Office, symbol: str) -> str:
    """Return number and symbol; room is left for a number nobody typed."""
    if office.number:
        return say("letterhead.number_typed", number=office.number, symbol=symbol)
    return say("letterhead.number", symbol=symbol)


def place_and_date(office: Office) -> str:
    """Return place and day; room is left for a day nobody typed."""
    if office.issued_on is not None:
        return say("letterhead.place_and_day", place=office.place, date=long_date(office.issued_on))
    return say("letterhead.place_and_date", place=office.place, year=office.year)


def title_of_paper(kind: str, abstract: str) -> list[Flowable]:
    """Return kind and abstract, with the short rule under them."""
    return [
        paragraph(kind, KIND),
        paragraph(abstract, ABSTRACT),
        _rule(min(text_width(abstract, BOLD, 14), TEXT_WIDTH) * 0.4),
        Spacer(0, 14),
    ]


def end_of_paper(
    office: Office,
    recipients: Sequence[str],
    closing: Sequence[Flowable] = (),
    width: float = TEXT_WIDTH,
) -> list[Flowable]:
    """Return the last sentences with recipients and signature; they stay on one page."""
    left = [
        paragraph(say("signature.recipients_title"), RECIPIENTS_TITLE),
        *(paragraph(line, RECIPIENTS) for line in recipients),
    ]
    right = [
        *(paragraph(line, SIGNING) for line in office.signing_lines),
        signing_room(_SIGNATURE_WIDTH, _SIGNATURE_ROOM),
        paragraph(office.signatory, SIGNING),
    ]
    table = side_by_side([[left, right]], [width - _SIGNATURE_WIDTH, _SIGNATURE_WIDTH])
    return [together([*closing, Spacer(0, 12), table])]


def _rule(width: float) -> Flowable:
    return HRFlowable(width=width, thickness=0.8, color=black, spaceBefore=3, spaceAfter=0, hAlign="CENTER")
