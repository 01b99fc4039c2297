"""Looks at a file of evidence inside the window: a picture, or a PDF page by page; drawn by a child process."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import evidence_care, wording
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.beside import Beside
from ntm_desktop.ui.parts.buttons import Button, ButtonKind, IconButton
from ntm_desktop.ui.parts.page_view import DRAWN_WIDTH, PageView, spoken_page
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from ntm_desktop.errors import NtmError
    from ntm_desktop.operations.evidence_care import Page

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
        self._drawing = Beside(session.tasks, _("Drawing a page"), self)
        self.title = Words("", TextRole.CARD_TITLE, fit=Fit.ELIDE_MIDDLE)
        self.back = IconButton("left", _("Page before"), "Page Up")
        self.onward = IconButton("right", _("Next page"), "Page Down")
        self.place = Words("", TextRole.BODY, Ink.TEXT2)
        self.outside = Button(_("Open with the program of this PC"))
        self.close_button = Button(_("Close"), ButtonKind.NORMAL)
        self.pages = PageView(_("Page of the file"), widest=_WIDEST)
        self._lay_out()
        self.pages.turned.connect(self._turn)
        self._drawing.done.connect(self.show_page)
        self._drawing.failed.connect(self._fail)
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
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self.pages, 1)

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
        self.pages.say(_("The page is being drawn\u2026"))
        self._drawing.ask(_Drawing(self._session, evidence, self._number).draw)
        self._show_place()

    def show_page(self, page: Page) -> None:
        """Show what the child drew."""
        self._number, self._count = page.number, page.count
        self._show_place()
        self.pages.show_page(page.png, spoken_page(self.title.text(), page.number, page.count))

    def _fail(self, error: NtmError) -> None:
        explained = wording.explain(error)
        self.pages.say(f"{explained.what} {explained.safe} {explained.next_step}")

    def _show_place(self) -> None:
        several = self._count > 1
        for widget in (self.back, self.place, self.onward):
            widget.setVisible(several)
        self.place.set_text(_("Page {number} of {count}").format(number=self._number, count=self._count))
        self.back.setEnabled(self._number > 1)
        self.onward.setEnabled(self._number < self._count)

    def _ask_outside(self) -> None:
        self.outside_asked.emit(self._evidence)

    def fit(self) -> None:
        """Cover the page it lies over."""
        page = self.parentWidget()
        if page is not None:
            self.setGeometry(page.rect())

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
        return evidence_care.draw(self._desk, self._evidence, self._number, DRAWN_WIDTH)
