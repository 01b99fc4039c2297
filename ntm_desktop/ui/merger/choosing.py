"""Which former communes become one, from when, by which document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.facts.text import explain
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import work
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.dates import DateInput
from ntm_desktop.ui.parts.inputs import TextInput
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_WIDEST = 1000


class Choosing(QWidget):
    """The workspaces of the former communes in a list, the seat first; date and document below."""

    asked = Signal()
    """What the merger would bring is to be shown."""
    given_asked = Signal()
    """What former communes gave is to be shown."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.folders: tuple[Path, ...] = ()
        self.add = Button(_("Add a former commune\u2026"), icon="plus")
        self.add.clicked.connect(self.add_folder)
        self.rows: list[ListRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        first = _("First day of the new commune")
        self.on = DateInput(first, label=first)
        document = _("Document that decided it")
        self.document = TextInput(document, label=document)
        self.go = Button(_("Show what it would bring"), ButtonKind.PRIMARY)
        self.go.clicked.connect(self._ask)
        self.given = Button(_("Figures of the former communes"), icon="layers")
        self.given.clicked.connect(self.given_asked)
        self._trace = TitledCard(_("Merged already"))
        self.merged = Words("", ink=Ink.TEXT2, fit=Fit.WRAP)
        self._lay_out()
        self._show_rows()

    def _lay_out(self) -> None:
        card = TitledCard(_("Former communes"))
        card.head.addWidget(self.add)
        card.body.addWidget(
            Words(
                _(
                    "The folder of each former commune's workspace, on this PC or on a stick. The first is the seat: "
                    "dossiers of the years before are named by it. These workspaces are only read."
                ),
                ink=Ink.TEXT2,
                fit=Fit.WRAP,
            )
        )
        card.body.addLayout(self._rows)
        fields = QHBoxLayout()
        fields.setSpacing(16)
        fields.addWidget(self.on, 0, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self.document, 1, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(fields)
        foot = QHBoxLayout()
        foot.addWidget(Words(_("Nothing is stored yet."), TextRole.SMALL, Ink.TEXT2), 1)
        foot.addWidget(self.go)
        card.body.addLayout(foot)
        self._trace.body.addWidget(self.merged)
        below = QHBoxLayout()
        below.addWidget(self.given)
        below.addStretch(1)
        self._trace.body.addLayout(below)
        cards = CardColumn(widest=_WIDEST, spacing=14)
        cards.add(card)
        cards.add(self._trace)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(cards)

    def refresh(self) -> None:
        """Show which communes were merged before."""
        formers = self.session.desk.workspace.former_communes()
        self._trace.setVisible(bool(formers))
        names = ", ".join(f"{one.commune.kind} {one.commune.name}" for one in formers)
        self.merged.set_text(_("{names}. Every figure leads back to its parts.").format(names=names))
        self._check()

    def add_folder(self) -> None:
        """Ask for the workspace of a former commune."""
        kinds = FileKinds(title=_("Which folder is the workspace of the former commune?"))
        folder = self.session.ask.folder(self, kinds)
        if folder is not None and folder not in self.folders:
            self.show_folders((*self.folders, folder))

    def show_folders(self, folders: tuple[Path, ...]) -> None:
        """Show these workspaces in this order."""
        self.folders = folders
        self._show_rows()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self) -> None:
        for old in self.rows:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = []
        for number, folder in enumerate(self.folders):
            second = _("{path} (seat)").format(path=folder.parent) if number == 0 else str(folder.parent)
            row = ListRow(folder.name, second, action=_("Leave out"))
            row.set_icon("home" if number == 0 else "folder")
            row.setObjectName(str(number))
            row.pressed.connect(self._leave_out)
            if number:
                seat = Button(_("Make it the seat"), ButtonKind.LINK, height=28)
                seat.setAccessibleDescription(folder.name)
                seat.setObjectName(str(number))
                seat.clicked.connect(self._make_seat)
                row.add_right(seat)
            self.rows.append(row)
            self._rows.addWidget(row)
        self._check()

    def _leave_out(self) -> None:
        number = int(self.sender().objectName())
        self.show_folders(self.folders[:number] + self.folders[number + 1 :])

    def _make_seat(self) -> None:
        number = int(self.sender().objectName())
        self.show_folders((self.folders[number], *self.folders[:number], *self.folders[number + 1 :]))

    def _check(self) -> None:
        read_only = self.session.desk.workspace.read_only
        reason = None if self.folders else _("Add a former commune first")
        self.go.set_reason(_("This workspace is open for reading only") if read_only else reason)

    def day(self) -> date | None:
        """Return the first day of the new commune; None, with the reason beside the input, where it is none."""
        day = work.read_day(self.on.text())
        if isinstance(day, date):
            self.on.set_problem(None)
            return day
        self.on.set_problem(_("Type the first day of the new commune") if day is None else explain(day))
        return None

    def _ask(self) -> None:
        if self.day() is None:
            self.on.focus()
        else:
            self.asked.emit()
