"""The tree as a Qt model: judged by Qt's own tester, spoken in whole sentences."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.tree_model import CODE_ROLE, NeedsWork, TreeModel, Which
from tests.support.windows import key

TOLD = QAbstractItemModelTester.FailureReportingMode.Warning


def test_the_model_keeps_qts_rules_also_when_verdicts_change(dressed: QApplication, desk: Desk) -> None:
    assert desk.set is not None
    model = TreeModel(desk.set, desk.evaluation)
    filtered = NeedsWork()
    filtered.setSourceModel(model)
    testers = [QAbstractItemModelTester(one, TOLD) for one in (model, filtered)]
    filtered.show_which(Which.OPEN)
    change = answer.answer(desk, key("ho_so_truc_tuyen"), "800")
    told = QSignalSpy(model.dataChanged)
    model.show(desk.evaluation, {"8.4"})
    assert [told.at(0)[0].data(CODE_ROLE), told.count()] == ["8.4", 1]
    model.show(desk.evaluation, None)
    assert len(testers) == 2
    assert change.flips
    codes = [
        filtered.index(row, 0, parent).data(CODE_ROLE)
        for parent in (filtered.index(number, 0) for number in range(filtered.rowCount()))
        for row in range(filtered.rowCount(parent))
    ]
    assert "8.4" not in codes
    assert "8.3" in codes


def test_a_row_is_spoken_with_its_verdict(dressed: QApplication, desk: Desk) -> None:
    assert desk.set is not None
    model = TreeModel(desk.set, desk.evaluation)
    spoken = model.index_of("8.4").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("8.4 ")
    assert "chưa đạt" in spoken
    assert "3" in spoken
