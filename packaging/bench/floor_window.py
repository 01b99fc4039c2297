"""The floor of a start: a bare window with a tree of 57 lines and a form of 60 fields."""

from __future__ import annotations

import sys

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QTreeView,
    QWidget,
)

from bench.painted import LeaveWhenPainted

CRITERIA, INDICATORS, FIELDS = 19, 57, 60
SIZE = (1366, 697)


def main() -> int:
    """Show the window and leave."""
    app = QApplication(["floor"])
    leaving = LeaveWhenPainted(app)
    model = QStandardItemModel()
    branches = [QStandardItem(f"Criterion {number}") for number in range(CRITERIA)]
    for branch in branches:
        model.appendRow(branch)
    for number in range(INDICATORS):
        branches[number % CRITERIA].appendRow(QStandardItem(f"Indicator {number}"))
    tree = QTreeView()
    tree.setModel(model)
    tree.expandAll()
    form = QWidget()
    rows = QFormLayout(form)
    for number in range(FIELDS):
        rows.addRow(f"Field {number}", QLineEdit(str(number)))
    area = QScrollArea()
    area.setWidget(form)
    area.setWidgetResizable(True)
    middle = QWidget()
    row = QHBoxLayout(middle)
    row.addWidget(tree)
    row.addWidget(area)
    window = QMainWindow()
    window.setCentralWidget(middle)
    window.resize(*SIZE)
    window.show()
    code = app.exec()
    del leaving
    return code


if __name__ == "__main__":
    sys.exit(main())
