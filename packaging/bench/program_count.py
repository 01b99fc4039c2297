"""Show the counts of a year by commune, again and again: `bench.program_count REVIEW TIMES`.

What counts begins when the year is asked for and ends when its table is painted; the other years follow beside the
window and are waited for in between.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop

from bench.counting import SET, YEARS
from bench.notes import OWN, STEADY, note
from bench.program_keystroke import repaint, settle
from bench.steadiness import sample
from ntm_desktop.operations.review_desk import open_review
from ntm_desktop.ui.app import CLIENT, application
from ntm_desktop.ui.ask import Ask
from ntm_desktop.ui.counting.page import CountsPage
from ntm_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def main(folder: str, times: str) -> int:
    """Show and tell."""
    app = application()
    desk = open_review(Path(folder), who="bench")
    tasks = Tasks()
    page = CountsPage(desk, tasks, Ask())
    page.faces.choose("communes")
    page.level.set_key("indicator")
    page.resize(*CLIENT)
    page.show()
    settle(app)
    for turn in range(-1, int(times)):
        page.communes.communes.show_rows((), ())
        settle(app)
        started = time.perf_counter_ns()
        page.show_set(SET, YEARS[-1])
        while not page.communes.communes.rows:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        repaint(app)
        spent = time.perf_counter_ns() - started
        _let_end(app, tasks)
        if turn >= 0:
            note(OWN, spent)
            note(STEADY, sample())
    page.close()
    desk.close()
    return 0


def _let_end(app: QApplication, tasks: Tasks) -> None:
    while tasks.running():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
