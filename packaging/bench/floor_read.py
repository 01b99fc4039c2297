"""The floor of taking files in: python-calamine reads the workbook, the csv module the export; nothing else is done."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from bench import notes


def main(path: Path) -> None:
    """Read every cell once."""
    notes.note_peak_at_exit()
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            for _row in csv.reader(file, delimiter=";"):
                pass
        return
    import python_calamine

    with python_calamine.load_workbook(path) as workbook:
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
