"""The top bar: the dossier that is worked on is picked here."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import dossiers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.window import MainWindow
from tests.support.windows import settle


def test_picking_another_dossier_shows_it_everywhere(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    first = desk.dossier
    assert first is not None
    window.session.publish(dossiers.add(desk, "vn-xa-ntm-nang-cao-2021-2025", 2024))
    assert "/75" in window.top_bar.progress_words()
    window.top_bar.picked.emit(first.id)
    settle(qapp)
    assert "/57" in window.top_bar.progress_words()
    assert window.top_bar.picker.key() == first.id


def test_no_progress_beside_a_page_that_belongs_to_no_dossier(window: MainWindow) -> None:
    window.open_page("overview")
    assert window.top_bar.progress_words() == ""


def test_on_a_small_screen_the_find_box_opens_in_the_place_of_the_picker(
    window: MainWindow, qapp: QApplication
) -> None:
    window.resize(512, 384)
    settle(qapp)
    narrow = window.find_box.width()
    window.find_box.open()
    settle(qapp)
    assert window.find_box.width() > narrow
    assert not window.top_bar.picker.isVisible()
