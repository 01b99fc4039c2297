"""Says who is entering, where several officers share a workspace, and leads to where another one is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import work
from ntm_desktop.ui.parts.banner import Banner, BannerKind

if TYPE_CHECKING:
    from ntm_desktop.ui.frame.window import MainWindow

OFFICER = "officer"
"""The place on the overview."""


class OfficerNotice(QObject):
    """A banner above the page, after the first paint."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._banner: Banner | None = None

    def tell(self) -> None:
        """Say it where more than one officer ever entered something or answers for something."""
        desk = self._window.session.desk
        if len(work.officers(desk)) > 1 and not desk.workspace.read_only:
            fact = _("Entering now: {who}").format(who=desk.who)
            rest = _("The name goes with every figure entered from now on.")
            action = _("Another officer\u2026")
            self._banner = self._window.notice(BannerKind.INFO, fact, rest, action=action)
            self._banner.pressed.connect(self._name)

    def _name(self) -> None:
        if self._banner is not None:
            self._banner.hide()
        self._window.go_to("overview", OFFICER)
