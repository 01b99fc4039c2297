"""The head of a numbered card keeps a title that can change."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.ui.start.numbered import numbered_head
from tests.ui.conftest import Shown


def test_the_title_changes(shown: Shown, dressed: QApplication) -> None:
    head = numbered_head(3, "Danh sách thôn")
    shown(head)
    head.title.set_text("Danh sách ấp")
    assert head.title.text() == "Danh sách ấp"
