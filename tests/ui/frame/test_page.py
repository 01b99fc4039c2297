"""What a page answers before it says otherwise."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.page import ComputedPage, Page
from ntm_desktop.ui.look.breakpoints import Room
from tests.support.windows import make_session
from tests.ui.conftest import Shown


def test_a_plain_page_has_no_problem_and_nothing_unsaved(dressed: QApplication, desk: Desk) -> None:
    page = Page(make_session(desk))
    page.show_change(Change())
    page.fit(Room(1366, 697))
    page.go_to("8.4")
    page.save_again()
    assert not page.next_problem(1)
    assert page.unsaved() == ()
    assert page.regions() == [page]
    page.deleteLater()


def test_a_computed_page_is_filled_when_it_is_seen_and_not_before(
    shown: Shown, dressed: QApplication, desk: Desk
) -> None:
    filled: list[bool] = []

    class Counted(ComputedPage):
        def refresh(self) -> None:
            super().refresh()
            filled.append(self.isVisible())

    page = Counted(make_session(desk))
    page.show_change(Change())
    assert filled == []
    shown(page)
    assert len(filled) == 1
    page.show_change(Change())
    assert len(filled) == 2
    page.hide()
    page.show()
    assert len(filled) == 2
