"""The step "export": where to save, then the work with its stages, which can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.ui.look.tokens import Ink
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.sealing.check_view import PAGE_WIDTH
from ntm_desktop.ui.sealing.wizard import Draft
from ntm_desktop.ui.sealing.work_card import WorkCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ExportView(CardColumn):
    """The fourth step."""

    target_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(widest=PAGE_WIDTH, parent=parent)
        self.target = TitledCard(_("Where to save"))
        self._file = ListRow("", strong=True)
        self._file.set_divided(divided=False)
        self._file.set_icon("box", Ink.TEXT2)
        self.choose = Button("", icon="folder")
        self.choose.clicked.connect(self.target_asked)
        self._file.add_right(self.choose)
        self._size = ListRow("")
        self._size.set_divided(divided=False)
        self._size.set_icon("info", Ink.TEXT2)
        self.target.body.addWidget(self._file)
        self.target.body.addWidget(self._size)
        self.work = WorkCard(_("Writing the file"))
        about = TitledCard(_("What is done then"))
        for words in (
            _("The program writes figures, results, evidence and papers into one file and signs it."),
            _("It then reads the file back from the disk, checks the signature and recomputes every result."),
            _("Only then the file gets its name and the dossier is locked."),
        ):
            about.body.addWidget(Words(words, ink=Ink.TEXT2, fit=Fit.WRAP))
        for card in (self.work, self.target, about):
            self.add(card)

    def show_draft(self, draft: Draft, suggested: str) -> None:
        """Show where the file will be written."""
        if draft.target is None:
            self._file.title.set_text(suggested)
            self._file.set_second(_("Not chosen yet in which folder"))
            self.choose.set_words(_("Choose where to save\u2026"))
        else:
            self._file.title.set_text(draft.target.name)
            self._file.set_second(str(draft.target.parent))
            self.choose.set_words(_("Choose another place\u2026"))

        self._show_size(draft)

    def _show_size(self, draft: Draft) -> None:
        found = draft.estimate
        self._size.setVisible(found is not None)
        if found is None:
            return
        total = found.total(2 if draft.outside is not None else len(draft.signers()))
        self._size.title.set_text(_("The file will have about {size}").format(size=size_words(total)))
        self._size.set_second(
            _("evidence {evidence}, papers and signatures {papers}, figures and lists {rest}").format(
                evidence=size_words(found.evidence),
                papers=size_words(total - found.evidence - found.rest),
                rest=size_words(found.rest),
            )
        )

    def show_work(self, *, busy: bool, stopped: bool) -> None:
        """Show that the file is being made, or that making it was stopped."""
        self.choose.set_reason(_("The file is being written") if busy else None)
        self.work.show_work(busy=busy, stopped=stopped)
