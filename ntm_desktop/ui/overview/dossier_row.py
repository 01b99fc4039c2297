"""One dossier in the overview: name, progress as one bar with words, its state, one button."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.desk import VIETNAM
from ntm_desktop.operations.dossiers import DossierState, DossierSummary
from ntm_desktop.operations.grades import grade_words, points_words
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink, State, TextRole
from ntm_desktop.ui.parts.bars import Segment, SegmentBar
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.words import Fit, Words

_NAME = 300
"""The same for all, so that the bars begin below each other whatever the sets are called."""
_FREE = 16_777_215


class DossierRow(QWidget):
    """Show a dossier; emit its id when it is opened."""

    opened = Signal(str)

    def __init__(self, summary: DossierSummary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = summary.dossier.id
        progress = summary.progress
        parts = (
            (State.MET, progress.met, _("{count} met").format(count=progress.met)),
            (State.NOT_MET, progress.not_met, _("{count} not met").format(count=progress.not_met)),
            (
                State.UND,
                progress.undetermined,
                _("{count} not enough figures").format(count=progress.undetermined),
            ),
            (
                State.NA,
                progress.not_applicable,
                _("{count} not applicable").format(count=progress.not_applicable),
            ),
        )
        bar = SegmentBar()
        bar.show_segments(
            [Segment(state, count) for state, count, _words in parts],
            ", ".join(words for _s, count, words in parts if count),
        )
        counts = QHBoxLayout()
        counts.setContentsMargins(0, 0, 0, 0)
        counts.setSpacing(6)
        if summary.grade is not None:
            told = _("{points} points \u00b7 {grade}").format(
                points=points_words(summary.grade), grade=grade_words(summary.grade)
            )
            counts.addWidget(Words(told, TextRole.SMALL_STRONG))
            counts.addSpacing(6)
        for state, count, words in parts:
            if count:
                counts.addWidget(Icon(state.icon, state.ink, 14))
                counts.addWidget(Words(words, TextRole.SMALL, Ink.TEXT2 if state is State.MET else Ink.TEXT))
                counts.addSpacing(6)
        counts.addStretch(1)
        is_open = summary.dossier.state is DossierState.OPEN
        button = Button(_("Open") if is_open else _("View"), height=CONTROL_SMALL + 2)
        button.setAccessibleDescription(summary.name.words())
        button.clicked.connect(self._open)
        assessed = _("Assessed on {day}").format(day=f"{summary.dossier.assessed_on:%d/%m/%Y}")
        self._name = Words(summary.name.words(), TextRole.STRONG, fit=Fit.WRAP)
        self._second = Words(assessed, TextRole.SMALL, Ink.TEXT2)
        self._bar, self._counts, self._button = bar, QWidget(), button
        self._counts.setLayout(counts)
        self._state = Words(_state_words(summary), TextRole.SMALL, Ink.TEXT2)
        self._lock = Icon("lock", Ink.TEXT2, 14)
        if is_open:
            self._lock.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 6, 0, 7)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._wide: bool | None = None
        self.set_wide(wide=True)

    def set_wide(self, *, wide: bool) -> None:
        """Put name, bar and state beside each other, or the bar below."""
        if wide == self._wide:
            return
        self._wide = wide
        grid, middle = self._grid, Qt.AlignmentFlag.AlignVCenter
        for widget in (
            self._name,
            self._second,
            self._bar,
            self._counts,
            self._lock,
            self._state,
            self._button,
        ):
            grid.removeWidget(widget)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._second, 1, 0)
        grid.addWidget(self._lock, 0, 2, 2, 1)
        grid.addWidget(self._state, 0, 3, 2, 1)
        grid.addWidget(self._button, 0, 4, 2, 1)
        if wide:
            grid.addWidget(self._bar, 0, 1, middle)
            grid.addWidget(self._counts, 1, 1)
        else:
            grid.addWidget(self._bar, 2, 0, 1, 5)
            grid.addWidget(self._counts, 3, 0, 1, 5)
        self._name.setMaximumWidth(_NAME if wide else _FREE)
        grid.setColumnMinimumWidth(0, _NAME if wide else 0)
        grid.setColumnStretch(0, 0 if wide else 1)
        grid.setColumnStretch(1, 1 if wide else 0)

    def _open(self) -> None:
        self.opened.emit(self._id)


def _state_words(summary: DossierSummary) -> str:
    if summary.dossier.state is DossierState.OPEN:
        return _("In work")
    if not summary.sealed_at:
        return _("Sealed")
    day = datetime.fromisoformat(summary.sealed_at).astimezone(VIETNAM)
    return _("Sealed {day}").format(day=f"{day:%d/%m/%Y}")
