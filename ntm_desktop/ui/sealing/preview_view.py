"""The step "preview": the papers written from the figures as they stand, opened with the system's own program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.papers import WrittenPaper
from ntm_desktop.ui.look.tokens import Ink
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.sealing.check_view import PAGE_WIDTH
from ntm_desktop.ui.sealing.lists import clear_below_head
from ntm_desktop.ui.sealing.work_card import WorkCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class _PaperRow(ListRow):
    """One paper with its pages and a button that opens it."""

    opened = Signal(object)
    word_asked = Signal(object)

    def __init__(self, paper: WrittenPaper) -> None:
        title = _("Index of all files of the dossier") if paper.form is None else str(paper.form.title)
        pages = ngettext("{count} page", "{count} pages", paper.pages).format(count=paper.pages)
        second = _("{pages} \u00b7 {name}").format(pages=pages, name=paper.path.name)
        super().__init__(title, second, strong=True)
        self._paper = paper
        self.set_icon("file", Ink.TEXT2)
        self.button = Button(_("Open to look at"), icon="eye")
        self.button.setAccessibleDescription(self.title.text())
        self.button.clicked.connect(self._open)
        if paper.form is not None:
            self.word = Button(_("Save for Word\u2026"), icon="edit")
            self.word.setAccessibleDescription(self.title.text())
            self.word.clicked.connect(self._ask_word)
            self.add_right(self.word)
        self.add_right(self.button)

    def _open(self) -> None:
        self.opened.emit(self._paper.path)

    def _ask_word(self) -> None:
        self.word_asked.emit(self._paper)


class PreviewView(CardColumn):
    """The second step."""

    opened = Signal(object)
    """Carries the path of the paper to open."""
    word_asked = Signal(object)
    """Carries the paper whose Word copy is to be saved."""
    again_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(widest=PAGE_WIDTH, parent=parent)
        self.papers = TitledCard(_("Papers as they will be sealed"))
        self.papers.body.setSpacing(0)
        self.work = WorkCard(_("Writing the papers"))
        self.again = Button(_("Write the papers"))
        self.again.clicked.connect(self.again_asked)
        self.work.body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.work)
        self.add(self.papers)
        self.papers.hide()

    def show_working(self) -> None:
        """Show that the papers are being written."""
        self.papers.hide()
        self.again.hide()
        self.work.show_work(busy=True)

    def show_stopped(self) -> None:
        """Show that nothing was written, and how to try again."""
        self.papers.hide()
        self.again.show()
        self.work.show_work(busy=False, stopped=True)

    def show_papers(self, papers: Sequence[WrittenPaper], *, named: bool) -> None:
        """Show what was written; `named` says whether the one who signs stands on them already."""
        self.work.show_work(busy=False)
        clear_below_head(self.papers.body)
        for paper in papers:
            row = _PaperRow(paper)
            row.opened.connect(self._open)
            row.word_asked.connect(self.word_asked)
            self.papers.body.addWidget(row)
        if not named:
            note = _("The name of the one who signs is printed once it was typed in the next step.")
            words = Words(note, ink=Ink.TEXT2, fit=Fit.WRAP)
            words.setContentsMargins(0, 8, 0, 0)
            self.papers.body.addWidget(words)
        self.papers.show()

    def _open(self, path: Path) -> None:
        self.opened.emit(path)
