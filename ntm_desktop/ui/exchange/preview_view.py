"""The preview of a file: what it would change, with a tick for each figure, and one button that takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.fill import explain
from ntm_desktop.operations.intake import Preview, Row
from ntm_desktop.ui.exchange.lines_model import FIGURE, NEW, NOTE, OLD, PLACE, STATE_ROLE, Kind, Lines
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import Ink, State, TextRole
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.choice import Option
from ntm_desktop.ui.parts.filters import FilterRow
from ntm_desktop.ui.parts.state_note import StateNote
from ntm_desktop.ui.parts.words import Fit, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ROW = 44
"""Two lines of a note."""
_MOST_REMARKS = 3
_WIDTHS = {OLD: 110, NEW: 110, PLACE: 110}


class _Table(QTableView):
    """Space ticks the line wherever the cursor stands in it."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            first = index.siblingAtColumn(FIGURE)
            self.model().setData(first, None, Qt.ItemDataRole.CheckStateRole)
            return
        super().keyPressEvent(event)


class PreviewView(QWidget):
    """Show a preview and let the officer choose."""

    taken = Signal()
    """The primary was pressed."""
    refused = Signal()
    """Nothing of the file is to be taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seen = Preview("")
        self._read_only = False
        self.model = Lines(self)
        self.model.ticked.connect(self._show_foot)
        self._title = Words("", TextRole.CARD_TITLE, fit=Fit.WRAP)
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(6)
        self.filters = FilterRow(
            _("Lines of the file"), [Option("", ""), *(Option(kind.value, "") for kind in Kind)]
        )
        self.filters.chosen.connect(self.model.filter)
        self.table = _Table()
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(NOTE, StateNote(STATE_ROLE, self.table, silent={State.MET}))
        self.table.setAccessibleName(_("What the file would change"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        across = self.table.horizontalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setSectionResizeMode(FIGURE, QHeaderView.ResizeMode.Stretch)
        across.setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self.refuse = Button(_("Take nothing"), ButtonKind.QUIET)
        self.refuse.clicked.connect(self.refused)
        self.take = Button("", ButtonKind.PRIMARY)
        self.take.clicked.connect(self.taken)
        self._aside = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self._lay_out()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self._aside, 1)
        foot.addWidget(self.refuse)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addLayout(self._remarks)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def show_preview(self, seen: Preview, hamlets: dict[str, str], *, read_only: bool) -> None:
        """Show what a file would change; `hamlets` are names by id."""
        self.seen = seen
        self._read_only = read_only

        def subject(row: Row) -> str:
            return hamlets.get(row.proposal.key.subject, "")

        self.model.show_preview(seen, subject)
        self.filters.choose("")
        for key, words in (
            ("", _("All {count}")),
            (Kind.NEW, _("New {count}")),
            (Kind.CHANGED, _("Changed {count}")),
            (Kind.CONFLICT, _("Both changed {count}")),
            (Kind.REFUSED, _("Not taken {count}")),
        ):
            self.filters.set_words(str(key), words.format(count=self.model.count(str(key))))
        self._title.set_text(_("What {file} would change").format(file=seen.name))
        self._show_remarks()
        same = ngettext(
            "{count} figure stands here already.", "{count} figures stand here already.", seen.unchanged
        )
        self._aside.set_text(
            _("{same} Nothing is stored before it is taken; one undo takes all of it back.").format(
                same=same.format(count=seen.unchanged)
            )
        )
        self._show_foot()

    def _show_remarks(self) -> None:
        while (item := self._remarks.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for remark in self.seen.remarks[:_MOST_REMARKS]:
            self._remarks.addWidget(Banner(BannerKind.INFO, explain(remark)))

    def _show_foot(self) -> None:
        count = len(self.model.chosen)
        words = ngettext("Take {count} figure", "Take {count} figures", count).format(count=count)
        self.take.set_words(words)
        reason = _("This workspace is open for reading only") if self._read_only else None
        self.take.set_reason(reason if reason or count else _("Nothing is ticked"))

    def fit(self, room: Room) -> None:
        """Take the shape for a window of this size."""
        self.table.setColumnHidden(PLACE, room.breadth < Breadth.NARROW)

    def focus(self) -> None:
        """Put the focus on the first line."""
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, FIGURE))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
