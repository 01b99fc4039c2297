"""The page of the register with three years of figures, one of them closed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop.facts.fact import Provenance
from ntm_desktop.operations import answer, years
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.figures.page import FiguresPage
from ntm_desktop.ui.frame.window import MainWindow
from tests.support.windows import key, settle

ONLINE = "ho_so_truc_tuyen"


@pytest.fixture
def page(window: MainWindow, desk: Desk, qapp: QApplication) -> FiguresPage:
    """Return the page at the files solved online."""
    for year, figure in ((2023, "498"), (2022, "287")):
        answer.answer(desk, key(ONLINE, year), figure)
    years.close(desk, 2022)
    window.go_to("figures", ONLINE)
    settle(qapp)
    found = window.page()
    assert isinstance(found, FiguresPage)
    return found


def second_source(desk: Desk, text: str) -> None:
    """Let another source give another figure."""
    state = answer.claim_state(desk, key(ONLINE), text, Provenance("Cổng dịch vụ công"))
    desk.record([state], "fill")
