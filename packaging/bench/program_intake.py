"""Look at a file as the window does before anything is taken: a filled workbook, or an export to be counted."""

from __future__ import annotations

import sys
from pathlib import Path

from bench import notes


def main(kind: str, path: Path) -> None:
    """Make the preview and tell how much memory it took."""
    # Not above: a reading child runs the module its parent was started with, and the program's own is as light.
    from bench import intake
    from ntm_desktop.operations import foreign
    from ntm_desktop.operations.intake import preview

    notes.note_peak_at_exit()
    if kind == "workbook":
        seen = preview(intake.workbook_ground(), path)
        sys.exit(0 if len(seen.rows) == intake.CELLS else 1)
    tallied = foreign.tally(intake.export_ground(), path, intake.ONE_STOP, intake.YEAR)
    sys.exit(0 if tallied.tally.rows == intake.ROWS else 1)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
