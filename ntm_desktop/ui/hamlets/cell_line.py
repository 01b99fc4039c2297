"""The line above a table that tells of the chosen cell: place and column, value, problem, who and when."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ntm_desktop.facts.fact import Fact
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.desk import VIETNAM
from ntm_desktop.ui.entry.table_model import TableModel
from ntm_desktop.ui.look.tokens import TABLE_ROW, Ink, TextRole
from ntm_desktop.ui.parts.card import Card, Hairline
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.words import Fit, Words

_LINE = 18


class CellLine(Card):
    """Tell of one cell, like the formula bar of a spreadsheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padded=False, parent=parent)
        self.hint = Words(
            _("Choose a cell: here stands who entered it, when, and what is wrong with it."),
            ink=Ink.TEXT2,
            fit=Fit.ELIDE,
        )
        self.place = Words("", TextRole.STRONG, fit=Fit.ELIDE)
        self.value = Words("", TextRole.TYPED)
        self.problem = Words("", TextRole.BODY, Ink.NOT_MET, fit=Fit.ELIDE)
        self.entered = Words("", TextRole.SMALL, Ink.TEXT2)
        self._wrong = Icon("not_met", Ink.NOT_MET)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(10)
        row.addWidget(self.hint)
        row.addWidget(self.place)
        self._middle = (_upright(), self.value, _upright())
        for widget in self._middle:
            row.addWidget(widget)
        row.addWidget(self._wrong)
        row.addWidget(self.problem, 1)
        row.addWidget(self.entered, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(row)
        self.setFixedHeight(TABLE_ROW)
        self.setAccessibleName(_("The chosen cell"))
        self._show_none()

    def show_cell(self, model: TableModel, index: QModelIndex) -> None:
        """Tell of this cell; of none, what the line is for."""
        if not index.isValid():
            self._show_none()
            return
        self.hint.hide()
        for widget in (self.place, *self._middle):
            widget.show()
        name = model.name(index.row())
        element = model.element(index.column())
        self.place.set_text(_("{hamlet} \u00b7 {column}").format(hamlet=name, column=element.label))
        self.value.set_text(model.shown(index))
        problem = model.problem(index)
        self._wrong.setVisible(problem is not None)
        self.problem.set_text(problem or "")
        self.entered.set_text(entered_words(model.fact(index)))
        self.setAccessibleDescription(" ".join((model.spoken(index), problem or "")))

    def _show_none(self) -> None:
        self.setAccessibleDescription("")
        for words in (self.problem, self.entered):
            words.set_text("")
        for widget in (self.place, *self._middle, self._wrong):
            widget.hide()
        self.hint.show()


def _upright() -> Hairline:
    line = Hairline(upright=True)
    line.setFixedHeight(_LINE)
    return line


def entered_words(fact: Fact | None) -> str:
    """Return who entered a figure and when; nothing where nobody did."""
    claim = fact.in_use if fact is not None else None
    if claim is None:
        return ""
    try:
        moment = datetime.fromisoformat(claim.at).astimezone(VIETNAM)
    except ValueError:
        return claim.who
    day = f"{moment:%d/%m/%Y}"
    if not claim.who:
        return _("entered {day}").format(day=day)
    return _("{who} entered it {day}").format(who=claim.who, day=day)
