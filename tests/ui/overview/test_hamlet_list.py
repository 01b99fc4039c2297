"""Hamlets are renamed and added after the first start, by keyboard and from Excel."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.overview.hamlet_list import HamletListCard, HamletNames
from tests.support.windows import HAMLETS, make_session

TOLD = QAbstractItemModelTester.FailureReportingMode.Warning


def names(desk: Desk) -> list[str]:
    return [hamlet.name for hamlet in desk.book.hamlets]


def test_names_are_typed_over_and_added_below(dressed: QApplication, desk: Desk) -> None:
    model = HamletNames(make_session(desk))
    tester = QAbstractItemModelTester(model, TOLD)
    assert tester is not None
    ids = [hamlet.id for hamlet in desk.book.hamlets]
    assert model.setData(model.index(0), "Vĩnh Thành A")
    assert model.setData(model.index(len(HAMLETS)), "Vi\u0303nh Mới")
    assert not model.setData(model.index(1), "  ")
    model.reload()
    assert names(desk) == ["Vĩnh Thành A", *HAMLETS[1:], "Vĩnh Mới"]
    assert [hamlet.id for hamlet in desk.book.hamlets][: len(ids)] == ids


def test_pasted_hamlets_that_are_there_already_are_not_added_again(dressed: QApplication, desk: Desk) -> None:
    card = HamletListCard(make_session(desk))
    QGuiApplication.clipboard().setText("Tên ấp\n" + HAMLETS[0] + "\nVĩnh Hưng\n")
    card.view.pasted.emit()
    card.refresh()
    assert names(desk) == [*HAMLETS, "Vĩnh Hưng"]
    card.deleteLater()
