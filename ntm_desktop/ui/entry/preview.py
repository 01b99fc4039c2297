"""Looks at a file of evidence inside the window: a picture, or a PDF page by page; drawn by a child process."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import evidence_care, wording
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind, IconButton
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from ntm_desktop.operations.evidence_care import Page

_WIDTH = 1400
"""Dots a page is drawn wide; shown no wider than the place there is."""
_EDGE = 28
_WIDEST = 900
"""Wider pages make the eye run."""


class EvidencePreview(QFrame):
    """Lies over the page of entry until it is closed."""

    closed = Signal()
    outside_asked = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._evidence: Evidence | None = None
        self._number, self._count = 1, 1
        self._drawn = QPixmap()
        self.title = Words("", TextRole.CARD_TITLE, fit=Fit.ELIDE_MIDDLE)
        self.back = IconButton("left", _("Page before"), "Page Up")
        self.onward = IconButton("right", _("Next page"), "Page Down")
        self.place = Words("", TextRole.BODY, Ink.TEXT2)
        self.outside = Button(_("Open with the program of this PC"))
        self.close_button = Button(_("Close"), ButtonKind.NORMAL)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.words = Words("", fit=Fit.WRAP)
        self._lay_out()
        self.back.clicked.connect(self.previous_page)
        self.onward.clicked.connect(self.next_page)
        self.outside.clicked.connect(self._ask_outside)
        self.close_button.clicked.connect(self.closed)
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        for widget in (self.back, self.place, self.onward, self.outside, self.close_button):
            head.addWidget(widget)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(_EDGE, 10, _EDGE, 16)
        column.addWidget(self.words)
        column.addWidget(self._picture)
        column.addStretch(1)
        self.sheets = QScrollArea()
        self.sheets.setWidgetResizable(True)
        self.sheets.setFrameShape(QFrame.Shape.NoFrame)
        self.sheets.setAccessibleName(_("Page of the file"))
        self.sheets.setWidget(sheet)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self.sheets, 1)

    def show_file(self, evidence: Evidence) -> None:
        """Show the first page."""
        self._evidence, self._number, self._count = evidence, 1, 1
        self.title.set_text(evidence.title or evidence.name)
        self.raise_()
        self.show()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._draw()

    def next_page(self) -> None:
        """Turn to the next page."""
        self._turn(1)

    def previous_page(self) -> None:
        """Turn to the page before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if 1 <= self._number + step <= self._count:
            self._number += step
            self._draw()

    def _draw(self) -> None:
        evidence = self._evidence
        if evidence is None:
            return
        self.words.set_text(_("The page is being drawn\u2026"))
        self.words.show()
        drawing = _Drawing(self._session, evidence, self._number)
        self._session.tasks.run(drawing.draw, self.show_page, self._fail, title=_("Drawing a page"))
        self._show_place()

    def show_page(self, page: Page) -> None:
        """Show what the child drew."""
        self._number, self._count = page.number, page.count
        image = QImage.fromData(page.png)
        self._drawn = QPixmap.fromImage(image)
        self.words.hide()
        self._show_place()
        self._fit_picture()
        self.sheets.verticalScrollBar().setValue(0)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, NtmError):
            raise error
        explained = wording.explain(error)
        self._drawn = QPixmap()
        self._picture.clear()
        self.words.set_text(f"{explained.what} {explained.safe} {explained.next_step}")
        self.words.show()

    def _show_place(self) -> None:
        several = self._count > 1
        for widget in (self.back, self.place, self.onward):
            widget.setVisible(several)
        self.place.set_text(_("Page {number} of {count}").format(number=self._number, count=self._count))
        self.back.setEnabled(self._number > 1)
        self.onward.setEnabled(self._number < self._count)

    def _fit_picture(self) -> None:
        if self._drawn.isNull():
            return
        room = min(_WIDEST, max(200, self.sheets.viewport().width() - 2 * _EDGE))
        shown = self._drawn
        if shown.width() > room:
            shown = shown.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        self._picture.setPixmap(shown)
        self._picture.setAccessibleName(
            _("{file}, page {number} of {count}").format(
                file=self.title.text(), number=self._number, count=self._count
            )
        )

    def _ask_outside(self) -> None:
        self.outside_asked.emit(self._evidence)

    def fit(self) -> None:
        """Cover the page it lies over."""
        page = self.parentWidget()
        if page is not None:
            self.setGeometry(page.rect())
            self._fit_picture()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_PageDown: self.next_page,
            Qt.Key.Key_PageUp: self.previous_page,
            Qt.Key.Key_Escape: self.closed.emit,
        }
        work = keys.get(event.key())
        if work is None:
            super().keyPressEvent(event)
        else:
            work()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(Ink.SURFACE))


class _Drawing:
    """The job of one page."""

    def __init__(self, session: Session, evidence: Evidence, number: int) -> None:
        self._desk, self._evidence, self._number = session.desk, evidence, number

    def draw(self, _report: Callable[[object], None], _cancelled: Callable[[], bool]) -> Page:
        """Draw it in a child process."""
        return evidence_care.draw(self._desk, self._evidence, self._number, _WIDTH)
