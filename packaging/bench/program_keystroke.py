"""Type figures into the window and tell what each cost: `bench.program_keystroke WORKSPACE TIMES`.

Every indicator is visited in turn; into each of its inputs of numbers, and into one cell of each of its tables, one
figure is typed. What counts begins with the editor's commit and ends when Qt has nothing left to lay out or to paint.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bench.notes import COMMIT, COUNTED, OWN, STEADY, note
from bench.steadiness import sample
from ntm_desktop.facts.fact import Edit
from ntm_desktop.operations.findings import findings
from ntm_desktop.operations.start import open_desk
from ntm_desktop.ui.app import CLIENT, application, pages
from ntm_desktop.ui.ask import Ask
from ntm_desktop.ui.entry.table_view import TableView
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.parts.inputs import NumberInput
from ntm_desktop.ui.session import Session
from ntm_desktop.ui.tasks import Tasks
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.states import NewState

_WARMING = 5
_ROUNDS = 4
"""Laying out asks for painting, and painting may ask for layout once more."""
_Editor = TypeVar("_Editor", bound=QWidget)


class TimedCommits:
    """Take the time of every commit of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.spent = 0
        self._commit = workspace.commit
        workspace.commit = self.commit  # type: ignore[method-assign]  # the one seam between own work and SQLite

    def commit(self, changes: Sequence[NewState], *, label: str = "") -> tuple[Edit, ...]:
        """Commit as ever."""
        started = time.perf_counter_ns()
        edits = self._commit(changes, label=label)
        self.spent += time.perf_counter_ns() - started
        return edits


def typings(app: QApplication, window: MainWindow, codes: Sequence[str]) -> Iterator[Callable[[], object]]:
    """Give one editor after the other, typed into already, as the call that commits it; without end."""
    figures = itertools.count(111)
    for code in itertools.cycle(codes):
        window.go_to("entry", code)
        settle(app)
        for one in _shown(window, NumberInput):
            yield typed_input(app, one, str(next(figures)))
        for table in _shown(window, TableView):
            yield typed_cell(table, str(next(figures)))
            settle(app)


def settle(app: QApplication) -> None:
    """Let Qt finish everything, also taking away the widgets of the page before."""
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    repaint(app)


def repaint(app: QApplication) -> None:
    """Let Qt lay out and paint until there is nothing left to do."""
    for _round in range(_ROUNDS):
        app.processEvents()


def _shown(window: MainWindow, kind: type[_Editor]) -> list[_Editor]:
    return [one for one in window.findChildren(kind) if one.isVisible() and one.isEnabled()]


def typed_input(app: QApplication, one: NumberInput, figure: str) -> Callable[[], object]:
    """Type a figure over what stands in an input."""
    one.focus()
    one.edit.selectAll()
    QTest.keyClicks(one.edit, figure)
    settle(app)
    return one.commit


def typed_cell(table: TableView, figure: str) -> Callable[[], object]:
    """Have a figure typed over the first cell of a table."""
    model = table.view.model()
    cell = model.index(0, 0)
    return lambda: model.setData(cell, figure, Qt.ItemDataRole.EditRole)


def main(folder: str, times: str) -> int:
    """Type and tell."""
    app = application()
    desk = open_desk(Path(folder), who="bench")
    commits = TimedCommits(desk.workspace)
    window = MainWindow(Session(desk, Tasks(), Ask()), pages(), "entry")
    window.resize(*CLIENT)
    window.show()
    settle(app)
    done = -_WARMING
    for commit in typings(app, window, [one.code for one in desk.compiled.source.indicators()]):
        commits.spent = 0
        started = time.perf_counter_ns()
        commit()
        repaint(app)
        spent = time.perf_counter_ns() - started
        if not commits.spent:
            continue  # this cell takes no figure
        done += 1
        if done > 0:
            note(OWN, spent - commits.spent)
            note(COMMIT, commits.spent)
            note(STEADY, sample())
        if done == int(times):
            break
    started = time.perf_counter_ns()
    findings(desk)
    note(COUNTED, time.perf_counter_ns() - started)
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
