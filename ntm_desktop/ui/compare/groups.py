"""The groups of a comparison: how many indicators have each pair of verdicts; one of them is looked at.

One Tab stop; the arrow keys move inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.comparison_paper import verdict_words
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, State, TextRole
from ntm_desktop.ui.packs.flips import STATES

ALL = "all"
_HEIGHT = 32
_BAR = 3
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


class _GroupRow(QAbstractButton):
    """Draw one group; the list moves the focus."""

    def __init__(self, group: Group, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = group
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        if chosen:
            painter.fillRect(self.rect(), colour(Ink.ACCENT_SOFT))
            painter.fillRect(0, 0, _BAR, self.height(), colour(Ink.ACCENT))
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


class GroupList(QWidget):
    """Show the groups; emit the key of the one that is chosen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Indicators by their results under both sets"))
        self._rows: list[_GroupRow] = []
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_groups(self, groups: Sequence[Group], chosen: str) -> None:
        """Show these groups with one of them chosen."""
        for row in self._rows:
            self._group.removeButton(row)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_GroupRow(group, self) for group in groups]
        for row in self._rows:
            self._group.addButton(row)
            self._column.addWidget(row)
            row.setChecked(row.entry.key == chosen)

    def words(self) -> list[str]:
        """Return what each row says, from top to bottom."""
        return [row.accessibleName() for row in self._rows]

    def ring_area(self) -> QRect:
        """Return where the focus ring goes: around the chosen row."""
        for row in self._rows:
            if row.isChecked():
                return row.rect().translated(row.pos()).adjusted(2, 2, -2, -2)
        return self.rect()

    def _clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, _GroupRow):
            self.chosen.emit(button.entry.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        place = next((number for number, row in enumerate(self._rows) if row.isChecked()), -1) + step
        if 0 <= place < len(self._rows):
            self._rows[place].setChecked(True)
            self.chosen.emit(self._rows[place].entry.key)
            self.update()
