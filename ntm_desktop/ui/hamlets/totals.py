"""The two rows under a table: what each column comes to, and which requirements read it; drawn under its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.catalogue import ValueType
from ntm_desktop.facts.text import show, show_number
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.hamlet_tables import Total, Use
from ntm_desktop.operations.wording import verdict_word
from ntm_desktop.ui.entry.sheet import Sheet
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import TABLE_ROW, Ink, State, TextRole
from ntm_desktop.ui.parts.verdicts import STATES

_USES_ROW = 36
_ICON = 14
_SIDE = 10


class TotalsStrip(QWidget):
    """Stand under a sheet and follow its columns."""

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._title = ""
        self._totals: dict[int, Total] = {}
        self._uses: dict[int, tuple[Use, ...]] = {}
        self.setFixedHeight(TABLE_ROW + _USES_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sheet.horizontalHeader().sectionResized.connect(self.update)
        sheet.horizontalScrollBar().valueChanged.connect(self.update)

    def show_title(self, title: str) -> None:
        """Write before the totals what they are of."""
        self._title = title

    def show_totals(self, totals: Mapping[int, Total], uses: Mapping[int, tuple[Use, ...]]) -> None:
        """Show the totals of these columns; the others stay as they are."""
        self._totals.update(totals)
        self._uses.update(uses)
        self.setAccessibleName(self._title)
        self.setAccessibleDescription("; ".join(self.spoken()))
        self.update()

    def forget(self) -> None:
        """Show another table: nothing is known of its columns yet."""
        self._totals.clear()
        self._uses.clear()

    def spoken(self) -> list[str]:
        """Return each column with its total and its uses, in words."""
        model = self._sheet.table
        return [
            ", ".join((f"{model.label(at)}: {self.total_words(at)}", *map(use_words, self._uses.get(at, ()))))
            for at in sorted(self._totals)
            if at < model.columnCount()
        ]

    def total_words(self, column: int) -> str:
        """Return what a column comes to: its sum, how many said yes, or that it is not complete."""
        total, element = self._totals[column], self._sheet.table.element(column)
        if not total.complete:
            return _("incomplete")
        if total.value is None:
            return "\u2013"
        if element.type is ValueType.YES_NO:
            rows = show_number(Fraction(total.rows))
            return _("{count} of {rows}").format(count=show_number(total.value), rows=rows)
        return show(element, total.value)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour(Ink.SUNKEN))
        painter.fillRect(0, 0, self.width(), 1, colour(Ink.TEXT2))
        painter.fillRect(0, TABLE_ROW, self.width(), 1, colour(Ink.LINE))
        left = self._sheet.verticalHeader().width() + self._sheet.frameWidth()
        names = QRectF(12, 0, left - 12, TABLE_ROW)
        below = names.translated(0, TABLE_ROW)
        _write(painter, names, self._title, _Look(TextRole.STRONG))
        _write(painter, below, _("Used for"), _Look(TextRole.SMALL, Ink.TEXT2))
        painter.setClipRect(left, 0, self.width() - left, self.height())
        for column in range(self._sheet.table.columnCount()):
            start = left + self._sheet.columnViewportPosition(column)
            area = QRectF(start + _SIDE, 0, self._sheet.columnWidth(column) - 2 * _SIDE, TABLE_ROW)
            self._paint_total(painter, area, column)
            self._paint_uses(painter, area.translated(0, TABLE_ROW + 1), column)

    def _is_right(self, column: int) -> bool:
        model = self._sheet.table
        flags = model.side(model.index(0, column)) if model.rowCount() else 0
        return bool(flags & int(Qt.AlignmentFlag.AlignRight))

    def _paint_total(self, painter: QPainter, area: QRectF, column: int) -> None:
        total = self._totals.get(column)
        if total is None:
            return
        words, right = self.total_words(column), self._is_right(column)
        state = None if total.complete else State.UND
        look = _Look(TextRole.STRONG, Ink.UND if state else Ink.TEXT, right, state)
        _write(painter, area, words, look)

    def _paint_uses(self, painter: QPainter, area: QRectF, column: int) -> None:
        found = self._uses.get(column, ())
        if not found:
            return
        right = self._is_right(column)
        one = min(found, key=lambda use: _LOUD.index(use.verdict))
        more = len(found) - 1
        words = (
            _("{code} and {count} more").format(code=one.requirement, count=more) if more else use_words(one)
        )
        state = STATES[one.verdict]
        look = _Look(TextRole.SMALL, state.ink, right, state)
        painter.setFont(fonts.font(TextRole.SMALL))
        if more or painter.fontMetrics().horizontalAdvance(words) + _ICON + 5 <= area.width():
            _write(painter, area, words, look)
            return
        upper, lower = QRectF(area), QRectF(area)  # too narrow for one line: the verdict goes below its code
        upper.setHeight(area.height() / 2)
        lower.setTop(upper.bottom())
        _write(painter, upper, one.requirement, look)
        _write(painter, lower, verdict_word(one.verdict), _Look(TextRole.SMALL, state.ink, right))


_LOUD = (Verdict.NOT_MET, Verdict.UNDETERMINED, Verdict.NOT_APPLICABLE, Verdict.MET)
"""Where several requirements read a column, the one that needs work is named."""


def use_words(use: Use) -> str:
    """Return a requirement with its verdict: "8.2.a Not met"."""
    return _("{code} {verdict}").format(code=use.requirement, verdict=verdict_word(use.verdict))


@dataclass(frozen=True, slots=True)
class _Look:
    """How words stand: their role and colour, at which side, with which state before them."""

    role: TextRole
    ink: Ink = Ink.TEXT
    right: bool = False
    state: State | None = None


def _write(painter: QPainter, area: QRectF, words: str, look: _Look) -> None:
    painter.setFont(fonts.font(look.role))
    painter.setPen(colour(look.ink))
    state = look.state
    room = area.width() - (_ICON + 5 if state is not None else 0)
    short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, int(room)))
    width = painter.fontMetrics().horizontalAdvance(short)
    start = area.right() - width if look.right else area.left() + (_ICON + 5 if state is not None else 0)
    if state is not None:
        at = QRectF(start - _ICON - 5, area.center().y() - _ICON / 2, _ICON, _ICON)
        icons.paint(painter, at, state.icon, state.ink, Ink.SUNKEN)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
    painter.drawText(QRectF(start, area.top(), width + 2, area.height()), flags, short)
