"""A file is looked at inside the window, page by page with the keyboard; one that cannot be drawn says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import attach
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.evidence_care import Page, draw
from ntm_desktop.ui.entry.evidence_entry import EvidenceEntry
from ntm_desktop.ui.entry.preview import EvidencePreview
from ntm_desktop.ui.frame.window import MainWindow
from tests.support.photos import pdf_of_pages
from tests.support.windows import entry_of, settle


def show(desk: Desk, path: Path) -> None:
    rule = "bao_cao_mot_cua"
    attach.attach(desk, "8.4.d", rule, attach.store(desk, [path]))


def preview_of(window: MainWindow, qtbot, qapp: QApplication) -> EvidencePreview:
    page = entry_of(window)
    page.side.show_evidence()
    page.side.findChildren(EvidenceEntry)[0]._look()
    qtbot.waitUntil(lambda: not window.session.tasks.running(), timeout=60_000)
    settle(qapp)
    assert page.preview is not None
    return page.preview


def test_pages_turn_with_keys_and_escape_gives_the_focus_back(
    window: MainWindow, desk: Desk, tmp_path: Path, qtbot, qapp: QApplication
) -> None:
    show(desk, pdf_of_pages(tmp_path / "báo cáo.pdf"))
    page = entry_of(window)
    page.side.evidence.add.setFocus()
    preview = preview_of(window, qtbot, qapp)
    assert preview.isVisible()
    assert preview.place.text() == "Trang 1/3"
    assert not preview.back.isEnabled()
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview._number == 2
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    QTest.keyClick(preview, Qt.Key.Key_PageUp)  # of pages asked for in a row only the last is shown
    qtbot.waitUntil(lambda: not window.session.tasks.running(), timeout=60_000)
    assert preview.pages._picture.accessibleName() == "báo cáo.pdf, trang 2/3"
    QTest.keyClick(preview, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: not window.session.tasks.running(), timeout=60_000)
    QTest.keyClick(preview, Qt.Key.Key_PageUp)
    assert preview._number == 1
    asked: list[object] = []
    preview.outside_asked.disconnect()
    preview.outside_asked.connect(asked.append)
    preview.outside.click()
    assert len(asked) == 1
    QTest.keyClick(preview, Qt.Key.Key_A)
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()
    assert window.focusWidget() is page.side.evidence.add
    window.resize(1024, 697)
    settle(qapp)
    page.close_preview()
    assert page.preview is not None


def test_a_broken_pdf_says_so_and_offers_the_program_of_the_pc(
    window: MainWindow, desk: Desk, tmp_path: Path, qtbot, qapp: QApplication
) -> None:
    (tmp_path / "cụt.pdf").write_bytes(b"%PDF-1.4 cut off")
    show(desk, tmp_path / "cụt.pdf")
    preview = preview_of(window, qtbot, qapp)
    assert "Không hiện được tệp cụt.pdf" in preview.pages.words.text()
    assert preview.outside.isVisible()


def test_a_wide_page_is_shown_no_wider_than_the_eye_runs(
    window: MainWindow, desk: Desk, tmp_path: Path, qtbot, qapp: QApplication
) -> None:
    show(desk, pdf_of_pages(tmp_path / "a.pdf", 1))
    preview = preview_of(window, qtbot, qapp)
    assert not preview.onward.isVisible()
    assert preview.pages._picture.pixmap().width() == 900
    page = draw(desk, attach.attached(desk)[0].evidence, 1, 300)
    preview.show_page(Page(page.png, 1, 1))
    assert preview.pages._picture.pixmap().width() == 300
