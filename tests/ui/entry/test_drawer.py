"""A drawer: it opens over the page, folds, and gives the focus back where it was."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ntm_desktop.ui.entry.drawer import Drawer
from tests.ui.conftest import Shown


def test_it_gives_the_focus_back_and_fits_the_page(shown: Shown) -> None:
    page, panel, typed, inside = QWidget(), QWidget(), QLineEdit(), QLineEdit()
    QVBoxLayout(page).addWidget(typed)
    QVBoxLayout(panel).addWidget(inside)
    drawer = Drawer(page, panel, width=120, at_right=True)
    shown(page, 300, 200)
    drawer.take_out()
    typed.setFocus()
    drawer.open(inside)
    assert drawer.is_open
    assert inside.hasFocus()
    assert panel.geometry().right() == page.width() - 1
    page.resize(100, 200)
    drawer.place()
    assert panel.width() == 100
    assert drawer.close()
    assert typed.hasFocus()
    assert not drawer.close()
    drawer.open(inside)
    drawer.forget()
    assert not drawer.is_open
