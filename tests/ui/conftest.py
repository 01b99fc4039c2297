"""Leak checks for every test that shows something, and the dressed application.

After each test deferred deletes are delivered (spinning the event loop alone does not), then nothing may be left:
no top-level widget, no running job, no timer that still ticks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QThreadPool, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

from ntm_desktop.i18n import set_language
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.app import Program
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.look import style
from ntm_desktop.ui.look.focus import FocusRing
from ntm_desktop.ui.look.tokens import LIGHT
from tests.support.windows import IT_OF_THE_COMMUNE, make_desk, make_window, settle

FAR_AWAY = QPoint(790, 790)


def deliver_deletes() -> None:
    """Deliver what was marked to be deleted later, and what that marks in turn."""
    for _round in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """Return the application with bundled letters, the light palette and the focus ring."""
    style.apply(qapp, LIGHT)
    FocusRing(qapp)
    return qapp


@pytest.fixture
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """Fail when a test leaves a window, a job or a ticking timer behind."""
    before = {id(timer) for timer in _ticking(qapp)}
    yield
    for widget in qapp.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    qapp.processEvents()
    deliver_deletes()
    left = [f"{type(widget).__name__} {widget.objectName()!r}" for widget in qapp.topLevelWidgets()]
    assert not left, f"windows left: {left}"
    assert QThreadPool.globalInstance().activeThreadCount() == 0, "the shared pool is busy"
    ticking = [timer for timer in _ticking(qapp) if id(timer) not in before]
    assert not ticking, f"timers still tick: {[timer.parent() for timer in ticking]}"


@pytest.fixture(autouse=True)
def leak_checks(request: pytest.FixtureRequest) -> None:
    """Switch the leak checks on for every test that shows something."""
    if {"qapp", "qtbot", "dressed"} & set(request.fixturenames):
        request.getfixturevalue("nothing_left")


def _ticking(app: QApplication) -> list[QTimer]:
    roots: list[QObject] = [app, *app.topLevelWidgets()]
    return [timer for root in roots for timer in root.findChildren(QTimer) if timer.isActive()]


@pytest.fixture
def shown(dressed: QApplication) -> Shown:
    """Return what shows a widget in a window of its own and gives it the focus of the keyboard."""
    return Shown(dressed)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the desk of a commune that has entered indicator 8.4."""
    made = make_desk(tmp_path, IT_OF_THE_COMMUNE)
    yield made
    made.close()


@pytest.fixture
def window(dressed: QApplication, desk: Desk, shown: Shown) -> MainWindow:
    """Return the main window of that desk at indicator 8.4, as on a screen of 1366x768."""
    set_language("vi")
    made = make_window(desk)
    shown(made, 1366, 697)
    made.go_to("entry", "8.4")
    settle(dressed)
    return made


class Shown:
    """Show widgets for a test; everything shown is taken away by the leak checks."""

    def __init__(self, app: QApplication) -> None:
        self._app = app

    def __call__(self, widget: QWidget, width: int = 400, height: int = 200) -> QWidget:
        """Show the widget in its own window of this size."""
        QCursor.setPos(FAR_AWAY)  # nothing is shown as under the mouse unless a test puts it there
        widget.resize(width, height)
        widget.show()
        widget.activateWindow()
        self.settle()
        return widget

    def settle(self) -> None:
        """Let Qt lay out and paint."""
        self._app.processEvents()
        self._app.processEvents()


@pytest.fixture
def program(dressed: QApplication) -> Iterator[Program]:
    """Return the program; its window is taken away as Qt wants it."""
    made = Program(dressed)
    yield made
    made.shell.close()
    made.shell.deleteLater()
