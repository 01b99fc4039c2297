"""Tab goes in the order of the layouts, whatever was made first."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ntm_desktop.ui.frame.tab_order import next_stop, stops
from tests.ui.conftest import Shown


def test_layouts_splitters_stacks_and_scrolled_pages_are_walked_in_reading_order(shown: Shown) -> None:
    edits = [QLineEdit() for _number in range(6)]
    window = QWidget()
    split, stack, scroll, inner = QSplitter(), QStackedWidget(), QScrollArea(), QWidget()
    column, row = QVBoxLayout(window), QHBoxLayout()
    column.addLayout(row)
    row.addWidget(edits[5])
    row.addWidget(edits[4])
    column.addWidget(split)
    split.addWidget(edits[3])
    split.addWidget(stack)
    stack.addWidget(edits[2])
    stack.addWidget(edits[1])
    QVBoxLayout(inner).addWidget(edits[0])
    scroll.setWidget(inner)
    column.addWidget(scroll)
    shown(window)
    order = [stop for stop in stops(window) if isinstance(stop, QLineEdit)]
    assert order == [edits[5], edits[4], edits[3], edits[2], edits[0]], (
        "the page of the stack that is not shown is left out"
    )
    assert next_stop(window, edits[4], 1) is edits[3]
    assert next_stop(window, edits[5], -1) is not None
    edits[3].setEnabled(False)
    assert next_stop(window, edits[4], 1) is edits[2]


def test_where_nothing_can_be_reached_there_is_nowhere_to_go(shown: Shown) -> None:
    assert next_stop(shown(QWidget()), None, 1) is None
