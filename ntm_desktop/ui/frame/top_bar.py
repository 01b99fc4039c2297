"""The top bar: commune, dossier picker, progress in plain words, find box."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.facts.subject import Commune
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.dossiers import DossierName
from ntm_desktop.operations.progress import Progress
from ntm_desktop.ui.frame.find_box import FindBox
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import TOP_BAR, Ink, TextRole
from ntm_desktop.ui.parts.card import Hairline
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.words import Fit, Span, Words

_PICKER = 266
_FIND = 256


class TopBar(QWidget):
    """Name the commune, pick the dossier, tell the progress, find."""

    picked = Signal(str)
    """Carries the id of the dossier that was picked."""

    def __init__(self, commune: Commune, find: FindBox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(TOP_BAR)
        self._shape = Room(1366, 697)
        self._progress: Progress | None = None
        name = Words(f"{commune.kind} {commune.name}", TextRole.CARD_TITLE, fit=Fit.ELIDE)
        place = _("{code} \u00b7 {province}").format(code=commune.code, province=commune.province)
        names = QVBoxLayout()
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addWidget(name)
        names.addWidget(Words(place, TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE))
        self.picker = Select(_("Dossier"))
        self.picker.setFixedWidth(_PICKER)
        self.picker.chosen.connect(self.picked)
        self._words = Words()
        self._find_box = find
        find.setFixedWidth(_FIND)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 6)
        row.setSpacing(14)
        row.addLayout(names)
        row.addWidget(Hairline(upright=True))
        row.addWidget(self.picker)
        row.addSpacing(6)
        row.addWidget(self._words)
        row.addStretch(1)
        row.addWidget(find)

    def show_dossiers(self, dossiers: Sequence[DossierName], chosen: str) -> None:
        """Offer these dossiers and mark the chosen one."""
        self.picker.set_options([Option(dossier.id, dossier.words()) for dossier in dossiers])
        self.picker.set_key(chosen)
        self.picker.setEnabled(bool(dossiers))

    def show_progress(self, progress: Progress | None) -> None:
        """Tell the progress of the chosen dossier; nothing where the page does not belong to one."""
        self._progress = progress
        self._tell()

    def fit(self, room: Room) -> None:
        """Shorten the progress in steps and shrink the find box to its lens."""
        self._shape = room
        stacked = room.breadth < Breadth.NARROW
        self._find_box.set_lens_only(lens_only=stacked)
        self._find_box.setFixedWidth(40 if stacked else _FIND if room.breadth >= Breadth.DRAWER else 180)
        self.picker.setFixedWidth(_PICKER if not stacked else 190)
        self._tell()

    def _tell(self) -> None:
        progress, breadth = self._progress, self._shape.breadth
        if progress is None or breadth < Breadth.DRAWER:
            self._words.set_text("")
            return
        indicators = f"{progress.met}/{progress.total}"
        if breadth < Breadth.FULL:
            self._words.set_spans((Span(indicators, strong=True), Span(_(" indicators met"))))
            return
        self._words.set_spans(
            (
                Span(f"{progress.criteria_met}/{progress.criteria_total}", strong=True),
                Span(_(" criteria met")),
                Span("     "),
                Span(indicators, strong=True),
                Span(_(" indicators met")),
                Span("     "),
                Span(str(progress.undetermined), strong=True),
                Span(_(" not enough figures")),
            )
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(Ink.LINE))
