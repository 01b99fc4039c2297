"""Who is entering from now on: chosen among those who did before, or typed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from ntm_desktop import settings
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import work
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.overview.folding import FoldingCard
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.inputs import TextInput
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_WIDTH = 260


class OfficerCard(FoldingCard):
    """Choose the name that goes with every figure entered from now on."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Who is entering"), parent=parent)
        self.session = session
        self.known = Select(_("Officers who entered before"))
        self.known.setMinimumWidth(_WIDTH)
        self.known.chosen.connect(self._choose)
        self.name = TextInput(_("Another name"), width=_WIDTH)
        self.name.set_placeholder(_("Another full name"))
        self.name.hide_below()
        self.name.advanced.connect(self._typed)
        take = Button(_("Enter under this name"))
        take.clicked.connect(self._typed)
        for widgets in ((self.known,), (self.name, take)):
            row = QHBoxLayout()
            row.setSpacing(10)
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch(1)
            self.body.addLayout(row)
        words = _("What was entered before keeps its name. There is no password: the name says who did it.")
        self.body.addWidget(Words(words, TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP))

    @override
    def refresh(self) -> None:
        desk = self.session.desk
        self.known.set_options([Option(name, name) for name in work.officers(desk)])
        self.known.set_key(desk.who)
        self.name.replace_text("")

    @override
    def first(self) -> QWidget:
        return self.known

    def _choose(self, name: str) -> None:
        work.enter_as(self.session.desk, name)
        with suppress(OSError):  # the figures carry the right name all the same
            settings.save(replace(settings.load(), officer=self.session.desk.who))
        self.changed.emit()

    def _typed(self) -> None:
        if self.name.text().strip():
            self._choose(self.name.text())
            self.refresh()
