"""Rows and cells of a table requirement as a Qt model over the desk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from ntm_desktop.criteria.model import Table
from ntm_desktop.operations import answer, hamlets
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.table_model import MISSING_ROLE, TableModel
from tests.support.windows import HAMLETS, make_session

TOLD = QAbstractItemModelTester.FailureReportingMode.Warning


def table_of(desk: Desk, code: str) -> Table:
    assert desk.set is not None
    return next(one for one in desk.set.requirements() if one.code == code).tables[0]


def test_cells_are_typed_renamed_and_named(dressed: QApplication, desk: Desk) -> None:
    session = make_session(desk)
    model = TableModel(session, table_of(desk, "8.2.a"))
    tester = QAbstractItemModelTester(model, TOLD)
    assert tester is not None
    assert model.rowCount() == len(HAMLETS)
    cell = model.first_missing()
    assert cell.data(MISSING_ROLE)
    assert cell.data() == "chưa có"
    assert model.setData(cell, "có")
    model.show_figures([model.key(cell)])
    assert not cell.data(MISSING_ROLE)
    assert HAMLETS[0] in cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert model.place_of(model.key(cell)) == cell
    hamlets.rename(desk, model.subject(0), "Vĩnh Thành Mới")
    model.reload()
    assert model.headerData(0, Qt.Orientation.Vertical) == "Vĩnh Thành Mới"


def test_a_register_grows_by_records(dressed: QApplication, desk: Desk) -> None:
    session = make_session(desk)
    table = table_of(desk, "8.1.a")
    model = TableModel(session, table)
    tester = QAbstractItemModelTester(model, TOLD)
    assert tester is not None
    assert model.rowCount() == 0
    assert not model.first_missing().isValid()
    answer.add_record(desk, table.register)
    model.reload()
    assert model.rowCount() == 1
