"""A paper page by page."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from ntm_desktop.ui.parts.page_view import PageView, spoken_page


def test_a_page_is_shown_turned_with_the_keys_and_gives_way_to_words(shown):
    view, turned = PageView("Trang của tệp"), []
    shown(view, 400, 700)
    view.turned.connect(turned.append)
    picture = BytesIO()
    Image.new("RGB", (210, 297), "white").save(picture, "PNG")
    view.show_page(picture.getvalue(), spoken_page("Giấy", 1, 2))
    assert view.findChildren(QLabel)[-1].accessibleName() == "Giấy, trang 1/2"
    assert view.has_page()
    for pressed in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        QTest.keyClick(view, pressed)
    assert turned == [1, -1]
    view.say("Đang lập giấy tờ…")
    assert not view.has_page()
    assert view.words.isVisible()
