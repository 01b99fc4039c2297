"""What a closed year asks for before it is touched: the new figure, the reason, the document and its date."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.years import Note
from ntm_desktop.ui.look.tokens import NUMBER_WIDTHS
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.dates import DateInput
from ntm_desktop.ui.parts.inputs import TextInput


class NoteForm(TitledCard):
    """Ask for a note; with a figure it is a correction, without it opens a year."""

    done = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        value, reason, document, dated = (
            _("New figure"),
            _("Reason"),
            _("Document"),
            _("Date of the document"),
        )
        self.value = TextInput(value, label=value, width=NUMBER_WIDTHS[1])
        self.reason = TextInput(reason, label=reason)
        self.document = TextInput(document, label=document)
        self.dated = DateInput(dated, label=dated)
        self.store = Button("", height=30)
        self.store.clicked.connect(self.done)
        away = Button(_("Leave it"), ButtonKind.QUIET, height=30)
        away.clicked.connect(self.left)
        for one in self._inputs():
            one.hide_below()
            self.body.addWidget(one)
            one.advanced.connect(self._advance)
        row = QHBoxLayout()
        row.addWidget(self.store)
        row.addWidget(away)
        row.addStretch(1)
        self.body.addLayout(row)
        self.hide()

    def _inputs(self) -> tuple[TextInput, ...]:
        return self.value, self.reason, self.document, self.dated

    def ask(self, title: str, action: str, figure: str | None) -> None:
        """Open the form; without a figure only the note is asked for."""
        self.title.set_text(title)
        self.store.set_words(action)
        self.value.setVisible(figure is not None)
        self.value.set_text(figure or "")
        for one in self._inputs()[1:]:
            one.set_text("")
        self.show()
        (self.value if figure is not None else self.reason).focus()

    def note(self) -> Note:
        """Return what was written; a date that is none stays away."""
        return Note(self.reason.text(), self.document.text(), _day(self.dated.text()))

    def _advance(self) -> None:
        """Go on to the next input that is empty; after the last store."""
        asked = [one for one in self._inputs() if not one.isHidden()]
        for one in asked:
            if one.is_empty():
                one.focus()
                return
        self.done.emit()


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return None
