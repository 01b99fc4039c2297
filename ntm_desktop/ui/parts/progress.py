"""A work that goes on: what it is, how far, what stopping does, a button to stop.

Rules:
* It appears after 400 ms and then stays at least 600 ms, so that short work does not flicker.
* Unknown length is counted ("1.240 rows read"): the bar stays away, nothing bounces.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink, TextRole
from ntm_desktop.ui.parts.bars import ProgressBar
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.words import Fit, Words

APPEARS_AFTER_MS = 400
STAYS_MS = 600


class ProgressPanel(QWidget):
    """Show a work that can be stopped."""

    stop_asked = Signal()
    gone = Signal()
    """Emitted when the panel has left the screen, or never came."""

    def __init__(self, title: str, stopping: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Words(title, TextRole.STRONG, fit=Fit.WRAP)
        self.amount = Words("", TextRole.SMALL, Ink.TEXT2)
        self.bar = ProgressBar()
        self.stopping = Words(stopping, TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.stop = Button(_("Stop"), height=CONTROL_SMALL)
        self.stop.clicked.connect(self._stop)
        self._shown_for = QElapsedTimer()
        self._appear = self._timer(APPEARS_AFTER_MS)
        self._appear.timeout.connect(self._come)
        self._leave = self._timer(STAYS_MS)
        self._leave.timeout.connect(self._go)
        self._lay_out()
        self.hide()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        return timer

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.amount)
        foot.addWidget(self.stopping, 1)
        foot.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addLayout(foot)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def start(self) -> None:
        """Begin: the panel appears if the work is not over by then."""
        self._leave.stop()
        self.stop.set_reason(None)
        self.set_progress(0.0, "")
        self._appear.start()

    def set_progress(self, share: float | None, amount: str) -> None:
        """Show which part is done, or only the amount where the length is not known."""
        self.bar.setVisible(share is not None)
        self.bar.set_share(share or 0.0)
        self.amount.set_text(amount)

    def show_bytes(self, value: object) -> None:
        """Show how many bytes of how many are done, as copying and restoring report them."""
        if isinstance(value, tuple):
            done, total = value
            words = _("{done} of {total}").format(done=size_words(done), total=size_words(total))
            self.set_progress(done / total if total else None, words if total else size_words(done))

    def set_title(self, title: str) -> None:
        """Name the stage the work is in."""
        self.title.set_text(title)

    def finish(self) -> None:
        """End: the panel leaves once it was seen long enough."""
        self._appear.stop()
        if self.isHidden():
            self.gone.emit()
            return
        self._leave.start(max(STAYS_MS - self._shown_for.elapsed(), 0))

    def _come(self) -> None:
        self._shown_for.start()
        self.show()

    def _go(self) -> None:
        self.hide()
        self.gone.emit()

    def _stop(self) -> None:
        self.stop.set_reason(_("Stopping at the next safe place"))
        self.stop_asked.emit()
