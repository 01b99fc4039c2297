"""Where the frozen program starts."""

from __future__ import annotations

import multiprocessing
import sys


def start() -> int:
    """Serve as a child process where that is what is asked; else run the program."""
    multiprocessing.freeze_support()  # before any module of ours: newer code may take its place
    from ntm_desktop.__main__ import main

    return main()


sys.exit(start())
