from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.media.boundaries import Area, Boundaries
from ntm_desktop.operations.review_map import match
from ntm_desktop.ui.counting.map_view import MapView, paths_of

NAMES = {"00001": "Xuân Hòa", "00002": "An Châu", "00003": "Mỹ Lộc", "00004": "Vĩnh An"}


def box(place: int) -> tuple[tuple[int, int], ...]:
    return ((place * 100, 0), (place * 100 + 100, 0), (place * 100 + 100, 100), (place * 100, 100))


@pytest.fixture
def view(dressed, shown):
    said = [{"ma": code} for code in (*NAMES, "x")]
    boundaries = Boundaries(tuple(Area(one, (box(place),)) for place, one in enumerate(said)), 500, 100)
    made = MapView()
    shown(made, 520, 300)
    made.show_map(match(boundaries, NAMES), paths_of(boundaries), NAMES)
    made.show_verdicts(
        {"00001": Verdict.MET, "00002": Verdict.NOT_MET, "00003": Verdict.UNDETERMINED, "00004": None}
    )
    QApplication.processEvents()
    return made


def test_legend_counts_each_commune_once_and_says_so(view):
    assert view.counted() == {
        Verdict.MET: 1,
        Verdict.NOT_MET: 1,
        Verdict.UNDETERMINED: 1,
        None: 1,
    }
    assert view.accessibleName() == (
        "Bản đồ các xã: Đạt 1, Chưa đạt 1, Chưa đủ số liệu 1, Không áp dụng 0, Chưa gửi 1"
    )


def test_states_differ_without_their_colour(view):
    picture = view.grab().toImage()
    looks = {
        bytes(
            picture.copy(20 + place * 100, 95, 80, 80).convertToFormat(picture.Format.Format_Mono).constBits()
        )
        for place in range(3)
    }
    assert len(looks) == 3


def test_click_opens_the_commune_below_the_pointer(view, qtbot):
    with qtbot.waitSignal(view.opened) as caught:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(160, 130))
    assert caught.args == ["00002"]
    with qtbot.assertNotEmitted(view.opened):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(460, 130))  # no commune of the province
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(160, 20))  # beside the map
    assert view.accessibleDescription() == "Không phải xã của tỉnh này"


def test_arrows_go_from_commune_to_commune_by_name(view, qtbot):
    heard = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Left):
        QTest.keyClick(view, key)
        heard.append(view.accessibleDescription())
    assert heard == [
        "An Châu, chưa đạt",
        "Mỹ Lộc, chưa đủ số liệu",
        "An Châu, chưa đạt",
        "Xuân Hòa, đạt",
    ]
    with qtbot.waitSignal(view.opened) as caught:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert caught.args == ["00001"]
    view.point_at("00004")
    assert view.accessibleDescription() == "Vĩnh An, chưa gửi"
    QTest.keyClick(view, Qt.Key.Key_Space)


def test_tooltip_says_commune_and_verdict(view):
    QApplication.sendEvent(
        view, QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(60, 130), view.mapToGlobal(QPoint(60, 130)))
    )
    assert QToolTip.text() == "Xuân Hòa, đạt"
    QToolTip.hideText()


def test_nothing_is_drawn_before_there_is_a_map(dressed, shown):
    view = MapView()
    shown(view, 300, 200)
    view.point_at("00001")
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert not view.counted()
    assert not view.grab().isNull()
