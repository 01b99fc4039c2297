"""Guidance and evidence beside the cards: added, shown, taken off, undone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import attach, history
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.window import MainWindow
from tests.support.windows import entry_of


def test_guidance_is_that_of_the_requirement_with_the_focus(window: MainWindow) -> None:
    page = entry_of(window)
    before = page.side.guidance._about.text()
    next(iter(page.cards.shown[0].inputs.values())).focus()
    assert page.side.guidance._about.text() != before


def test_an_added_file_is_counted_and_undone(
    window: MainWindow, desk: Desk, tmp_path: Path, qapp: QApplication
) -> None:
    page = entry_of(window)
    have, _slash, need = page.side.counts().partition("/")
    assert have == "0"
    file = tmp_path / "báo cáo.pdf"
    file.write_bytes(b"%PDF-1.4 evidence")
    stored = attach.store(desk, [file])
    rule = page.cards.shown[-1].requirement.evidence[0].code
    window.session.publish(attach.attach(desk, "8.4.d", rule, stored))
    assert page.side.counts() == f"1/{need}"
    assert f"1/{need}" in page.head.evidence.words()
    change = history.undo(desk)
    assert change is not None
    window.session.publish(change)
    assert page.side.counts() == f"0/{need}"
