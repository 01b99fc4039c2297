"""Guidance and evidence beside the cards: added, shown, taken off, undone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import attach, history
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.evidence_entry import EvidenceEntry
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.parts.banner import Banner
from tests.support.photos import heic, pdf_of_pages, phone_photo
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import entry_of, make_window


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


def test_files_are_added_joined_and_replaced_from_the_panel(
    desk: Desk, tmp_path: Path, qtbot, dressed: QApplication, shown
) -> None:
    ask = ScriptedAsk()
    window = make_window(desk, ask)
    shown(window, 1366, 697)
    window.go_to("entry", "8.4.d")
    side = entry_of(window).side

    def jobs_done() -> bool:
        return not window.session.tasks.running()

    ask.answer_with((pdf_of_pages(tmp_path / "a.pdf"), heic(tmp_path / "b.heic")))
    side.add_files()
    qtbot.waitUntil(jobs_done, timeout=60_000)
    banner = side.evidence.findChildren(Banner)[0]
    assert "HEIC" in banner.words()
    ask.answer_with(
        (phone_photo(tmp_path / "1.jpg", 400, 300),), pdf_of_pages(tmp_path / "c.pdf", 2), None, ()
    )
    side.join.click()
    qtbot.waitUntil(jobs_done, timeout=60_000)
    rows = {row.evidence.name: row for row in attach.attached(desk)}
    assert sorted(rows) == ["1 (1).pdf", "a.pdf"]
    assert {row.attached.evidence.name for row in side.findChildren(EvidenceEntry)} == set(rows)
    side._replace(rows["a.pdf"])
    qtbot.waitUntil(jobs_done, timeout=60_000)
    row = next(one for one in attach.attached(desk) if one.was)
    assert row.evidence.name == "c.pdf"
    side._looked_at(row)
    assert not any(one.was for one in attach.attached(desk))
    figure = next(iter(side._figures("8.4.d")))
    side._note_spot(row, figure, "trang 2")
    assert [one.spots[0].spot for one in attach.attached(desk) if one.spots] == ["trang 2"]
    side._replace(row)
    side.join_photos()
    side.remove(row)
    assert len(attach.attached(desk)) == 1
