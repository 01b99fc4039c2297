"""The status bar: the safety light at the left, the problems and F8 at the right; it never scrolls and never hides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, STATUS_BAR, Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.chip import Icon, KeyCap
from ntm_desktop.ui.parts.safety import CopyNote
from ntm_desktop.ui.parts.words import Fit, Words


class StatusBar(QWidget):
    """Say what is safe and how many problems there are."""

    next_problem = Signal()
    help_asked = Signal()
    """The officer wants to know what to do about what could not be stored."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(STATUS_BAR)
        self._light = Icon("shield", Ink.TEXT2)
        self._saved = Words("", TextRole.SMALL_STRONG, fit=Fit.ELIDE)
        self._copies = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE)
        self._error_icon, self._errors = Icon("not_met", Ink.NOT_MET, 14), Words("", TextRole.SMALL_STRONG)
        self._warning_icon, self._warnings = Icon("warn", Ink.UND, 14), Words("", TextRole.SMALL_STRONG)
        self._next = Button(_("To the next one"), ButtonKind.LINK, height=CONTROL_SMALL - 4)
        self._next.clicked.connect(self.next_problem)
        self._key = KeyCap("F8")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(7)
        self._help = Button(_("See what to do"), ButtonKind.LINK, height=CONTROL_SMALL - 4)
        self._help.clicked.connect(self.help_asked)
        self._help.hide()
        self._old_icon = Icon("warn", Ink.UND, 14)
        self._old = Words("", TextRole.SMALL_STRONG, Ink.UND, fit=Fit.ELIDE)
        self._notes: tuple[CopyNote, ...] = ()
        left: tuple[QWidget, ...] = (
            *(self._light, self._saved, self._help),
            *(self._copies, self._old_icon, self._old),
        )
        self._problems: tuple[QWidget, ...] = (self._error_icon, self._errors)
        self._reviews: tuple[QWidget, ...] = (self._warning_icon, self._warnings)
        self._any = False
        self._words_fit = True
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (*self._problems, *self._reviews, self._next, self._key):
            row.addWidget(widget)
        self._old_icon.hide()
        self.show_problems(0, 0)

    def show_copies(self, notes: Sequence[CopyNote]) -> None:
        """Say how old the copies are: an old one with a triangle, and not while something is not stored."""
        self._notes = tuple(notes)
        fresh, old = ([note.words for note in notes if note.old is wanted] for wanted in (False, True))
        told = self._help.isHidden()
        self._copies.set_text(" \u00b7 ".join(["", *fresh]) if fresh and told else "")
        self._old.set_text(" \u00b7 ".join(old) if told else "")
        self._old_icon.setVisible(bool(old) and told)

    def show_saved(self, words: str) -> None:
        """Say that everything typed is stored."""
        self._light.set_icon("shieldok", Ink.MET)
        self._saved.set_text(words)
        self._saved.set_ink(Ink.TEXT)
        if not self._help.isHidden():
            self._help.hide()
            self.show_copies(self._notes)

    def saved_words(self) -> str:
        """Return what is said about saving."""
        return self._saved.text()

    def show_not_saved(self, words: str) -> None:
        """Say since when something typed could not be stored."""
        self._light.set_icon("not_met", Ink.NOT_MET)
        self._saved.set_text(words)
        self._saved.set_ink(Ink.NOT_MET)
        self._help.show()
        self.show_copies(self._notes)

    def show_problems(self, errors: int, warnings: int) -> None:
        """Count what blocks and what should be looked at again."""
        self._errors.set_text(_("{count} blocking").format(count=errors))
        self._warnings.set_text(_("{count} to review").format(count=warnings))
        for widget in self._problems:
            widget.setVisible(errors > 0)
        for widget in self._reviews:
            widget.setVisible(warnings > 0)
        self._any = errors + warnings > 0
        self._show_onward()

    def fit(self, room: Room) -> None:
        """Keep the key alone where there is no room for the words."""
        self._words_fit = room.breadth >= Breadth.DRAWER
        self._show_onward()

    def _show_onward(self) -> None:
        self._next.setVisible(self._any and self._words_fit)
        self._key.setVisible(self._any)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.WINDOW))
        painter.fillRect(0, 0, self.width(), 1, colour(Ink.LINE))
