"""The list at the left: the papers of the dossier, then those used in the commune."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.tokens import LIST_ROW, Ink, TextRole
from ntm_desktop.ui.parts.pick_list import PickList, PickRow, PickTitle
from ntm_desktop.ui.parts.words import Fit, Words

INDEX = "#"
"""The key of the index of files, which has no form; no form can be called so."""
_ICON_LEFT = 16
_TEXT_LEFT = 44


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """What a row says of a paper."""

    key: str
    title: str
    sent: bool
    pages: int
    """0 while it was not written yet."""
    unchecked: bool
    empty: int
    """Sections nobody wrote yet."""

    def second(self) -> str:
        """Return the words under the title."""
        words = []
        if self.pages:
            words.append(ngettext("{count} page", "{count} pages", self.pages).format(count=self.pages))
        if not self.sent:
            words.append(_("used in the commune"))
        if self.unchecked:
            words.append(_("form not compared"))
        if self.empty:
            words.append(
                ngettext("{count} section empty", "{count} sections empty", self.empty).format(
                    count=self.empty
                )
            )
        return " \u00b7 ".join(words)


class _Row(PickRow):
    """One paper: its title, and what there is to say of it."""

    def __init__(self, paper: ListedPaper, parent: QWidget) -> None:
        super().__init__(paper.key, parent)
        self._paper = paper
        self._second = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(_TEXT_LEFT, 5, 12, 5)
        column.setSpacing(0)
        column.addWidget(PickTitle(paper.title, self))
        column.addWidget(self._second)
        self.setMinimumHeight(LIST_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # as wide as the list
        self.show_paper(paper)

    def show_paper(self, paper: ListedPaper) -> None:
        """Show what is said of it now."""
        self._second.set_text(paper.second())
        self.setAccessibleName(f"{paper.title}, {paper.second()}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw_chosen(painter)
        area = QRectF(_ICON_LEFT, round((self.height() - icons.GRID) / 2), icons.GRID, icons.GRID)
        icons.paint(painter, area, "file", Ink.ACCENT if self.isChecked() else Ink.TEXT2)


class PaperList(PickList):
    """Show the papers; emit the id of the one that is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Official papers"), parent)
        self._shown: tuple[tuple[str, str], ...] = ()

    def show_papers(self, papers: Sequence[ListedPaper], chosen: str) -> None:
        """Show these papers with one of them chosen; rows that are there already stay."""
        names = tuple((paper.key, paper.title) for paper in papers)
        if names != self._shown:
            self._shown = names
            self.put([_Row(paper, self) for paper in papers])
        for row, paper in zip(self.rows, papers, strict=True):
            if isinstance(row, _Row):
                row.show_paper(paper)
        self.choose(chosen)
