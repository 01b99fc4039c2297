"""Run a module as a program of its own and tell how much memory it took: `python -m bench.child MODULE ARGUMENTS`.

Program and floor both go through here, so that what this costs is the same on both sides.
"""

from __future__ import annotations

import runpy
import sys

from bench.notes import note_peak_at_exit

if __name__ == "__main__":
    note_peak_at_exit()
    module, *sys.argv[1:] = sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
