"""Start the program's window on a workspace and leave once it is painted: `bench.program_window WORKSPACE`."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

from bench.painted import LeaveWhenPainted
from ntm_desktop.__main__ import main as program

if __name__ == "__main__":
    leaving = LeaveWhenPainted(QApplication(["ntm-desktop"]))
    sys.exit(program(["open", *sys.argv[1:]]))
