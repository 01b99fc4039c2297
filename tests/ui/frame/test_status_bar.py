"""The status bar: what is safe, loudly when it is not, and how many problems there are."""

from __future__ import annotations

from ntm_desktop.ui.frame.status_bar import StatusBar
from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.parts.safety import CopyNote
from tests.ui.conftest import Shown


def test_it_says_that_something_is_not_saved_and_what_to_do(shown: Shown) -> None:
    bar, asked = StatusBar(), []
    bar.help_asked.connect(lambda: asked.append(1))
    shown(bar, 900, 30)
    bar.show_saved("Đã lưu 14:02")
    bar.show_copies([CopyNote("Bản sao trên D: hôm nay"), CopyNote("USB: 6 ngày trước", old=True)])
    assert not bar._help.isVisible()
    assert "Bản sao trên D: hôm nay" in bar._copies.text()
    assert bar._old_icon.isVisible()
    bar.show_not_saved("Chưa lưu được từ 14:05")
    assert (bar._copies.text(), bar._old.text(), bar._old_icon.isVisible()) == ("", "", False)
    bar.show_saved("Đã lưu 14:06")
    assert bar._old.text() == "USB: 6 ngày trước"
    bar.show_not_saved("Chưa lưu được từ 14:05")
    assert bar.saved_words() == "Chưa lưu được từ 14:05"
    bar._help.click()
    assert asked == [1]


def test_the_words_beside_f8_go_where_there_is_no_room(shown: Shown) -> None:
    bar = StatusBar()
    shown(bar, 900, 30)
    bar.show_problems(2, 5)
    assert bar._next.isVisible()
    bar.fit(Room(911, 512))
    assert not bar._next.isVisible()
    assert bar._key.isVisible()
