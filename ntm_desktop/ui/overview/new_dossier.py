"""The card that makes a new dossier: set and year, one button that says what it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import dossiers, start
from ntm_desktop.operations.start import SetSummary
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ntm_desktop.operations.packs import InstalledSet

_SET = 320
_LEAST_SET = 180
_YEAR = 120
_OPEN_BEGINNING = 4
_OPEN_END = 5


def years_of(chosen: SetSummary | InstalledSet, this_year: int) -> list[int]:
    """Return the years a dossier under this set may be for, the newest that has begun first.

    Of a set that names no first year the last few years are offered.
    """
    first = chosen.valid_from or this_year - _OPEN_BEGINNING
    last = chosen.valid_to or this_year + _OPEN_END
    begun = [year for year in range(first, last + 1) if year <= this_year]
    return sorted(begun or [first], reverse=True)


class NewDossierCard(TitledCard):
    """Ask for set and year and make the dossier."""

    made = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("New dossier"), parent=parent)
        self.session = session
        self._sets: dict[str, SetSummary | InstalledSet] = {one.id: one for one in start.known_sets()}
        self.chosen_set = Select(_("Criterion set"))
        self.chosen_set.setMaximumWidth(_SET)
        self.chosen_set.setMinimumWidth(_LEAST_SET)
        self.chosen_set.set_options([Option(one.id, str(one.short_title)) for one in self._sets.values()])
        self.chosen_set.currentIndexChanged.connect(self._set_changed)
        self.year = Select(_("Year"))
        self.year.setFixedWidth(_YEAR)
        self.make = Button(_("Make the dossier"), ButtonKind.PRIMARY)
        self.make.clicked.connect(self._make)
        back = Button(_("Not now"), ButtonKind.QUIET)
        back.clicked.connect(self.hide)
        self._words = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        choices, actions = QHBoxLayout(), QHBoxLayout()
        for part in (choices, actions):
            part.setSpacing(10)
        choices.addWidget(self.chosen_set, 1)
        choices.addWidget(self.year)
        actions.addWidget(self.make)
        actions.addWidget(back)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(10)
        self._row.addLayout(choices)
        self._row.addLayout(actions)
        self._row.addStretch(1)
        actions.addStretch(1)
        self.body.addLayout(self._row)
        self.body.addWidget(self._words)
        self.chosen_set.setCurrentIndex(0)
        self._set_changed()

    def open(self) -> None:
        """Show the card with the sets that are here by now, and put the focus on the set."""
        from ntm_desktop.operations import packs  # reads packs: not before it is asked for

        chosen = self.chosen_set.key()
        self._sets = {one.id: one for one in packs.installed(self.session.desk)}
        self.chosen_set.set_options([Option(one.id, str(one.short_title)) for one in self._sets.values()])
        self.chosen_set.set_key(chosen if chosen in self._sets else next(iter(self._sets), ""))
        self._set_changed()
        self.show()
        self.chosen_set.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit(self, *, stacked: bool) -> None:
        """Put the buttons below the choices where there is no room beside them."""
        self._row.setDirection(
            QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def _set_changed(self, _index: int = 0) -> None:
        chosen = self._sets.get(self.chosen_set.key())
        if chosen is None:
            return
        years = years_of(chosen, self.session.desk.now().year)
        self.year.set_options([Option(str(year), _("year {year}").format(year=year)) for year in years])
        self.year.setCurrentIndex(0)
        message = (
            _("{indicators} indicators \u00b7 version {version} \u00b7 {publisher}")
            if chosen.complete
            else _(
                "Not complete yet: its indicators are not known \u00b7 version {version} \u00b7 {publisher}"
            )
        )
        self._words.set_text(
            message.format(indicators=chosen.indicators, version=chosen.version, publisher=chosen.publisher)
        )

    def _make(self) -> None:
        change = dossiers.add(self.session.desk, self.chosen_set.key(), int(self.year.key()))
        self.hide()
        self.session.publish(change)
        self.made.emit()
