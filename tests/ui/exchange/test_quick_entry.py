"""Typing back stops at the end, and does not begin where nothing is asked."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.exchange.quick_entry import QuickEntry
from ntm_desktop.ui.parts.inputs import InputState
from tests.support.windows import make_session
from tests.ui.conftest import Shown


def test_after_the_last_form_the_focus_is_on_done(dressed: QApplication, desk: Desk, shown: Shown) -> None:
    quick = QuickEntry(make_session(desk))
    shown(quick, 800, 600)
    assert quick.open()
    last = str(quick.hamlet.itemData(quick.hamlet.count() - 1))
    quick.hamlet.set_key(last)
    quick.show_hamlet(last)
    quick.inputs[-1][1].advanced.emit()
    assert quick.end.hasFocus()


def test_what_cannot_be_read_is_kept_with_its_reason(dressed: QApplication, desk: Desk, shown: Shown) -> None:
    quick = QuickEntry(make_session(desk))
    shown(quick, 800, 600)
    assert quick.open()
    asked, one = quick.inputs[0]
    one.committed.emit("nhiều")
    fact = desk.book.fact(asked.key)
    assert fact is not None
    assert fact.claims[0].text == "nhiều"
    assert one.state is InputState.WRONG
