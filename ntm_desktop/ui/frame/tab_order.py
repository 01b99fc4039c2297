"""The way Tab goes: in reading order, which is the order of the layouts.

Qt's own chain follows the order in which widgets were made; cards are made anew for each indicator and would come last.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from ntm_desktop.ui.look.tokens import FOCUS_ROOM


def stops(widget: QWidget) -> Iterator[QWidget]:
    """Walk through the widgets below this one that Tab reaches, in reading order."""
    if not widget.isVisible() or not widget.isEnabled():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    if not isinstance(widget, QAbstractItemView | QComboBox):
        for child in _children(widget):
            yield from stops(child)


def next_stop(window: QWidget, focused: QWidget | None, step: int) -> QWidget | None:
    """Return where Tab (1) or Shift+Tab (-1) goes from here; round at the ends; None when there is nowhere to go."""
    order = list(stops(window))
    if not order:
        return None
    if focused not in order:
        return order[0 if step > 0 else -1]
    return order[(order.index(focused) + step) % len(order)]


def uncover(widget: QWidget) -> None:
    """Scroll the page the widget is on until it is in view with its ring."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, FOCUS_ROOM, 2 * FOCUS_ROOM)
        parent = parent.parentWidget()


def _children(widget: QWidget) -> Iterator[QWidget]:
    placed: list[QWidget | None] = []
    if isinstance(widget, QScrollArea):
        placed = [widget.widget()]
    elif isinstance(widget, QStackedWidget):
        placed = [widget.currentWidget()]
    elif isinstance(widget, QSplitter):
        placed = [widget.widget(number) for number in range(widget.count())]
    else:
        layout = widget.layout()
        if layout is not None:
            placed = list(_in_layout(layout))
        loose = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        placed += [child for child in loose if child not in placed and not child.isWindow()]
    yield from (child for child in placed if child is not None)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        inner, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if inner is not None:
            yield from _in_layout(inner)
        elif widget is not None:
            yield widget
