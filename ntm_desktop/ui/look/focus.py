"""The one focus ring: it follows the focus, whatever has it.

Rules:
* 2 px accent on the edge and 3 px of accent at 22 % outside, drawn here and nowhere else.
* Inputs show it always, buttons only after a key press, trees and tables on the current row or cell.
* A widget whose edge is not its own rectangle (a tick with its words) says where the ring goes: `Ringed`.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QTableView,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from ntm_desktop.ui.look.colours import colour, faded
from ntm_desktop.ui.look.tokens import RADIUS_CONTROL, Ink

EDGE = 2
HALO = 3
HALO_PERCENT = 22


@runtime_checkable
class Ringed(Protocol):
    """Say where on itself a widget wants the ring."""

    def ring_area(self) -> QRect:
        """Return the area whose edge the ring follows, in the widget's own coordinates."""
        ...


@runtime_checkable
class ShowsFocus(Protocol):
    """Change its own edge while the focus is somewhere inside (the card being worked on)."""

    def show_focus(self, *, inside: bool) -> None:
        """Show whether the focus is inside."""
        ...


class FocusRing(QObject):
    """Draw the ring around whatever has the focus; one for the whole program, owned by the application."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._by_key = False
        self._target: QWidget | None = None
        self._watched: list[QObject] = []
        self._overlay: _Overlay | None = None
        self._selection: QItemSelectionModel | None = None
        app.focusChanged.connect(self._follow)

    def target(self) -> QWidget | None:
        """Return the widget the ring stands around, or None while no ring is shown."""
        shown = self._overlay is not None and isValid(self._overlay) and self._overlay.isVisible()
        return self._target if shown else None

    def overlay(self) -> QWidget | None:
        """Return the drawn ring while there is one."""
        return self._overlay

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._by_key = False
        self._leave()
        _tell_ancestors(old, inside=False)
        _tell_ancestors(now, inside=True)
        if now is None:
            return
        self._target = now
        host = _host(now)
        self._overlay = _Overlay(host)
        self._watch(now, host)
        self._place()

    def _watch(self, target: QWidget, host: QWidget) -> None:
        step: QWidget | None = target
        while step is not None and step is not host:
            self._watched.append(step)
            step = step.parentWidget()
        self._watched.append(host)
        for watched in self._watched:
            watched.installEventFilter(self)
        if isinstance(target, QAbstractItemView):
            self._selection = target.selectionModel()  # a model set later brings another one
            if self._selection is not None:
                self._selection.currentChanged.connect(self._current_changed)
            target.verticalScrollBar().valueChanged.connect(self._scrolled)
            target.horizontalScrollBar().valueChanged.connect(self._scrolled)

    def _leave(self) -> None:
        """Let go of the target; what Qt deleted meanwhile (a closed window) is only forgotten."""
        for watched in filter(isValid, self._watched):
            watched.removeEventFilter(self)
        self._watched.clear()
        target, self._target = self._target, None
        if isinstance(target, QAbstractItemView) and isValid(target):
            self._stop_listening(target)
        overlay, self._overlay = self._overlay, None
        if overlay is not None and isValid(overlay):
            overlay.hide()
            overlay.deleteLater()

    def _stop_listening(self, view: QAbstractItemView) -> None:
        if self._selection is not None and isValid(self._selection):
            self._selection.currentChanged.disconnect(self._current_changed)
        self._selection = None
        view.verticalScrollBar().valueChanged.disconnect(self._scrolled)
        view.horizontalScrollBar().valueChanged.disconnect(self._scrolled)

    def _current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._place()

    def _scrolled(self, _value: int) -> None:
        self._place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._target and kind in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            self._by_key = kind == QEvent.Type.KeyPress
            self._place()
        elif kind in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        if self._target is None or self._overlay is None or not isValid(self._overlay):
            return
        area = _area(self._target)
        wanted = self._by_key or not isinstance(self._target, QAbstractButton)
        if area.isEmpty() or not wanted or not self._target.isVisible():
            self._overlay.hide()
            return
        inside = _viewport(self._target)
        start = self._target if inside is None else inside
        corner = start.mapTo(self._overlay.host, area.topLeft())
        self._overlay.put(QRect(corner, area.size()), 0 if inside else HALO)


def _tell_ancestors(widget: QWidget | None, *, inside: bool) -> None:
    while widget is not None:
        if isinstance(widget, ShowsFocus):
            widget.show_focus(inside=inside)
        widget = None if widget.isWindow() else widget.parentWidget()


_MOVES = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.EnabledChange,
    QEvent.Type.LayoutRequest,
)


def _viewport(target: QWidget) -> QWidget | None:
    return target.viewport() if isinstance(target, QAbstractItemView) else None


def _area(target: QWidget) -> QRect:
    """Return the area the ring surrounds, in the target's (or its viewport's) coordinates."""
    if isinstance(target, Ringed):
        return target.ring_area()
    if isinstance(target, QAbstractItemView):
        return _item_area(target)
    return target.rect()


def _item_area(view: QAbstractItemView) -> QRect:
    index = view.currentIndex()
    if not index.isValid():
        return view.viewport().rect()
    area = view.visualRect(index)
    if isinstance(view, QTreeView) or (
        isinstance(view, QTableView)
        and view.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows
    ):
        area.setLeft(0)
        area.setRight(view.viewport().width() - 1)
    return area


def _host(target: QWidget) -> QWidget:
    """Return the nearest ancestor with room for the halo; never past the page that scrolls."""
    inside = _viewport(target)
    if inside is not None:
        return inside
    host = target.parentWidget() or target
    while not host.isWindow() and not _has_room(host, target) and not _is_page(host):
        host = host.parentWidget() or host
    return host


def _has_room(host: QWidget, target: QWidget) -> bool:
    area = _area(target)
    needed = QRect(target.mapTo(host, area.topLeft()), area.size()).adjusted(-HALO, -HALO, HALO, HALO)
    return host.rect().contains(needed)


def _is_page(host: QWidget) -> bool:
    viewport = host.parentWidget()
    return viewport is not None and isinstance(viewport.parentWidget(), QAbstractScrollArea)


class _Overlay(QWidget):
    """The drawn ring: takes no mouse, no focus, and no place in a layout."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus_ring")
        self.host = host
        self._edge = QRect()

    def put(self, edge: QRect, halo: int) -> None:
        outer = edge.adjusted(-halo, -halo, halo, halo)
        self._edge = edge.translated(-outer.topLeft())
        self.setGeometry(outer)
        self.raise_()
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(self._edge)
        self._ring(painter, edge, -HALO / 2, HALO, faded(Ink.ACCENT, HALO_PERCENT))
        self._ring(painter, edge, EDGE / 2, EDGE, colour(Ink.ACCENT))

    def _ring(self, painter: QPainter, edge: QRectF, inset: float, width: float, tint: QColor) -> None:
        painter.setPen(QPen(tint, width))
        radius = max(RADIUS_CONTROL - inset, 1.0)
        painter.drawRoundedRect(edge.adjusted(inset, inset, -inset, -inset), radius, radius)
