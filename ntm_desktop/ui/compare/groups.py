"""The groups of a comparison: how many indicators have each pair of verdicts; one of them is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.comparison_paper import verdict_words
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, State, TextRole
from ntm_desktop.ui.parts.pick_list import PickList, PickRow
from ntm_desktop.ui.parts.verdicts import STATES

ALL = "all"
_HEIGHT = 32
_ICON = 14
_BEFORE, _ARROW, _AFTER, _COUNT_END, _WORDS = 14, 36, 58, 100, 108
_SIDE = 12


@dataclass(frozen=True, slots=True)
class Group:
    """One pair of verdicts with how many indicators have it."""

    key: str
    words: str
    count: int
    pair: tuple[Verdict | None, Verdict | None] | None = None
    """None: everything."""


def pair_key(pair: tuple[Verdict | None, Verdict | None]) -> str:
    """Return the key of a group."""
    return " ".join("-" if one is None else one.value for one in pair)


def pair_words(before: Verdict | None, after: Verdict | None) -> str:
    """Return what a pair of verdicts means."""
    if before is None:
        return _("only in the second set: {verdict}").format(verdict=_inside(after))
    if after is None:
        return _("only in the first set: {verdict}").format(verdict=_inside(before))
    if before is after:
        return _("{verdict} under both sets").format(verdict=_inside(before))
    return _("{before} under the first, {after} under the second").format(
        before=_inside(before), after=_inside(after)
    )


def _inside(verdict: Verdict | None) -> str:
    """Return the word for a verdict as it stands inside a sentence."""
    words = verdict_words(verdict)
    return words[:1].lower() + words[1:]


class _GroupRow(PickRow):
    """Draw one group."""

    def __init__(self, group: Group, parent: QWidget) -> None:
        super().__init__(group.key, parent)
        self.entry = group
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{group.count} {group.words}")
        self.setToolTip(group.words)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WORDS + 120, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        chosen = self.isChecked()
        self.draw_chosen(painter)
        ground = Ink.ACCENT_SOFT if chosen else Ink.SURFACE
        if self.entry.pair is not None:
            for left, verdict in zip((_BEFORE, _AFTER), self.entry.pair, strict=True):
                state = State.NA if verdict is None else STATES[verdict]
                icons.paint(painter, self._icon_at(left), state.icon, state.ink, ground)
            icons.paint(painter, self._icon_at(_ARROW), "arrow", Ink.TEXT2, ground)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        painter.setPen(colour(Ink.TEXT))
        painter.setFont(fonts.font(TextRole.STRONG))
        count = QRectF(_AFTER + _ICON, 0, _COUNT_END - _AFTER - _ICON, self.height())
        painter.drawText(count, middle | Qt.AlignmentFlag.AlignRight, str(self.entry.count))
        role = TextRole.STRONG if chosen else TextRole.BODY
        painter.setFont(fonts.font(role))
        room = self.width() - _WORDS - _SIDE
        words = QFontMetrics(fonts.font(role)).elidedText(self.entry.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(_WORDS, 0, room, self.height()), middle, words)

    def _icon_at(self, left: int) -> QRectF:
        return QRectF(left, round((self.height() - _ICON) / 2), _ICON, _ICON)


class GroupList(PickList):
    """Show the groups; emit the key of the one that is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Indicators by their results under both sets"), parent)

    def show_groups(self, groups: Sequence[Group], chosen: str) -> None:
        """Show these groups with one of them chosen."""
        self.put([_GroupRow(group, self) for group in groups])
        self.choose(chosen)
