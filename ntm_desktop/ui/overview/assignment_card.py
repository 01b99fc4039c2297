"""Who answers for which criterion, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QCompleter, QGridLayout, QWidget
from typing_extensions import override

from ntm_desktop.criteria.model import Criterion
from ntm_desktop.facts.fact import Problem
from ntm_desktop.facts.text import explain
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import work
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.overview.folding import FoldingCard
from ntm_desktop.ui.parts.dates import DateInput
from ntm_desktop.ui.parts.inputs import TextInput
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from datetime import date

_WHO = 220


class AssignmentRow:
    """The two inputs of one criterion, and how far it is."""

    def __init__(self, session: Session, criterion: Criterion, names: QCompleter) -> None:
        self._session = session
        self._criterion = criterion
        label = _("{code}. {name}").format(code=criterion.code, name=criterion.short_name)
        self.label = Words(label, fit=Fit.ELIDE)
        self.who = TextInput(_("Who answers for {criterion}").format(criterion=label), width=_WHO)
        self.who.set_placeholder(_("Full name"))
        self.who.edit.setCompleter(names)
        self.due = DateInput(_("By when {criterion}").format(criterion=label))
        self.state = Words("", TextRole.SMALL, Ink.TEXT2)
        self._problem: str | None = None
        for one in (self.who, self.due):
            one.hide_below()
        self.who.committed.connect(self._store)
        self.due.committed.connect(self._store)

    def show(self, one: work.Assignment | None, today: date) -> None:
        """Show who answers, by when, and how it stands."""
        self.who.set_text("" if one is None else one.who)
        due = None if one is None else one.due
        if self._problem is None:
            self.due.set_text("" if due is None else f"{due:%d/%m/%Y}")
        result = self._session.desk.evaluation.criteria.get(self._criterion.code)
        met, of = (0, 0) if result is None else (result.met, result.applicable)
        words = _("{met}/{total} met").format(met=met, total=of)
        late = due is not None and due < today and met < of
        if late and due is not None:
            words = _("{met}/{total} met \u00b7 {days} days late").format(
                met=met, total=of, days=(today - due).days
            )
        self.state.set_text(self._problem or words)
        self.state.set_ink(Ink.NOT_MET if late or self._problem else Ink.TEXT2)

    def _store(self, _text: str) -> None:
        due = work.read_day(self.due.text())
        self._problem = explain(due) if isinstance(due, Problem) else None
        self.due.set_problem(self._problem)
        desk = self._session.desk
        if isinstance(due, Problem):
            self.show(work.assignments(desk).get(self._criterion.code), desk.now().date())
        else:
            self._session.publish(work.assign(desk, self._criterion.code, self.who.text(), due))


class AssignmentCard(FoldingCard):
    """A row for each criterion of the chosen dossier."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Who answers for what"), _("the names are offered while typing"), parent=parent)
        self.session = session
        self._set = ""
        self.rows: dict[str, AssignmentRow] = {}
        self._names = QCompleter([], self)
        self._names.setCaseSensitivity(self._names.caseSensitivity().CaseInsensitive)
        self._grid_of = QWidget()
        self.body.addWidget(self._grid_of)

    @override
    def refresh(self) -> None:
        desk = self.session.desk
        key = desk.set.sha256 if desk.set is not None else ""
        if key != self._set:
            self._set = key
            self._rebuild()
        names = self._names.model()
        if isinstance(names, QStringListModel):
            names.setStringList(list(work.officers(desk)))
        found, today = work.assignments(desk), desk.now().date()
        for code, row in self.rows.items():
            row.show(found.get(code), today)
            for control in (row.who, row.due):
                control.setEnabled(desk.editable)

    def _rebuild(self) -> None:
        self.body.removeWidget(self._grid_of)
        self._grid_of.hide()
        self._grid_of.deleteLater()
        self._grid_of = QWidget()
        grid = QGridLayout(self._grid_of)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        self.rows = {}
        criteria = self.session.desk.set.criteria if self.session.desk.set is not None else ()
        for number, criterion in enumerate(criteria):
            row = AssignmentRow(self.session, criterion, self._names)
            self.rows[criterion.code] = row
            for column, widget in enumerate((row.label, row.who, row.due, row.state)):
                grid.addWidget(widget, number, column)
        self.body.addWidget(self._grid_of)

    @override
    def first(self) -> QWidget | None:
        return next((row.who for row in self.rows.values()), None)
