"""The proposal of a year carried over: every figure with a box, nothing taken that is not ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout, QWidget

from ntm_desktop.facts.text import show
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.years import Proposal
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.words import Fit, Words


class CarryView(QWidget):
    """Show what the year before would give."""

    taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposals: tuple[Proposal, ...] = ()
        self.title = Words("", TextRole.CARD_TITLE, fit=Fit.WRAP)
        rest = _("Only what is ticked is taken. Each figure stays marked until it is confirmed.")
        self.model = QStandardItemModel(self)
        self.model.itemChanged.connect(self._count)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName(_("Figures to carry over"))
        self.take = Button("", ButtonKind.PRIMARY)
        self.take.clicked.connect(self.taken)
        self.all = Button(_("Tick all"), ButtonKind.QUIET)
        self.all.clicked.connect(self._tick_all)
        away = Button(_("Carry nothing over"))
        away.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.addWidget(self.all)
        foot.addStretch(1)
        foot.addWidget(away)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(Words(rest, TextRole.BODY, Ink.TEXT2, fit=Fit.WRAP))
        column.addWidget(self.view, 1)
        column.addLayout(foot)

    def show_proposals(self, proposals: tuple[Proposal, ...], hamlets: dict[str, str], year: int) -> None:
        """Show what could be carried into a year; lasting things are ticked already."""
        self._proposals = proposals
        self.title.set_text(
            _("{year} has everything that {before} has").format(before=year - 1, year=year)
            if not proposals
            else _("{count} figures of {before} are not entered for {year} yet").format(
                count=len(proposals), before=year - 1, year=year
            )
        )
        self.model.clear()
        for one in proposals:
            value = show(one.element, one.before.value) if one.before.value is not None else one.before.text
            place = hamlets.get(one.key.subject, "")
            parts = (str(one.element.label), place, value, one.before.provenance.source)
            item = QStandardItem(" \u00b7 ".join(part for part in parts if part))
            item.setCheckable(True)
            item.setEditable(False)
            item.setCheckState(Qt.CheckState.Checked if one.suggested else Qt.CheckState.Unchecked)
            self.model.appendRow(item)
        self._count()
        self.view.setCurrentIndex(self.model.index(0, 0))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> tuple[Proposal, ...]:
        """Return what is ticked."""
        return tuple(
            one
            for number, one in enumerate(self._proposals)
            if self.model.item(number).checkState() is Qt.CheckState.Checked
        )

    def _tick_all(self) -> None:
        for number in range(self.model.rowCount()):
            self.model.item(number).setCheckState(Qt.CheckState.Checked)

    def _count(self) -> None:
        count = len(self.chosen()) if self.model.rowCount() == len(self._proposals) else 0
        words = ngettext("Carry {count} figure over", "Carry {count} figures over", count)
        self.take.set_words(words.format(count=count))
        self.take.set_reason(None if count else _("Nothing is ticked"))
