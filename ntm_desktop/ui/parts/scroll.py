"""The page that scrolls: a column of cards, left-aligned, growing to 860 and then stopping."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ntm_desktop.ui.look.tokens import BETWEEN_CARDS, CARD_WIDTH_MOST, FOCUS_ROOM


def scrolled(inside: QWidget, *, sideways: bool = False) -> QScrollArea:
    """Let a page of a small window scroll; it takes no focus and shows the ground it stands on."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(inside)
    inside.setAutoFillBackground(False)  # Qt switches it on
    return area


class CardColumn(QScrollArea):
    """A column of cards with room around for the focus ring."""

    def __init__(
        self, *, widest: int = CARD_WIDTH_MOST, spacing: int = BETWEEN_CARDS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._page = page = QWidget()
        self._cards = QWidget()
        self._cards.setMaximumWidth(widest)
        self.column = QVBoxLayout(self._cards)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(spacing)
        self.column.addStretch(1)
        self._around = QHBoxLayout(page)
        self._around.setContentsMargins(0, 0, FOCUS_ROOM, FOCUS_ROOM)
        self._around.setSpacing(0)
        self._around.addWidget(self._cards, 1000)
        self._around.addStretch(1)
        self.setWidget(page)
        page.setAutoFillBackground(False)  # Qt switches it on; the ground of whatever stands behind shows

    def add(self, card: QWidget) -> None:
        """Put a card below the others."""
        self.column.insertWidget(self.column.count() - 1, card)

    def cards(self) -> tuple[QWidget, ...]:
        """Return the cards from top to bottom."""
        items = (self.column.itemAt(place) for place in range(self.column.count()))
        widgets = (item.widget() for item in items if item is not None)
        return tuple(widget for widget in widgets if widget is not None)

    def clear(self) -> None:
        """Take all cards away."""
        for card in self.cards():
            self.column.removeWidget(card)
            card.hide()
            card.deleteLater()

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """Set the margins of the page; at least the room of the ring at the right and below."""
        self._around.setContentsMargins(left, top, max(right, FOCUS_ROOM), max(bottom, FOCUS_ROOM))

    def centre(self, widget: QWidget) -> None:
        """Scroll the widget to the middle (a problem that was jumped to)."""
        top = widget.mapTo(self._page, QPoint(0, 0)).y()
        bar = self.verticalScrollBar()
        bar.setValue(top + widget.height() // 2 - self.viewport().height() // 2)

    def uncover(self, widget: QWidget) -> None:
        """Scroll only as far as needed to show the widget with its ring; not at all while it is in view."""
        self.ensureWidgetVisible(widget, FOCUS_ROOM, FOCUS_ROOM * 2)
