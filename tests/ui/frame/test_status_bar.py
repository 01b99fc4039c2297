"""The status bar: what is safe, loudly when it is not, and how many problems there are."""

from __future__ import annotations

from ntm_desktop.ui.frame.status_bar import StatusBar
from ntm_desktop.ui.look.breakpoints import Room
from tests.ui.conftest import Shown


def test_it_says_that_something_is_not_saved_and_what_to_do(shown: Shown) -> None:
    bar, asked = StatusBar(), []
    bar.help_asked.connect(lambda: asked.append(1))
    shown(bar, 900, 30)
    bar.show_saved("Đã lưu 14:02", "Bản sao trên D: hôm nay")
    assert not bar._help.isVisible()
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
