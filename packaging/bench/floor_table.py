"""The floor of a paste: a bare table of 100 x 20 texts, every one of them set anew and the table painted."""

from __future__ import annotations

import sys
import time

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from bench.notes import REPAINTED, note

ROWS, COLUMNS = 100, 20
_ROUNDS = 4


def main(times: str) -> int:
    """Fill, paint and tell."""
    app = QApplication([])
    model = QStandardItemModel(ROWS, COLUMNS)
    for row in range(ROWS):
        for column in range(COLUMNS):
            model.setItem(row, column, QStandardItem("0"))
    view = QTableView()
    view.setModel(model)
    view.resize(1366, 697)
    view.show()
    for turn in range(-1, int(times)):
        app.processEvents()
        started = time.perf_counter_ns()
        for row in range(ROWS):
            for column in range(COLUMNS):
                model.item(row, column).setText(str(row + turn))
        for _round in range(_ROUNDS):
            app.processEvents()
        if turn >= 0:
            note(REPAINTED, time.perf_counter_ns() - started)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
