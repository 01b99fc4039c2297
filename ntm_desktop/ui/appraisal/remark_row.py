"""One remark beside the table: where it stands, what the dossier says there, what the reviewer says, how far it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.review_remarks import Demand, Kept, RemarkState
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.inputs import TextInput
from ntm_desktop.ui.parts.words import Fit, Span, Words

_SIDE = 16


class RemarkRow(QWidget):
    """One remark: where, what the dossier says there, what the reviewer says, how far it is."""

    settled = Signal(int)
    written = Signal(int, str)

    def __init__(self, kept: Kept, where: str, says: str) -> None:
        super().__init__()
        self.kept = kept
        one = kept.remark
        icon, ink, words = _state(kept)
        head = QHBoxLayout()
        head.setSpacing(6)
        title = Words("", fit=Fit.WRAP)
        title.set_spans((Span(f"{one.requirement}  ", ink=Ink.TEXT2), Span(where, strong=True)))
        head.addWidget(title, 1)
        head.addWidget(Icon(icon, ink, 14))
        head.addWidget(Words(words, TextRole.SMALL_STRONG, ink))
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 10, _SIDE, 10)
        column.setSpacing(4)
        column.addLayout(head)
        if says:
            column.addWidget(Words(says, TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP))
        self.words = Words(one.text, fit=Fit.WRAP)
        self.input = TextInput(_("Remark on {code}").format(code=one.requirement))
        self.input.set_text(one.text)
        self.input.hide_below()
        self.input.hide()
        self.input.committed.connect(self._write)
        column.addWidget(self.words)
        column.addWidget(self.input)
        if kept.answer:
            answer = _("The commune: {answer}").format(answer=kept.answer)
            column.addWidget(Words(answer, TextRole.SMALL, fit=Fit.WRAP))
        if kept.state is not RemarkState.SETTLED:
            column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        code = self.kept.remark.requirement
        foot = QHBoxLayout()
        foot.setSpacing(14)
        foot.addStretch(1)
        if self.kept.state is RemarkState.OPEN:
            change = Button(_("Change"), ButtonKind.LINK, height=CONTROL_SMALL - 6)
            change.setAccessibleName(_("Change the remark on {code}").format(code=code))
            change.clicked.connect(self._change)
            foot.addWidget(change)
        settle = Button(_("Settled"), ButtonKind.LINK, height=CONTROL_SMALL - 6)
        settle.setAccessibleName(_("The remark on {code} is settled").format(code=code))
        settle.clicked.connect(self._settle)
        foot.addWidget(settle)
        return foot

    def _change(self) -> None:
        self.words.hide()
        self.input.show()
        self.input.focus()

    def _write(self, text: str) -> None:
        if text.strip():
            self.words.set_text(text.strip())
        self.written.emit(self.kept.remark.number, text)

    def _settle(self) -> None:
        self.settled.emit(self.kept.remark.number)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(_SIDE, self.height() - 1, self.width() - 2 * _SIDE, 1, colour(Ink.LINE))


def _state(kept: Kept) -> tuple[str, Ink, str]:
    """Return icon, colour and word of how far a remark is."""
    if kept.state is RemarkState.ANSWERED:
        return "met", Ink.MET, _("Answered")
    if kept.state is RemarkState.SETTLED:
        return "met", Ink.MET, _("Settled")
    if kept.remark.demand is Demand.CORRECT:
        return "undo", Ink.NOT_MET, _("Must be corrected")
    return "remark", Ink.TEXT2, _("To be answered")
