"""How wide the tree is: as look.md says for the window's width, until an officer drags it; that is remembered."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ntm_desktop import settings
from ntm_desktop.ui.look.breakpoints import Breadth, Room

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSplitter, QWidget

_log = logging.getLogger(__name__)

_LEAST, _MOST = 200, 420
_PAUSE_MS = 400


def dragged(remembered: settings.Settings) -> int:
    """Return the width an officer gave the tree; 0 where it is as wide as the window asks for."""
    return remembered.tree_width if remembered.tree_width != settings.Settings().tree_width else 0


class TreeWidth(QObject):
    """Keep the splitter where it belongs."""

    def __init__(self, splitter: QSplitter, tree: QWidget) -> None:
        super().__init__(splitter)
        self._splitter = splitter
        self._tree = tree
        tree.setMinimumWidth(_LEAST)
        tree.setMaximumWidth(_MOST)
        self._own = dragged(settings.load())
        self._breadth: Breadth | None = None
        self._storing = QTimer(self)
        self._storing.setSingleShot(True)
        self._storing.setInterval(_PAUSE_MS)
        self._storing.timeout.connect(self._store)
        splitter.splitterMoved.connect(self._moved)

    def fit(self, room: Room) -> None:
        """Take the width for a window of this size when its class changed."""
        if room.breadth is self._breadth:
            return
        self._breadth = room.breadth
        width = self._own or room.tree_width
        self._splitter.setSizes([width, max(1, room.width - width)])

    def _moved(self, _position: int, _number: int) -> None:
        self._own = self._tree.width()
        self._storing.start()

    def _store(self) -> None:
        try:
            settings.save(replace(settings.load(), tree_width=self._own))
        except OSError as error:
            _log.info("settings not written: %s", error.errno)
