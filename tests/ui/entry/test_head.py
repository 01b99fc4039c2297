"""The head: the full name wraps and is never cut; buttons appear where panels fold."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop.ui.frame.window import MainWindow
from tests.support.windows import entry_of, settle


@pytest.mark.parametrize(
    ("width", "words", "icons", "arrows"),
    [
        (1366, False, False, True),
        (1024, True, False, True),
        (911, True, False, False),
        (683, False, True, False),
    ],
)
def test_which_buttons_are_there_at_which_width(
    window: MainWindow, qapp: QApplication, width: int, *, words: bool, icons: bool, arrows: bool
) -> None:
    window.resize(width, 640)
    settle(qapp)
    head = entry_of(window).head
    assert head.evidence.isVisible() is words
    assert head._short_evidence.isVisible() is icons
    assert head._onward.isVisible() is arrows
    assert head.title.heightForWidth(head.title.width()) <= head.title.height()


def test_the_evidence_button_counts(window: MainWindow) -> None:
    head = entry_of(window).head
    head.show_evidence_count("3/4")
    assert "3/4" in head.evidence.words()
