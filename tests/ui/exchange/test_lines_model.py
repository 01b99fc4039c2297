"""The lines of a preview: ticked where nobody has to be asked, conflicts first, refused ones never."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.intake import Preview, Row, ground, preview
from ntm_desktop.ui.exchange.lines_model import FIGURE, NOTE, STATE_ROLE, Lines
from ntm_desktop.ui.look.tokens import State

TOLD = QAbstractItemModelTester.FailureReportingMode.Warning


def _lines(desk: Desk, folder: Path) -> Lines:
    entries = [
        {"element": "ho_so_truc_tuyen", "period": "2024", "value": "9.999"},
        {"element": "so_cbcc", "period": "2024", "value": "nhiều"},
    ]
    (folder / "a.json").write_text(json.dumps({"facts": entries}), encoding="utf-8")
    seen = preview(ground(desk), folder / "a.json")
    conflict = Row(seen.rows[0].proposal, seen.rows[0].element, "5", base="")
    model = Lines()
    model.show_preview(Preview("a", (*seen.rows, conflict), 0, seen.problems), lambda _row: "Vĩnh Lợi")
    return model


def test_lines_say_what_they_are_and_tick_only_what_can_be_taken(
    dressed: QApplication, desk: Desk, tmp_path: Path
) -> None:
    model = _lines(desk, tmp_path)
    assert QAbstractItemModelTester(model, TOLD) is not None
    refused, conflict, changed = (model.index(row, FIGURE) for row in range(3))
    ticks = [index.data(Qt.ItemDataRole.CheckStateRole) for index in (refused, conflict, changed)]
    assert ticks == [None, Qt.CheckState.Unchecked, Qt.CheckState.Checked]
    assert [index.data(STATE_ROLE) for index in (refused, conflict, changed)] == [
        State.NOT_MET,
        State.UND,
        State.UND,
    ]
    assert not model.setData(refused, None, Qt.ItemDataRole.CheckStateRole)
    assert not model.setData(changed, "x")
    assert model.setData(conflict, None, Qt.ItemDataRole.CheckStateRole)
    assert model.chosen == {0, 1}
    assert changed.data().endswith(", Vĩnh Lợi")
    assert "612" in changed.data(Qt.ItemDataRole.AccessibleTextRole)
    assert model.headerData(NOTE, Qt.Orientation.Horizontal)
    assert model.headerData(NOTE, Qt.Orientation.Vertical) is None


def test_filter_shows_one_kind(dressed: QApplication, desk: Desk, tmp_path: Path) -> None:
    model = _lines(desk, tmp_path)
    model.filter("conflict")
    assert (model.rowCount(), model.count("refused"), model.count()) == (1, 1, 3)
