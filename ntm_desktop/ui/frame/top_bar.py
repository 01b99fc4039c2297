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
from ntm_desktop.operations.grades import Grade, grade_words, points_words
from ntm_desktop.operations.progress import Progress
from ntm_desktop.ui.frame.find_box import FindBox
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import TOP_BAR, Ink, TextRole
from ntm_desktop.ui.parts.card import Hairline
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.words import Fit, Span, Words

_PICKER = 266
_PICKER_NARROW = 190
_FIND = 256
_FIND_NARROW = 190
_LENS = 40
_APART = Span("     ")


class TopBar(QWidget):
    """Name the commune, pick the dossier, tell the progress, find."""

    picked = Signal(str)
    """Carries the id of the dossier that was picked."""

    def __init__(self, commune: Commune, find: FindBox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(TOP_BAR)
        self._shape = Room(1366, 697)
        self._progress: Progress | None = None
        self._grade: Grade | None = None
        name = Words(f"{commune.kind} {commune.name}", TextRole.CARD_TITLE, fit=Fit.ELIDE)
        place = _("{code} \u00b7 {province}").format(code=commune.code, province=commune.province)
        names = QVBoxLayout()
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addWidget(name)
        names.addWidget(Words(place, TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE))
        self.picker = Select(_("Dossier"))
        self.picker.setFixedWidth(_PICKER)
        self.picker.setStyleSheet("QComboBox { font-weight: 600; }")
        self.picker.chosen.connect(self.picked)
        self._words = Words()
        self._find_box = find
        find.focus_changed.connect(self._fit_find_box)
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

    def show_progress(self, progress: Progress | None, grade: Grade | None = None) -> None:
        """Tell the progress of the chosen dossier; nothing where the page does not belong to one.

        Of a set that gives grades the points and the grade are told.
        """
        self._progress, self._grade = progress, grade
        self._tell()

    def progress_words(self) -> str:
        """Return what is said about the progress."""
        return self._words.text()

    def fit(self, room: Room) -> None:
        """Shorten the progress in steps and shrink the find box to its lens."""
        self._shape = room
        stacked = room.breadth < Breadth.NARROW
        self._find_box.set_room(words=room.breadth >= Breadth.DRAWER, key=not stacked)
        self.picker.setFixedWidth(_PICKER if not stacked else _PICKER_NARROW)
        self._fit_find_box()
        self._tell()

    def _fit_find_box(self) -> None:
        """Where there is no room the box is its lens; it opens in the place of the picker while it has the focus."""
        breadth = self._shape.breadth
        stacked = breadth < Breadth.NARROW
        opened = stacked and self._find_box.input.hasFocus()
        self.picker.setVisible(not opened)
        width = (
            _PICKER_NARROW + _LENS
            if opened
            else _LENS
            if stacked
            else _FIND
            if breadth >= Breadth.DRAWER
            else _FIND_NARROW
        )
        self._find_box.setFixedWidth(width)

    def _tell(self) -> None:
        progress, breadth = self._progress, self._shape.breadth
        if progress is None or breadth < Breadth.DRAWER:
            self._words.set_text("")
            return
        unknown = _bold(_("{count} not enough figures"), str(progress.undetermined))
        if self._grade is not None:
            points = _bold(_("{count} points"), points_words(self._grade))
            grade = Span(grade_words(self._grade), strong=self._grade.band is not None)
            full = breadth is Breadth.FULL
            self._words.set_spans((*points, _APART, grade, *((_APART, *unknown) if full else ())))
            return
        indicators = _bold(_("{count} indicators met"), f"{progress.met}/{progress.total}")
        if breadth < Breadth.FULL:
            self._words.set_spans(indicators)
            return
        criteria = _bold(_("{count} criteria met"), f"{progress.criteria_met}/{progress.criteria_total}")
        self._words.set_spans((*criteria, _APART, *indicators, _APART, *unknown))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(Ink.LINE))


def _bold(message: str, count: str) -> tuple[Span, ...]:
    """Return the message with its count in semibold."""
    before, _placeholder, after = message.partition("{count}")
    return tuple(span for span in (Span(before), Span(count, strong=True), Span(after)) if span.text)
