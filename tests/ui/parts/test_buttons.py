from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from ntm_desktop.ui.look.tokens import LIGHT
from ntm_desktop.ui.parts.buttons import Button, ButtonKind, IconButton, ReasonedButton


@pytest.mark.parametrize("kind", ButtonKind, ids=lambda kind: kind.name)
@pytest.mark.parametrize("enabled", [True, False])
def test_every_kind_is_painted_and_pressed_by_space(shown, qtbot, kind, enabled):
    button = shown(Button("Cập nhật hồ sơ năm 2024", kind, icon="undo"), 240, 32)
    button.setEnabled(enabled)
    pressed = []
    button.clicked.connect(lambda: pressed.append(kind))
    button.setFocus()
    if enabled:
        QTest.keyClick(button, Qt.Key.Key_Space)
    else:
        button.click()
    assert bool(pressed) is enabled
    assert not button.grab().isNull()


def test_primary_is_the_one_in_accent(shown):
    button = shown(Button("Cập nhật", ButtonKind.PRIMARY), 91, 32)
    assert button.grab().toImage().pixelColor(4, 16) == QColor(LIGHT.accent)
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert button.grab().toImage().pixelColor(4, 16) == QColor(LIGHT.accent_hover)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=QPoint(-5, -5))


def test_grey_button_has_its_reason_beside_it_and_told(shown):
    row = shown(ReasonedButton(Button("Ký số")))
    row.set_reason("Còn 2 lỗi, chưa ký được")
    assert not row.button.isEnabled()
    assert row.button.accessibleDescription() == "Còn 2 lỗi, chưa ký được"
    assert row.findChild(type(row._reason)).text() == "Còn 2 lỗi, chưa ký được"
    row.set_reason(None)
    assert row.button.isEnabled()
    assert row._reason.isHidden()


def test_icon_alone_has_a_name_and_its_key_in_the_tooltip(shown):
    button = shown(IconButton("right", "Chỉ tiêu sau", "Alt+Down"), 32, 32)
    assert button.accessibleName() == "Chỉ tiêu sau"
    assert button.toolTip() == "Chỉ tiêu sau (Alt+Down)"
    button.set_reason("Đang ở chỉ tiêu cuối")
    assert button.toolTip() == "Đang ở chỉ tiêu cuối"
    button.set_reason(None)
    assert button.toolTip() == "Chỉ tiêu sau (Alt+Down)"
    assert button.sizeHint().width() == 32


def test_words_with_an_ampersand_are_shown_whole(dressed):
    button = Button("Nông nghiệp & môi trường")
    assert button.words() == "Nông nghiệp & môi trường"
    assert button.accessibleName() == "Nông nghiệp & môi trường"
    assert button.kind is ButtonKind.NORMAL
    wide = button.sizeHint().width()
    button.set_icon("plus")
    assert button.sizeHint().width() == wide + 23
