"""One problem in the list: what it is, the link to its place, and a line to write why it stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, FOCUS_ROOM, Ink
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.inputs import TextInput
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.review.words import Group, Line

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_LINK = 28
_INDENT = 82


class FindingRow(QWidget):
    """A row with its links; the line for the reason unfolds below it."""

    went = Signal()
    """Its place is asked for, or a kept one is to be opened again."""
    kept = Signal(str)
    """Carries the reason."""

    def __init__(self, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.row = ListRow(line.title, line.second, code=line.code)
        self.row.set_icon(line.icon, Ink.NOT_MET if line.group is Group.BLOCKING else Ink.TEXT2)
        told = " ".join((line.code, line.title))
        self.keep = self._link(line.keep, told)
        self.keep.setVisible(bool(line.keep))
        self.keep.clicked.connect(self.ask_reason)
        self.go = self._link(line.action, told)
        self.go.clicked.connect(self.went)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 0)
        column.setSpacing(0)
        column.addWidget(self.row)
        self._column = column
        self._reason: TextInput | None = None
        self._form: QWidget | None = None

    def _link(self, words: str, told: str) -> Button:
        link = Button(words, ButtonKind.LINK, height=_LINK)
        link.setAccessibleDescription(told)
        self.row.add_right(link)
        return link

    def ask_reason(self) -> None:
        """Unfold the line for the reason; what was written before the figures changed is offered again."""
        if self._form is None:
            self._form = self._make_form()
            self._column.addWidget(self._form)
        self._form.show()
        if self._reason is not None:
            self._reason.focus()

    def _make_form(self) -> QWidget:
        form = QWidget()
        row = QHBoxLayout(form)
        row.setContentsMargins(_INDENT, FOCUS_ROOM, FOCUS_ROOM, FOCUS_ROOM + 4)
        row.setSpacing(10)
        self._reason = TextInput(_("Reason for keeping it"))
        self._reason.set_placeholder(_("Why it stays as it is"))
        self._reason.replace_text(self.line.finding.reason_before)
        self._reason.hide_below()
        self._reason.advanced.connect(self._keep)
        keep = Button(_("Keep"), height=CONTROL_SMALL)
        keep.clicked.connect(self._keep)
        away = Button(_("Do not keep"), ButtonKind.QUIET, height=CONTROL_SMALL)
        away.clicked.connect(self.fold)
        row.addWidget(self._reason, 1)
        for button in (keep, away):
            button.setAccessibleDescription(self.line.title)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return form

    def _keep(self) -> None:
        if self._reason is not None and self._reason.text().strip():
            self.kept.emit(self._reason.text())
        elif self._reason is not None:
            self._reason.focus()

    def fold(self) -> None:
        """Fold the line for the reason away; the focus goes back to its link."""
        if self._form is not None:
            self._form.hide()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._form is not None and self._form.isVisible():
            self.fold()
        else:
            super().keyPressEvent(event)
