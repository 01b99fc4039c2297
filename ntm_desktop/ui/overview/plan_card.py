"""The planned year of each indicator that is not met yet, against the last year of the set."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import work
from ntm_desktop.operations.work import YEARS_AHEAD, Planned
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.overview.folding import FoldingCard
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.verdicts import STATES
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_NONE = "none"
_YEAR = 150


class PlanCard(FoldingCard):
    """A row for each indicator: its name, the year, what to think of it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Plan by years"), parent=parent)
        self.session = session
        self.years: dict[str, Select] = {}
        self._told: dict[str, Words] = {}
        self._codes: tuple[str, ...] = ()
        self._grid_of = QWidget()
        self.body.addWidget(self._grid_of)

    @override
    def refresh(self) -> None:
        found = work.planned(self.session.desk)
        codes = tuple(one.indicator.code for one in found)
        if codes != self._codes:
            self._codes = codes
            self._rebuild(found)
        counted = sum(1 for one in found if one.year is not None)
        self.set_aside(_("{count} of {total} planned").format(count=counted, total=len(found)))
        for one in found:
            self.years[one.indicator.code].set_key(_NONE if one.year is None else str(one.year))
            self.years[one.indicator.code].setEnabled(self.session.desk.editable)
            self._tell(one)

    def _tell(self, one: Planned) -> None:
        words = self._told[one.indicator.code]
        criterion_set = self.session.desk.set
        last = criterion_set.valid_to if criterion_set is not None else None
        words.set_text(_("after the last year of the set, {year}").format(year=last) if one.late else "")
        words.set_ink(Ink.UND)

    def _rebuild(self, found: tuple[Planned, ...]) -> None:
        self.body.removeWidget(self._grid_of)
        self._grid_of.hide()
        self._grid_of.deleteLater()
        self._grid_of = QWidget()
        grid = QGridLayout(self._grid_of)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self.years, self._told = {}, {}
        for number, one in enumerate(found):
            state = STATES[one.verdict]
            label = _("{code} {name}").format(code=one.indicator.code, name=one.indicator.short_name)
            year = self._picker(one.indicator.code, label)
            told = Words("", TextRole.SMALL, Ink.TEXT2)
            self.years[one.indicator.code], self._told[one.indicator.code] = year, told
            grid.addWidget(Icon(state.icon, state.ink), number, 0)
            for column, widget in enumerate((Words(label, fit=Fit.ELIDE), year, told), start=1):
                grid.addWidget(widget, number, column)
        self.body.addWidget(self._grid_of)

    def _picker(self, code: str, label: str) -> Select:
        first = self.session.desk.situation.year
        picker = Select(_("Planned year of {indicator}").format(indicator=label))
        picker.setFixedWidth(_YEAR)
        picker.setObjectName(code)
        picker.set_options(
            [
                Option(_NONE, _("Not planned")),
                *(Option(str(year), str(year)) for year in range(first, first + YEARS_AHEAD + 1)),
            ]
        )
        picker.chosen.connect(self._chosen)
        return picker

    def _chosen(self, key: str) -> None:
        sender = self.sender()
        if sender is not None:
            year = None if key == _NONE else int(key)
            self.session.publish(work.plan_year(self.session.desk, sender.objectName(), year))

    @override
    def first(self) -> QWidget | None:
        return next(iter(self.years.values()), None)
