"""Show one indicator after the other and tell what each took: `bench.program_switch WORKSPACE`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bench.notes import STEADY, SWITCHED, note
from bench.program_keystroke import settle
from bench.steadiness import sample
from ntm_desktop.operations.start import open_desk
from ntm_desktop.ui.app import CLIENT, application, pages
from ntm_desktop.ui.ask import Ask
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.session import Session
from ntm_desktop.ui.tasks import Tasks


def main(folder: str) -> int:
    """Go through the indicators twice; the first time warms."""
    app = application()
    desk = open_desk(Path(folder), who="bench")
    window = MainWindow(Session(desk, Tasks(), Ask()), pages(), "entry")
    window.resize(*CLIENT)
    window.show()
    settle(app)
    codes = [one.code for one in desk.compiled.source.indicators()]
    for warm in (True, False):
        for code in codes:
            started = time.perf_counter_ns()
            window.go_to("entry", code)
            settle(app)
            if not warm:
                note(SWITCHED, time.perf_counter_ns() - started)
                note(STEADY, sample())
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
