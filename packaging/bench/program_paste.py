"""Paste a block of 20 columns over all hamlets, again and again: `bench.program_paste WORKSPACE TIMES`.

The shipped sets ask for fewer columns of a hamlet, so those of three years stand beside each other. What counts begins
with the paste and ends when Qt has nothing left to lay out or to paint.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from bench.notes import COMMIT, OWN, STEADY, note
from bench.program_keystroke import TimedCommits, repaint, settle
from bench.steadiness import sample
from ntm_desktop.criteria.model import Table
from ntm_desktop.facts.catalogue import ValueType
from ntm_desktop.operations import answer, hamlet_tables
from ntm_desktop.operations.start import open_desk
from ntm_desktop.ui.app import CLIENT, application, pages
from ntm_desktop.ui.ask import Ask
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.hamlets.page import HamletsPage
from ntm_desktop.ui.session import Session
from ntm_desktop.ui.tasks import Tasks

COLUMNS, YEARS = 20, 3


def main(folder: str, times: str) -> int:
    """Paste and tell."""
    app = application()
    desk = open_desk(Path(folder), who="bench")
    commits = TimedCommits(desk.workspace)
    asked = hamlet_tables.hamlet_tables(desk)[0]
    wide = [replace(field, years_back=back) for back in range(YEARS) for field in asked.table.columns]
    table = Table(columns=tuple(wide[:COLUMNS]))
    yes_no = [answer.element(desk, field.element).type is ValueType.YES_NO for field in table.columns]
    # The page itself must know of the columns: totals and the names below follow them.
    setattr(hamlet_tables, hamlet_tables.hamlet_tables.__name__, lambda _desk: (replace(asked, table=table),))
    window = MainWindow(Session(desk, Tasks(), Ask()), pages(), "hamlets")
    page = window.page()
    if not isinstance(page, HamletsPage) or page.sheet is None:
        return 1
    window.resize(*CLIENT)
    window.show()
    settle(app)
    for turn in range(-1, int(times)):
        QGuiApplication.clipboard().setText(_block(yes_no, page.sheet.table.rowCount(), turn))
        page.sheet.setCurrentIndex(page.sheet.table.index(0, 0))
        settle(app)
        commits.spent = 0
        started = time.perf_counter_ns()
        page.sheet.paste()
        repaint(app)
        spent = time.perf_counter_ns() - started
        if turn >= 0:
            note(OWN, spent - commits.spent)
            note(COMMIT, commits.spent)
            note(STEADY, sample())
    window.close()
    return 0


def _block(yes_no: list[bool], rows: int, turn: int) -> str:
    """Return a block in which every cell differs from the one pasted before."""
    answers = ("x", "k")
    return "\n".join(
        "\t".join(answers[(row + turn) % 2] if one else str(500 + row + turn) for one in yes_no)
        for row in range(rows)
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
