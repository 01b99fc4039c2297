"""The victim: copies a workspace into a place and into one file, and restores both, saying what is done.

python copier.py WORKSPACE OUT NUMBER
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from ntm_desktop.operations import copies, restoring  # noqa: E402
from ntm_desktop.operations.start import open_desk  # noqa: E402
from torture import communes  # noqa: E402  # the folder above must be known first
from torture.entering import acknowledge  # noqa: E402


def main(workspace: str, out: str, number: str) -> int:
    """Copy and restore once, each step acknowledged when it is done."""
    folder = Path(out)
    desk = open_desk(Path(workspace), who=communes.WHO, clock=communes.clock)
    acknowledge("ready")
    made = copies.make_copy(desk.workspace, folder / "usb", desk.now(), copies.Watch())
    acknowledge(f"copied {copies.copies_at(Path(made.known.place))[0].file}")
    copies.make_backup(desk.workspace, folder / "kho.ntmbackup", desk.now(), copies.Watch())
    acknowledge("backed_up")
    restoring.restore(folder / "kho.ntmbackup", folder / f"restored-{number}", copies.Watch())
    acknowledge(f"restored {folder / f'restored-{number}'}")
    desk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
