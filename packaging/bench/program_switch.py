"""Show one indicator, dossier and screen after the other and tell what each took: `bench.program_switch WORKSPACE`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.notes import AGAIN, DOSSIER, FIRST, PROCESSOR, SEARCHED, STEADY, SWITCHED, note
from bench.program_keystroke import settle
from bench.steadiness import sample
from ntm_desktop.operations import dossiers
from ntm_desktop.operations.start import open_desk
from ntm_desktop.ui.app import CLIENT, application, load_screens, pages
from ntm_desktop.ui.ask import Ask
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.session import Session
from ntm_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ntm_desktop.operations.desk import Desk
    from ntm_desktop.operations.dossiers import Dossier

SCREENS = ("overview", "hamlets", "figures", "registers", "review", "exchange", "sealing")
WORDS = ("nuoc sach", "8.4", "xa", "dien", "ty le ho ngheo")


def timed(app: QApplication, name: str, step: Callable[[], object]) -> None:
    """Take a step and tell how long it took until nothing was left to lay out or to paint."""
    started, busy = time.perf_counter_ns(), time.process_time_ns()
    step()
    settle(app)
    note(name, time.perf_counter_ns() - started)
    note(name + PROCESSOR, time.process_time_ns() - busy)


def _indicators(desk: Desk, dossier: Dossier) -> tuple[int, int]:
    return len(list(desk.library.by_hash(dossier.set_sha256).source.indicators())), dossier.year


def _choose(session: Session, dossier: str) -> None:
    session.publish(dossiers.choose(session.desk, dossier))


def main(folder: str) -> int:
    """Go through the indicators twice; the first time warms. Then through dossiers and screens."""
    app = application()
    desk = open_desk(Path(folder), who="bench")
    # The newest set, which opens by itself, has three indicators.
    dossiers.choose(desk, max(dossiers.listed(desk), key=partial(_indicators, desk)).id)
    session = Session(desk, Tasks(), Ask())
    window = MainWindow(session, pages(), "entry")
    window.resize(*CLIENT)
    window.show()
    settle(app)
    codes = [one.code for one in desk.compiled.source.indicators()]
    for warm in (True, False):
        for code in codes:
            if warm:
                window.go_to("entry", code)
                settle(app)
            else:
                timed(app, SWITCHED, partial(window.go_to, "entry", code))
                note(STEADY, sample())
    load_screens(lambda _far: None, lambda: False)  # as the window does beside, a moment after its start
    for name in SCREENS:
        for kind in (FIRST, AGAIN):
            timed(app, kind, partial(window.open_page, name))
            window.open_page("entry")
            settle(app)
    for dossier in dossiers.listed(desk):
        timed(app, DOSSIER, partial(_choose, session, dossier.id))
    for words in WORDS:
        started = time.perf_counter_ns()
        window.find_box.asked.emit(words)
        note(SEARCHED, time.perf_counter_ns() - started)
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
