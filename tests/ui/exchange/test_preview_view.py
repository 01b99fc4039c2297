"""The button of a preview names what it takes and is grey where nothing can be."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.facts.fact import Problem
from ntm_desktop.operations.intake import Preview
from ntm_desktop.ui.exchange.lines_model import PLACE
from ntm_desktop.ui.exchange.preview_view import PreviewView
from ntm_desktop.ui.look.breakpoints import Room
from tests.ui.conftest import Shown


def test_remarks_are_shown_and_give_way_to_those_of_the_next_file(
    dressed: QApplication, shown: Shown
) -> None:
    view = PreviewView()
    shown(view, 900, 500)
    view.show_preview(
        Preview("a", remarks=(Problem("macros"), Problem("held_by_someone"))), {}, read_only=False
    )
    assert view._remarks.count() == 2
    view.show_preview(Preview("b"), {}, read_only=True)
    assert view._remarks.count() == 0
    assert view.take.toolTip()


def test_place_gives_way_in_a_small_window(dressed: QApplication, shown: Shown) -> None:
    view = PreviewView()
    shown(view, 600, 400)
    view.fit(Room(700, 500))
    assert view.table.isColumnHidden(PLACE)
    view.fit(Room(1366, 697))
    assert not view.table.isColumnHidden(PLACE)
