"""A template to begin with: the paper in its layout, every place where it belongs, and the list of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import HRFlowable, Spacer

from ntm_desktop.criteria.model import PaperForm, PaperLayout
from ntm_desktop.documents.forms import sheet_of
from ntm_desktop.documents.page import Paper
from ntm_desktop.documents.styles import (
    ABSTRACT,
    ADDRESSED,
    BODY,
    HEAD,
    HEADING,
    KIND,
    MOTTO,
    NATION,
    NUMBER,
    PLACE,
    RECIPIENTS,
    RECIPIENTS_TITLE,
    SIGNING,
    SUPERIOR,
    UNCHECKED,
    paragraph,
)
from ntm_desktop.documents.tables import Row, fitted, make_table, side_by_side
from ntm_desktop.documents.template_places import Place, content_name, places_for
from ntm_desktop.documents.wording import say
from ntm_desktop.snapshot.model import Snapshot

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable

_LEFT: Final = 68 * mm
_SIGNATURE: Final = 80 * mm
_ROOM: Final = 30 * mm
_NOT_IN_COMMENTS: Final = str.maketrans("{}#", "()-")


def sample_template(form: PaperForm, snapshot: Snapshot) -> Paper:
    """Return a paper whose words are the names of its places, to be written for Word."""
    sheet, places = sheet_of(form, snapshot), places_for(form, snapshot)
    room = sheet.room * mm
    tables = {one.name for one in places.parts if one.is_table}
    story = [*_head(room), *_title(), Spacer(0, 14)]
    for part in places.parts:
        story += _table(part, sheet.room) if part.is_table else _passage(part, tables)
    story += [Spacer(0, 12), _end(room)]
    story += [
        paragraph(f"{{#p {line.translate(_NOT_IN_COMMENTS)} #}}", BODY) for line in _listed(places.about)
    ]
    return Paper(
        say("template_sample.title"),
        sheet.office.body,
        snapshot.program,
        snapshot.taken_at,
        story,
        lying=form.layout is PaperLayout.LANDSCAPE,
    )


def _listed(about: tuple[Place, ...]) -> Iterator[str]:
    yield say("template_sample.comment")
    yield f"{content_name()}: {say('template_label.content')}"
    for one in about:
        yield f"{one.name}: {one.label}"


def _at(name: str) -> str:
    """Return the place as it is written in a text."""
    return f"{{{{ {say(f'template_name.{name}')} }}}}"


def _if(name: str, text: str, style: ParagraphStyle) -> list[Flowable]:
    """Return a paragraph that stands there only when its place says something."""
    return [
        paragraph(f"{{%p if {name} %}}", BODY),
        paragraph(text, style),
        paragraph("{%p endif %}", BODY),
    ]


def _head(room: float) -> list[Flowable]:
    left = [paragraph(_at("superior"), SUPERIOR), paragraph(_at("body_head"), HEAD), _rule(_LEFT * 0.4)]
    right = [
        paragraph(say("letterhead.nation"), NATION),
        paragraph(say("letterhead.motto"), MOTTO),
        _rule(62 * mm),
    ]
    under = [paragraph(_at("number"), NUMBER), paragraph(_at("place_and_date"), PLACE)]
    return [side_by_side([[left, right], under], [_LEFT, room - _LEFT]), Spacer(0, 18)]


def _title() -> list[Flowable]:
    return [
        paragraph(_at("kind"), KIND),
        paragraph(_at("abstract"), ABSTRACT),
        *_if(say("template_name.unchecked"), _at("unchecked"), UNCHECKED),
        *_if(say("template_name.addressed"), say("forms.addressed", to=_at("addressed")), ADDRESSED),
    ]


def _passage(part: Place, tables: set[str]) -> list[Flowable]:
    above = []
    if part.heading:
        table = say("template_name.table", name=part.name)
        said = f"{part.name} or {table}" if table in tables else part.name
        above = _if(said, part.heading, HEADING)
    return [*above, *_if(part.name, f"{{{{ {part.name} }}}}", BODY)]


def _table(part: Place, room: float) -> list[Flowable]:
    """Return a table of one row, repeated for every row there is; nothing where its columns are not known yet."""
    if not part.columns:
        return []
    row, rest = say("template_name.row"), [""] * (len(part.columns) - 1)
    rows = [
        Row([f"{{%tr for {row} in {part.name} %}}", *rest]),
        Row([f"{{{{ {row}.{name} }}}}" for name, _head in part.columns]),
        Row(["{%tr endfor %}", *rest]),
    ]
    return [make_table([head for _name, head in part.columns], rows, fitted(part.widths, room))]


def _end(room: float) -> Flowable:
    left = [
        paragraph(say("signature.recipients_title"), RECIPIENTS_TITLE),
        paragraph(_at("recipients"), RECIPIENTS),
    ]
    right = [paragraph(_at("signing"), SIGNING), Spacer(0, _ROOM), paragraph(_at("signatory"), SIGNING)]
    return side_by_side([[left, right]], [room - _SIGNATURE, _SIGNATURE])


def _rule(width: float) -> Flowable:
    return HRFlowable(width=width, thickness=0.8, color=black, spaceBefore=3, spaceAfter=0, hAlign="CENTER")
