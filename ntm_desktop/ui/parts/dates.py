"""Asking for a date: typed as dd/MM/yyyy, or picked from a calendar behind the chevron."""

from __future__ import annotations

from PySide6.QtCore import QDate, QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink
from ntm_desktop.ui.parts.edits import Edit
from ntm_desktop.ui.parts.inputs import TextInput

FORMAT = "dd/MM/yyyy"
_WIDTH = 156


class _Calendar(QFrame):
    """The month, in a popup that closes itself."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.month = QCalendarWidget()
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setAccessibleName(_("Calendar"))
        plain = QTextCharFormat()
        plain.setForeground(colour(Ink.TEXT2))  # Qt's red weekends would read as something wrong
        self.month.setWeekdayTextFormat(Qt.DayOfWeek.Saturday, plain)
        self.month.setWeekdayTextFormat(Qt.DayOfWeek.Sunday, plain)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.month)
        self.setFrameShape(QFrame.Shape.Box)


class DateEdit(Edit):
    """A line for a date; Alt+Down or the chevron opens the month."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._calendar: _Calendar | None = None
        self.setPlaceholderText(_("dd/mm/yyyy"))
        self._opener = QAction(icons.icon("down"), _("Choose from the calendar (Alt+Down)"), self)
        self._opener.triggered.connect(self.open_calendar)
        self.addAction(self._opener, Edit.ActionPosition.TrailingPosition)

    def open_calendar(self) -> None:
        """Open the month of the typed date, or this month."""
        if self.isReadOnly():
            return
        if self._calendar is None:
            self._calendar = _Calendar(self)
            self._calendar.month.clicked.connect(self._picked)
            self._calendar.month.activated.connect(self._picked)
        typed = QDate.fromString(self.text().strip(), "d/M/yyyy")
        self._calendar.month.setSelectedDate(typed if typed.isValid() else QDate.currentDate())
        self._calendar.adjustSize()
        self._calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._calendar.show()
        self._calendar.month.setFocus(Qt.FocusReason.PopupFocusReason)

    def _picked(self, day: QDate) -> None:
        if self._calendar is not None:
            self._calendar.close()
        self.setText(day.toString(FORMAT))
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.commit()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _opens(event):
            event.accept()  # before a shortcut of the page takes it
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _opens(event):
            self.open_calendar()
            return
        super().keyPressEvent(event)


def _opens(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Down and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)


class DateInput(TextInput):
    """Ask for a date; hands over what is typed, the screen reads it."""

    def __init__(
        self, name: str, *, label: str = "", width: int = _WIDTH, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, label=label, width=width, parent=parent)

    @override
    def _make_edit(self, name: str) -> Edit:
        return DateEdit(name)
