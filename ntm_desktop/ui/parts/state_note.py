"""A cell of a table with the icon of its line's state before its words."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from ntm_desktop.ui.look import icons
from ntm_desktop.ui.look.tokens import State

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_ICON = 14


class StateNote(QStyledItemDelegate):
    """Paint it; what has a state of `silent`, or none, is painted as words alone."""

    def __init__(self, role: int, parent: QWidget, *, silent: Container[State] = ()) -> None:
        super().__init__(parent)
        self._role = role
        self._silent = silent

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state = index.data(self._role)
        if isinstance(state, State) and state not in self._silent:
            at = QRectF(option.rect.left() + 6, option.rect.center().y() - _ICON / 2, _ICON, _ICON)
            icons.paint(painter, at, state.icon, state.ink)
            option.rect = option.rect.adjusted(_ICON + 8, 0, 0, 0)
        super().paint(painter, option, index)
