"""The strips above and below the reviewer's window: who reviews what, how many sent, and what is safe."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.review_desk import ReviewDesk
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import STATUS_BAR, TOP_BAR, Ink, TextRole
from ntm_desktop.ui.parts.card import Hairline
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.choice import Select
from ntm_desktop.ui.parts.words import Fit, Words


class Strip(QWidget):
    """Province and office, the set, how many sent."""

    def __init__(self, desk: ReviewDesk, picker: Select, sent: Words) -> None:
        super().__init__()
        self.setFixedHeight(TOP_BAR)
        names = QVBoxLayout()
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addWidget(Words(desk.folder.province, TextRole.CARD_TITLE))
        names.addWidget(Words(desk.folder.office, TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE))
        picker.setMinimumWidth(200)
        picker.setStyleSheet("QComboBox { font-weight: 600; }")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 6)
        row.setSpacing(14)
        row.addLayout(names)
        row.addWidget(Hairline(upright=True))
        row.addWidget(picker)
        row.addWidget(sent, 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(Ink.LINE))


class Status(QWidget):
    """What is safe, and what is new."""

    def __init__(self, desk: ReviewDesk) -> None:
        super().__init__()
        self.setFixedHeight(STATUS_BAR)
        self._new = Words("", TextRole.SMALL_STRONG)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(Icon("shieldok", Ink.MET))
        row.addWidget(Words(_("Remarks are saved as they are written"), TextRole.SMALL_STRONG))
        path = _("Dossiers as they came: {folder}").format(folder=desk.folder.folder)
        row.addWidget(Words(path, TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE_MIDDLE), 1)
        row.addWidget(self._new, 0, Qt.AlignmentFlag.AlignRight)
        row.addWidget(Words(_("F8: next new one"), TextRole.SMALL, Ink.TEXT2))

    def show_new(self, new: int) -> None:
        """Say how many dossiers nobody has looked at."""
        self._new.set_text(_("{count} new dossiers").format(count=new))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.WINDOW))
        painter.fillRect(0, 0, self.width(), 1, colour(Ink.LINE))
