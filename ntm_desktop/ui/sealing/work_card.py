"""A work in stages on a page of the wizard: how far it is, and a button to stop it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Signal

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.seal import Stage
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.progress import ProgressPanel
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.sealing.pacing import Progress


class WorkCard(Card):
    """A work with its stages; after a stop it says that nothing has changed. Hidden otherwise."""

    stop_asked = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._busy = False
        self._stage: Stage | None = None
        self._since = QElapsedTimer()
        self.panel = ProgressPanel(title, _("Can be stopped at any time, nothing on this computer changes."))
        self.panel.stop_asked.connect(self.stop_asked)
        self.panel.gone.connect(self._settle)
        self._stopped = Words(_("Stopped. Nothing has changed."), fit=Fit.WRAP)
        self._stopped.hide()
        self.body.addWidget(self.panel)
        self.body.addWidget(self._stopped)
        self.hide()

    def show_work(self, *, busy: bool, stopped: bool = False) -> None:
        """Show that it runs, that it was stopped, or nothing."""
        if busy and not self._busy:
            self._stage = None
            self.panel.set_title(self._title)
            self.panel.start()
        elif self._busy and not busy:
            self.panel.finish()
        self._busy = busy
        self._stopped.setVisible(stopped and not busy)
        self._settle()

    def tell(self, progress: Progress) -> None:
        """Show how far it is."""
        if progress.stage is not self._stage:
            self._stage = progress.stage
            self._since.start()
            self.panel.set_title(progress.title())
        self.panel.set_progress(progress.share(), progress.amount(self._since.elapsed()))

    def _settle(self) -> None:
        if not self._busy:
            self.panel.hide()
        self.setVisible(self._busy or not self._stopped.isHidden())
