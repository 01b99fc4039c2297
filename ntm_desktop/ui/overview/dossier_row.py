"""One dossier in the overview: name, progress as one bar with words, its state, one button."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.desk import VIETNAM
from ntm_desktop.operations.dossiers import DossierState, DossierSummary
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink, State, TextRole
from ntm_desktop.ui.parts.bars import Segment, SegmentBar
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.words import Fit, Words

_NAME = 250


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
            (State.UND, progress.undetermined, _("{count} not enough figures").format(count=progress.undetermined)),
            (State.NA, progress.not_applicable, _("{count} not applicable").format(count=progress.not_applicable)),
        )
        bar = SegmentBar()
        bar.show_segments(
            [Segment(state, count) for state, count, _words in parts], ", ".join(words for _s, count, words in parts if count)
        )
        counts = QHBoxLayout()
        counts.setSpacing(6)
        for state, count, words in parts:
            if count:
                counts.addWidget(Icon(state.icon, state.ink, 14))
                counts.addWidget(Words(words, TextRole.SMALL, Ink.TEXT2 if state is State.MET else Ink.TEXT))
                counts.addSpacing(8)
        counts.addStretch(1)
        is_open = summary.dossier.state is DossierState.OPEN
        button = Button(_("Open") if is_open else _("View"), height=CONTROL_SMALL + 2)
        button.setAccessibleDescription(summary.name.words())
        button.clicked.connect(self._open)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(3)
        name = Words(summary.name.words(), TextRole.STRONG, fit=Fit.WRAP)
        grid.addWidget(name, 0, 0)
        grid.addWidget(Words(_("Assessed on {day}").format(day=f"{summary.dossier.assessed_on:%d/%m/%Y}"), TextRole.SMALL, Ink.TEXT2), 1, 0)
        grid.addWidget(bar, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(counts, 1, 1)
        grid.addWidget(Words(_state_words(summary), TextRole.SMALL, Ink.TEXT2), 0, 2, 2, 1)
        grid.addWidget(button, 0, 3, 2, 1)
        grid.setColumnMinimumWidth(0, _NAME)
        grid.setColumnStretch(1, 1)

    def _open(self) -> None:
        self.opened.emit(self._id)


def _state_words(summary: DossierSummary) -> str:
    if summary.dossier.state is DossierState.OPEN:
        return _("In work")
    if not summary.sealed_at:
        return _("Sealed")
    day = datetime.fromisoformat(summary.sealed_at).astimezone(VIETNAM)
    return _("Sealed {day}").format(day=f"{day:%d/%m/%Y}")
