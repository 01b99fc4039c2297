"""The floor of the counts in the window: a bare query for every verdict of a year, a bare table of them painted."""

from __future__ import annotations

import sqlite3
import sys
import time
from contextlib import closing

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView
from typing_extensions import override

from bench.notes import REPAINTED, note

_ROUNDS = 4
_YEAR = "SELECT commune, code, verdict FROM result WHERE year = (SELECT max(year) FROM result) AND level = 'indicator'"
_NO_PARENT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class _Bare(QAbstractTableModel):
    """Verdicts as text."""

    def __init__(self, rows: list[dict[str, str]], codes: list[str]) -> None:
        super().__init__()
        self._rows, self._codes = rows, codes

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return len(self._rows)

    @override
    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return len(self._codes)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        wanted = role == Qt.ItemDataRole.DisplayRole
        return self._rows[index.row()][self._codes[index.column()]] if wanted else None


def main(file: str, times: str) -> int:
    """Read, paint and tell."""
    app = QApplication([])
    view = QTableView()
    view.resize(1366, 697)
    view.show()
    with closing(sqlite3.connect(file)) as connection:
        for turn in range(-1, int(times)):
            app.processEvents()
            started = time.perf_counter_ns()
            found: dict[str, dict[str, str]] = {}
            for commune, code, verdict in connection.execute(_YEAR):
                found.setdefault(commune, {})[code] = verdict
            rows = list(found.values())
            model = _Bare(rows, list(rows[0]))
            view.setModel(model)
            for _round in range(_ROUNDS):
                app.processEvents()
            if turn >= 0:
                note(REPAINTED, time.perf_counter_ns() - started)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
