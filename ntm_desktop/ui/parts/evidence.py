"""Evidence: the files that are there, the files that are missing, and a place to drop more.

Rules:
* The whole panel takes a dropped file; what is dropped is handed over as paths and nothing is opened here.
* A checked fact stands at the right of a row: words and icon, never colour alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import RADIUS_CARD, Ink, State, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.chip import StateWord
from ntm_desktop.ui.parts.words import Fit, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

_KIND_ICON = 18
_TEXT_LEFT = 24
_SMALL_BUTTON = 28
_BETWEEN_LINKS = 12
_LINKS_ROOM = 232
"""What the narrowest panel leaves for a line of links."""


class EvidenceRow(QWidget):
    """One file: kind, title, what it is, and a checked fact; Enter or a double click opens it."""

    opened = Signal()

    def __init__(self, icon: str, title: str, second: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._fact: StateWord | None = None
        self.title = Words(title, fit=Fit.WRAP)
        self.second = Words(second, TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self._links: QHBoxLayout | None = None
        self._links_width = 0
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.second)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addLayout(column, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_TEXT_LEFT, 3, 0, 3)
        self._column.setSpacing(0)
        self._column.addLayout(self._row)

    def set_fact(self, state: State, words: str) -> None:
        """Show what was checked of the file: it opens, it does not, it is the same as another."""
        if self._fact is None:
            self._fact = StateWord(state, words, TextRole.SMALL)
            self._row.insertWidget(1, self._fact, 0, Qt.AlignmentFlag.AlignTop)
        self._fact.set_state(state, words)

    def add_line(self, words: str, ink: Ink = Ink.TEXT2) -> None:
        """Say one more thing of the file, below the second line."""
        self._column.addWidget(Words(words, TextRole.SMALL, ink, fit=Fit.WRAP))

    def add_action(self, button: Button) -> None:
        """Put a link at the end of the line of links below the words."""
        self._links_width += button.sizeHint().width() + _BETWEEN_LINKS
        if self._links is None or self._links_width > _LINKS_ROOM:
            self._links = QHBoxLayout()
            self._links.setSpacing(_BETWEEN_LINKS)
            self._links.addStretch(1)
            self._column.addLayout(self._links)
            self._links_width = button.sizeHint().width()
        self._links.insertWidget(self._links.count() - 1, button)

    def add_below(self, form: QWidget) -> None:
        """Put something to fill in below everything."""
        self._column.addWidget(form)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        top = self.title.y() + 1
        icons.paint(QPainter(self), QRectF(0, top, _KIND_ICON, _KIND_ICON), self._icon, Ink.TEXT2)


class MissingEvidence(QWidget):
    """A dashed box for what is required and not there yet: exactly what, and how to add it."""

    def __init__(self, head: str, what: str, how: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._how = how
        self._dragging = False
        self.head = Words(head, TextRole.SMALL_STRONG, Ink.NOT_MET, fit=Fit.WRAP)
        self.what = Words(what, fit=Fit.WRAP)
        self.how = Words(how, TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        self.head.setContentsMargins(icons.GRID + 6, 0, 0, 0)
        for words in (self.head, self.what, self.how):
            column.addWidget(words)

    def set_dragging(self, *, dragging: bool) -> None:
        """Say "Drop here" while a file is dragged over the panel."""
        self._dragging = dragging
        self.how.set_text(_("Drop here") if dragging else self._how)
        self.how.set_ink(Ink.ACCENT if dragging else Ink.TEXT2)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(colour(Ink.ACCENT if self._dragging else Ink.INPUT_LINE), 1)
        edge.setDashPattern([4, 3])
        painter.setPen(edge)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD)
        area = QRectF(12, self.head.y() + 3, 14, 14)
        icons.paint(painter, area, State.NOT_MET.icon, State.NOT_MET.ink)


class EvidencePanel(QFrame):
    """All evidence of one thing: head with count, rows, what is missing; takes dropped files anywhere."""

    add_asked = Signal()
    files_dropped = Signal(object)
    """Carries a tuple of paths."""

    def __init__(self, title: str, add_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dragging = False
        self.setAcceptDrops(True)
        self.title = Words(title, TextRole.CARD_TITLE)
        self.count = Words("", TextRole.BODY, Ink.TEXT2)
        self.add = Button(add_words, ButtonKind.NORMAL, icon="plus", height=_SMALL_BUTTON)
        self.add.clicked.connect(self.add_asked)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.add)
        self._notices = QVBoxLayout()
        self._tools = QVBoxLayout()
        self._tools.setSpacing(2)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._notices)
        column.addLayout(self._rows)
        column.addLayout(self._tools)
        column.addStretch(1)

    def show_rows(self, rows: Sequence[QWidget], count: str) -> None:
        """Show these rows and boxes instead of the ones before."""
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for row in rows:
            self._rows.addWidget(row)
        self.count.set_text(count)

    def add_tool(self, widget: QWidget) -> None:
        """Put something below the rows that is there for all of them."""
        self._tools.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    def notice(self, banner: QWidget | None) -> None:
        """Say what became of the files that were added last; nothing takes away what was said."""
        while (item := self._notices.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if banner is not None:
            self._notices.addWidget(banner)

    @property
    def is_dragging(self) -> bool:
        """Say whether files are being dragged over the panel."""
        return self._dragging

    def _set_dragging(self, *, dragging: bool) -> None:
        self._dragging = dragging
        for place in range(self._rows.count()):
            item = self._rows.itemAt(place)
            box = item.widget() if item is not None else None
            if isinstance(box, MissingEvidence):
                box.set_dragging(dragging=dragging)
        self.update()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event):
            event.acceptProposedAction()
            self._set_dragging(dragging=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_dragging(dragging=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._set_dragging(dragging=False)
        paths = _paths(event)
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._dragging:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(Ink.ACCENT), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_CARD, RADIUS_CARD)


def _paths(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
