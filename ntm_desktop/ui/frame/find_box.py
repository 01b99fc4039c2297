"""The find box: indicators and figures by number or words, with or without diacritics; Ctrl+F from anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget
from shiboken6 import isValid
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.search import Hit
from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.tokens import CONTROL, LIST_ROW, TREE_ROW, Ink
from ntm_desktop.ui.parts.chip import KeyCap

_LIST_WIDTH = 420
_MOST_ROWS = 10


class _Results(QListWidget):
    """The hits below the box; it floats over the page and never takes the focus."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner.window())
        self.setAccessibleName(_("Found"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setObjectName("results")
        self.hide()

    def fill(self, hits: Sequence[Hit]) -> None:
        self.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.code}   {hit.title}")
            item.setToolTip(hit.title)
            item.setData(Qt.ItemDataRole.UserRole, hit)
            item.setSizeHint(QSize(0, TREE_ROW))
            self.addItem(item)
        if not hits:
            nothing = QListWidgetItem(_("Nothing found. Type a number such as 8.4 or a word of the name."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            nothing.setSizeHint(QSize(0, LIST_ROW - 16))
            self.addItem(nothing)
        self.setCurrentRow(0 if hits else -1)


class FindBox(QWidget):
    """An input with a lens and its key; the arrow keys choose among the hits, Enter goes there."""

    found = Signal(object)
    """Carries the chosen `Hit`."""
    asked = Signal(str)
    """Asks for hits; `show_hits` is the answer."""
    focus_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results: _Results | None = None
        self._came_from: QWidget | None = None
        self.setFixedHeight(CONTROL)
        self.input = QLineEdit(self)
        self.input.setPlaceholderText(_("Find an indicator or a figure"))
        self.input.setAccessibleName(_("Find an indicator or a figure"))
        self.input.setStyleSheet("QLineEdit { padding-left: 28px; padding-right: 4px; font-size: 13px; }")
        self.input.textEdited.connect(self._search)
        self.input.installEventFilter(self)
        self._key = KeyCap("Ctrl+F", self.input)
        self._lens = _Lens(self)
        self.setFocusProxy(self.input)

    def set_room(self, *, words: bool, key: bool) -> None:
        """Show the quiet words and the key cap only where there is room for them."""
        self.input.setPlaceholderText(_("Find an indicator or a figure") if words else _("Find"))
        self._key.setVisible(key)

    def open(self) -> None:
        """Take the focus with everything selected; Esc gives it back."""
        focused = self.window().focusWidget()
        if focused is not self.input:
            self._came_from = focused
        self.input.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.input.selectAll()

    def close_results(self) -> None:
        """Fold the hits away."""
        if self._results is not None:
            self._results.hide()

    def _search(self, query: str) -> None:
        if self._results is None:
            self._results = _Results(self)
            self._results.itemClicked.connect(self._clicked)
        if not query.strip():
            self._results.hide()
            return
        self.asked.emit(query)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show what was found for the words asked for."""
        if self._results is None:
            return
        self._results.fill(hits)
        width = min(_LIST_WIDTH, self.window().width() - 24)
        rows = min(_MOST_ROWS, self._results.count())
        height = sum(self._results.sizeHintForRow(row) for row in range(rows)) + 12
        corner = self.mapTo(self.window(), QPoint(self.width() - width, self.height() + 4))
        self._results.setGeometry(max(12, corner.x()), corner.y(), width, height)
        self._results.show()
        self._results.raise_()

    def _clicked(self, item: QListWidgetItem) -> None:
        self._choose(item)

    def _choose(self, item: QListWidgetItem | None) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if isinstance(hit, Hit):
            self.close_results()
            self.input.clear()
            self.found.emit(hit)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key_pressed(Qt.Key(event.key()))
        if isinstance(event, QFocusEvent):
            if event.type() == QEvent.Type.FocusOut:
                self.close_results()
            self.focus_changed.emit()
        return False

    def _key_pressed(self, key: Qt.Key) -> bool:
        results = self._results
        if results is None or not results.isVisible():
            return key == Qt.Key.Key_Escape and self._go_back()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if key == Qt.Key.Key_Down else -1
            results.setCurrentRow(max(0, min(results.count() - 1, results.currentRow() + step)))
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(results.currentItem())
            return True
        if key == Qt.Key.Key_Escape:
            self.close_results()
            return True
        return False

    def _go_back(self) -> bool:
        """Give the focus back to where it was before the box was opened."""
        came_from, self._came_from = self._came_from, None
        if came_from is None or not isValid(came_from) or not came_from.isVisible():
            return False
        self.input.clear()
        came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.input.setGeometry(self.rect())
        hint = self._key.sizeHint()
        self._key.setGeometry(
            self.width() - hint.width() - 8, (self.height() - hint.height()) // 2, hint.width(), hint.height()
        )
        self._lens.setGeometry(10, (self.height() - icons.GRID) // 2, icons.GRID, icons.GRID)


class _Lens(QWidget):
    """The lens drawn over the input's left padding."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(QPainter(self), QRectF(self.rect()), "search", Ink.TEXT2)
