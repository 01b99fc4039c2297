"""Card 1: who is entering, and the commune, found while typing."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.start import Unit, find_communes
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.inputs import TextInput
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.start.numbered import numbered_head

_ROW = 48
_MOST = 6


class _UnitPainter(QStyledItemDelegate):
    """Two lines: the name, then province and code; a tick on the chosen one."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _ROW)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        unit = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.fillRect(area, colour(Ink.ACCENT_SOFT if selected else Ink.SURFACE))
        if selected:
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), colour(Ink.ACCENT))
            at = QRectF(area.right() - 30, area.center().y() - 8, icons.GRID, icons.GRID)
            icons.paint(painter, at, "met", Ink.ACCENT)
        left = area.left() + 14
        painter.setFont(fonts.font(TextRole.STRONG if selected else TextRole.BODY))
        painter.setPen(colour(Ink.TEXT))
        painter.drawText(QRect(left, area.top() + 4, area.width() - 50, 21), 0, f"{unit.kind} {unit.name}")
        painter.setFont(fonts.font(TextRole.SMALL))
        painter.setPen(colour(Ink.TEXT2))
        second = _("{province} \u00b7 code {code}").format(province=unit.province, code=unit.code)
        painter.drawText(QRect(left, area.top() + 25, area.width() - 50, 19), 0, second)
        painter.restore()


class CommuneCard(Card):
    """Ask who is entering and for the commune."""

    changed = Signal()
    advanced = Signal()
    """Enter was pressed after the commune was chosen."""

    def __init__(self, who: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.addWidget(numbered_head(1, _("Officer and commune")))
        self.who = TextInput(_("Who is entering"), label=_("Full name of who is entering (no password)"))
        self.who.set_text(who)
        self.who.edit.textChanged.connect(self._who_changed)
        self.who.hide_below()
        self.body.addWidget(self.who)
        self.query = TextInput(_("Commune"), label=_("Name or code of the commune"))
        self.query.set_placeholder(_("For example: vinh an, or 30604"))
        self.query.edit.textEdited.connect(self._search)
        self.query.edit.installEventFilter(self)
        self.query.advanced.connect(self.advanced)
        self.who.advanced.connect(self.query.focus)
        self.query.hide_below()
        self.body.addWidget(self.query)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Communes found"))
        self.list.setItemDelegate(_UnitPainter(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._chosen)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys choose from the line above
        self.list.hide()
        self.body.addWidget(self.list)
        self._found = Words(
            _("Type without diacritics or type the code."), TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP
        )
        self.body.addWidget(self._found)

    def unit(self) -> Unit | None:
        """Return the chosen commune."""
        item = self.list.currentItem() if self.list.count() else None
        unit = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return unit if isinstance(unit, Unit) else None

    def _who_changed(self, _text: str) -> None:
        self.changed.emit()

    def _search(self, text: str) -> None:
        matches = find_communes(text, limit=50)
        self.list.clear()
        for unit in matches.units:
            item = QListWidgetItem(f"{unit.kind} {unit.name}, {unit.province}, {unit.code}")
            item.setData(Qt.ItemDataRole.UserRole, unit)
            self.list.addItem(item)
        self._unfold()
        self._found.set_text(
            _(
                "Found {found} of {total} communes, wards and special zones. Type without diacritics or type the code."
            ).format(
                found=f"{matches.found:,}".replace(",", "."), total=f"{matches.total:,}".replace(",", ".")
            )
        )
        if matches.units:
            self.list.setCurrentRow(0)
        self.changed.emit()

    def _unfold(self) -> None:
        """Show up to six matches."""
        self._show_rows(min(self.list.count(), _MOST))

    def _fold(self) -> None:
        """Show the chosen commune alone once the officer has gone on."""
        self._show_rows(min(self.list.count(), 1))
        if self.list.currentItem() is not None:
            self.list.scrollToItem(self.list.currentItem(), QAbstractItemView.ScrollHint.PositionAtTop)

    def _show_rows(self, rows: int) -> None:
        self.list.setVisible(rows > 0)
        self.list.setFixedHeight(rows * _ROW + 2)

    def _chosen(self, _now: QListWidgetItem, _before: QListWidgetItem) -> None:
        self.changed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys choose while the words are being typed; fold the matches when the focus goes on."""
        if isinstance(event, QFocusEvent) and event.reason() != Qt.FocusReason.PopupFocusReason:
            if event.gotFocus():
                self._unfold()
            else:
                self._fold()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.list.count():
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
        return super().eventFilter(watched, event)
