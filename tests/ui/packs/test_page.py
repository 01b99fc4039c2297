"""The page of packs: looking changes nothing, the primary names what it changes, going back restores everything."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.criteria.registers import dump_registers
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.errors import NtmError, Untrusted
from ntm_desktop.operations import answer, registers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pack_moves import NoMoveToUndo
from ntm_desktop.ui.ask import Question
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.packs.page import PacksPage
from ntm_desktop.ui.parts.words import Words
from tests.support.pack_desks import shipped_with, stick
from tests.support.pack_repository import Simulated, pack
from tests.support.register_books import provincial
from tests.support.scripted_ask import ScriptedAsk
from tests.support.servers import serving_folder
from tests.support.windows import NTM, key, settle
from tests.ui.packs.conftest import look, lowered, wait_read

Key = Qt.Key


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def version_of(desk: Desk) -> str:
    assert desk.dossier is not None
    return desk.dossier.set_version


def rows(page: PacksPage) -> list[str]:
    return [row.words() for card in page.view.changes for row in card.rows]


def test_without_anything_new_the_page_says_so_and_offers_no_button(page: PacksPage) -> None:
    assert page.foot.isHidden()
    assert not page.view.changes
    assert [words.partition(",")[0] for words in page.panel.list.words()] == [
        "Xã NTM 2021–2025",
        "Xã NTM nâng cao 2021–2025",
        "Xã NTM 2026–2030",
    ]
    assert "2024" in page.panel.list.words()[0]
    assert page.panel.list.hasFocus()


def test_looking_at_a_stick_shows_exactly_what_flips_and_changes_no_byte(
    page: PacksPage, desk: Desk, stick_folder: Path, ask: ScriptedAsk
) -> None:
    ask.answer_with(stick_folder)
    before = bytes_of(desk.workspace.folder)
    page.take_folder()
    wait_read(page)
    assert bytes_of(desk.workspace.folder) == before
    assert len(rows(page)) == 1
    assert rows(page)[0].startswith("8.4 Ứng dụng CNTT: Chưa đạt, Đạt.")
    assert "30" in rows(page)[0]
    assert "25" in rows(page)[0]
    assert "1.5.0" in page.panel.list.words()[0]
    assert page.foot.primary.words().endswith("2024")
    assert page.foot.primary.hasFocus()


def test_the_primary_takes_in_and_moves_and_the_banner_takes_it_back(
    page: PacksPage, desk: Desk, stick_folder: Path, qapp: QApplication
) -> None:
    look(page, stick_folder)
    QTest.keyClick(page.foot.primary, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_read(page)
    settle(qapp)
    assert version_of(desk) == "1.5.0"
    assert desk.evaluation.indicators["8.4"].verdict is Verdict.MET
    assert page.foot.isHidden()
    assert "1.5.0" in page.view.banners()[0]
    page.go_back()
    wait_read(page)
    assert version_of(desk) == "1.0.0"
    assert desk.evaluation.indicators["8.4"].verdict is Verdict.NOT_MET
    assert rows(page), "the pack is kept, so the preview is offered again"


def test_undo_of_the_window_takes_the_move_back_too_and_nothing_false_is_said(
    page: PacksPage, window: MainWindow, desk: Desk, stick_folder: Path
) -> None:
    look(page, stick_folder)
    page.press_primary()
    wait_read(page)
    window.undo()
    wait_read(page)
    assert version_of(desk) == "1.0.0"
    assert len(page.view.banners()) == 1, "only that a copy is taken before moving"


def test_what_was_done_since_hinders_going_back_and_is_told(
    page: PacksPage, desk: Desk, stick_folder: Path
) -> None:
    look(page, stick_folder)
    page.press_primary()
    wait_read(page)
    page.session.publish(answer.answer(desk, key("so_cbcc"), "22"))
    with pytest.raises(NoMoveToUndo):
        page.go_back()
    assert version_of(desk) == "1.5.0"


def test_what_is_done_takes_a_copy_first_and_nothing_else_can_be_pressed_meanwhile(
    page: PacksPage, desk: Desk, stick_folder: Path
) -> None:
    look(page, stick_folder)
    page.press_primary()
    assert not page.foot.isEnabled()
    page.press_primary()
    page.look_at(stick_folder)
    assert not page.reading.busy
    assert version_of(desk) == "1.0.0"
    wait_read(page)
    assert version_of(desk) == "1.5.0"
    assert page.foot.isEnabled()
    (copy,) = (desk.workspace.folder / "copies").glob("before-*.ntm")
    assert copy.name in page.view.banners()[0]


def test_where_no_copy_can_be_taken_nothing_is_done(page: PacksPage, desk: Desk, stick_folder: Path) -> None:
    errors: list[object] = []
    page.session.failed.connect(errors.append)
    look(page, stick_folder)
    shutil.rmtree(desk.workspace.folder / "copies")
    page.press_primary()
    wait_read(page)
    assert isinstance(errors[0], NtmError)
    assert version_of(desk) == "1.0.0"
    assert page.foot.primary.hasFocus()


def test_a_preview_that_takes_long_says_so(page: PacksPage, desk: Desk) -> None:
    page.choose("xa-thong-minh")  # is not here: the first is shown
    page.kept.slow.emit()
    assert any("Đang tính" in words.text() for words in page.view.findChildren(Words))
    wait_read(page)
    assert not page.view.changes


def test_later_keeps_the_pack_and_moves_nothing(page: PacksPage, desk: Desk, stick_folder: Path) -> None:
    look(page, stick_folder)
    page.postpone()
    wait_read(page)
    assert version_of(desk) == "1.0.0"
    assert (NTM, "1.5.0") in desk.library.versions()
    assert len(rows(page)) == 1
    assert page.foot.refuse.isHidden()


def test_not_taking_it_in_leaves_nothing_behind(page: PacksPage, desk: Desk, stick_folder: Path) -> None:
    before = bytes_of(desk.workspace.folder)
    look(page, stick_folder)
    page.do_not_take()
    wait_read(page)
    assert bytes_of(desk.workspace.folder) == before
    assert (NTM, "1.5.0") not in desk.library.versions()
    assert page.foot.isHidden()


def test_no_flip_is_said_in_one_sentence(page: PacksPage, publisher: Simulated, tmp_path: Path) -> None:
    publisher.add(lowered("1/5", "1.6.0"))
    publisher.add(lowered("29/100", "1.7.0"))
    look(page, publisher.write(tmp_path / "usb-2"))
    flips, others = page.view.changes
    assert not flips.rows
    assert "1.7.0" in page.panel.list.words()[0]
    assert len(others.rows) == 1
    assert others.rows[0].before.text() == others.rows[0].after.text()


def test_an_unknown_publisher_is_asked_about_by_its_fingerprint(
    page: PacksPage, desk: Desk, tmp_path: Path, ask: ScriptedAsk, publisher: Simulated
) -> None:
    stranger = Simulated(name="Văn phòng lạ", first_key=20)
    stranger.add(pack("1.0.0"))
    source = stranger.write(tmp_path / "usb-3")
    ask.answer_with(False)
    look(page, source)
    question = ask.asked[0]
    assert isinstance(question, Question)
    assert stranger.fingerprint in "".join(question.text.split())
    assert "Văn phòng lạ" in question.text
    assert page.foot.isHidden()
    ask.answer_with(True)
    look(page, source)
    assert page.view.changes == ()
    assert "Bộ thử" in page.panel.list.words()[-1]
    page.press_primary()
    wait_read(page)
    assert ("bo-thu", "1.0.0") in desk.library.versions()


def test_a_source_that_was_tampered_with_is_refused_whole(
    page: PacksPage, desk: Desk, stick_folder: Path
) -> None:
    look(page, stick_folder)
    assert rows(page), "sound as yet"
    for file in (stick_folder / "targets").rglob("*.json"):
        file.write_bytes(file.read_bytes() + b" ")
    errors: list[object] = []
    page.session.failed.connect(errors.append)
    look(page, stick_folder)
    assert isinstance(errors[0], Untrusted)
    assert not rows(page)
    assert page.foot.isHidden()
    assert (NTM, "1.5.0") not in desk.library.versions()


def test_what_is_taken_in_is_what_was_looked_at_whatever_becomes_of_the_stick(
    page: PacksPage, desk: Desk, stick_folder: Path
) -> None:
    look(page, stick_folder)
    shutil.rmtree(stick_folder)
    page.postpone()
    wait_read(page)
    assert (NTM, "1.5.0") in desk.library.versions()


def test_reading_is_stopped_and_nothing_has_changed(page: PacksPage, stick_folder: Path) -> None:
    page.look_at(stick_folder)
    assert not page.panel.from_file.isEnabled()
    page.look_at(stick_folder)  # one at a time
    page.reading.stop()
    wait_read(page)
    assert page.view.banners() == ["Đã dừng. Chưa có gì thay đổi."]
    assert page.panel.from_file.isEnabled()
    assert page.foot.isHidden()


def test_packs_come_from_the_address_an_officer_types_and_nothing_is_asked_before(
    page: PacksPage, stick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serving_folder(stick_folder) as server:
        page.panel.from_address.click()
        assert page.address.line.edit.hasFocus()
        QTest.keyClick(page.address.line.edit, Key.Key_Return)
        QTest.keyClicks(page.address.line.edit, server.address)
        assert server.asked == []
        QTest.keyClick(page.address.line.edit, Key.Key_Return)
        wait_read(page)
        assert server.asked
    assert rows(page)[0].startswith("8.4 ")
    assert page.address.isHidden()
    assert page.foot.primary.hasFocus()


def test_a_server_that_is_not_there_is_told_and_the_address_stays(page: PacksPage) -> None:
    errors: list[object] = []
    page.session.failed.connect(errors.append)
    page.panel.from_address.click()
    page.address.line.replace_text("http://127.0.0.1:9")
    page.address.look.click()
    wait_read(page)
    assert isinstance(errors[0], NtmError)
    assert page.address.isVisible()
    page.address.close_button.click()
    assert page.address.isHidden()


def test_a_pack_that_is_refused_alone_is_told_with_its_reason(
    page: PacksPage, desk: Desk, tmp_path: Path, ask: ScriptedAsk, publisher: Simulated
) -> None:
    stranger = Simulated(name="Văn phòng lạ", first_key=20)
    stranger.add(lowered("1/4", "1.5.0"))
    ask.answer_with(True)
    look(page, stranger.write(tmp_path / "usb-4"))
    assert any("1.5.0" in words for words in page.view.banners())
    assert page.foot.isHidden()


def test_the_list_becomes_a_picker_where_the_window_is_small(
    page: PacksPage, window: MainWindow, qapp: QApplication
) -> None:
    window.resize(1024, 697)
    settle(qapp)
    assert page.panel.isHidden()
    assert page.picker.isVisible()
    assert page.short_folder.isVisible()
    window.resize(700, 500)
    settle(qapp)
    assert page.view.horizontalScrollBar().maximum() == 0


def test_a_stick_with_registers_only_is_asked_about_and_taken_in(
    page: PacksPage, desk: Desk, tmp_path: Path, ask: ScriptedAsk
) -> None:
    only = Simulated()
    only.add(dump_registers(provincial()))
    with shipped_with(only):
        ask.answer_with(False, True)
        look(page, stick(tmp_path / "so", only))
        assert "ag_tuyen" not in {one.sheet.name for one in registers.listed(desk)}
        look(page, tmp_path / "so")
    (first, _again) = ask.asked
    assert isinstance(first, Question)
    assert "Sổ mới: Tuyến đường hoa" in first.text
    assert "ag_tuyen" in {one.sheet.name for one in registers.listed(desk)}
