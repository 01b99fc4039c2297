from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from ntm_desktop.ui.look.tokens import LIGHT
from ntm_desktop.ui.parts.banner import Banner, BannerKind

FACT, REST = (
    "Không đọc được tệp bao-cao.xlsx.",
    "Số liệu đã nhập vẫn còn nguyên. Mở tệp bằng Excel rồi nhập lại.",
)


@pytest.mark.parametrize("kind", BannerKind, ids=lambda kind: kind.name)
def test_every_kind_has_its_ground(shown, kind):
    banner = shown(Banner(kind, FACT, REST), 700, 48)
    assert banner.grab().toImage().pixelColor(350, 2) == QColor(LIGHT.hex(kind.value[2]))
    assert banner.words() == f"{FACT} {REST}"
    assert banner.accessibleName() == banner.words()


def test_one_button_and_long_words_wrap(shown, qtbot):
    banner = shown(Banner(BannerKind.PROBLEM, FACT, REST, action="Chi tiết"), 700, 48)
    assert banner.heightForWidth(320) > banner.heightForWidth(1200)
    with qtbot.waitSignal(banner.pressed):
        banner.button.click()


def test_it_can_say_something_else(shown):
    banner = shown(Banner(BannerKind.INFO, FACT), 700, 48)
    banner.say("Đã lưu lại.")
    assert banner.words() == "Đã lưu lại."


def test_it_stays_until_dismissed(shown, qtbot):
    lasting = shown(Banner(BannerKind.WARNING, FACT, REST), 700, 48)
    QTest.keyClick(lasting, Qt.Key.Key_Escape)
    assert lasting.isVisible()
    banner = shown(Banner(BannerKind.WARNING, FACT, REST, dismissable=True), 700, 48)
    with qtbot.waitSignal(banner.dismissed):
        QTest.keyClick(banner, Qt.Key.Key_Escape)
    assert banner.isHidden()
