"""The page about safety: every way is tried over a real workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop.errors import DiskFull
from ntm_desktop.operations import copies, restoring, safety
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.restoring import NoCopyAtHand
from ntm_desktop.trust import locked_stream
from ntm_desktop.ui.ask import Question
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.parts.banner import Banner
from ntm_desktop.ui.safety.page import SafetyPage
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import make_window, settle
from tests.ui.conftest import Shown

WORDS = "bốn từ ghép lại"


@pytest.fixture
def ask() -> ScriptedAsk:
    return ScriptedAsk()


@pytest.fixture
def page(desk: Desk, ask: ScriptedAsk, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> Iterator[SafetyPage]:
    monkeypatch.setattr(locked_stream, "_COST", 10)
    monkeypatch.setattr(safety, "sticks", lambda: ())
    window = make_window(desk, ask, first="overview")
    shown(window, 1366, 697)
    window.go_to("safety", "")
    made = window.page()
    assert isinstance(made, SafetyPage)
    yield made
    window.close()


def finish(page: SafetyPage, app: QApplication) -> None:
    """Let the work that runs end."""
    while page._running is not None:
        app.processEvents()
    settle(app)


def told(page: SafetyPage) -> str:
    item = page._told.itemAt(0)
    banner = item.widget() if item is not None else None
    return banner.words() if isinstance(banner, Banner) else ""


def bar(page: SafetyPage) -> str:
    window = page.window()
    assert isinstance(window, MainWindow)
    return f"{window.status_bar._copies.text()} {window.status_bar._old.text()}"


def test_a_copy_is_made_read_back_and_told_in_the_light(page: SafetyPage, dressed: QApplication) -> None:
    assert not page.primary.isEnabled()
    assert page.primary.words() == "Cắm USB vào máy"
    page.copies.copy_now.click()
    assert not page.copies.copy_now.isEnabled()
    finish(page, dressed)
    assert "đọc lại: giống hoàn toàn" in told(page)
    assert page.copies.copy_now.isEnabled()
    assert "Bản sao cùng ổ: hôm nay" in bar(page)
    assert "Chưa có bản sao ngoài ổ này" in bar(page)


def test_a_stick_that_is_put_in_takes_a_copy_with_one_press(
    page: SafetyPage, dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "KINGSTON").mkdir()
    monkeypatch.setattr(safety, "sticks", lambda: (tmp_path / "KINGSTON",))
    monkeypatch.setattr(copies, "is_stick", lambda folder: "KINGSTON" in str(folder))
    monkeypatch.setattr(copies, "is_other_disk", lambda one, other: True)
    page._look_for_sticks()
    assert page.primary.words() == "Chép ra USB KINGSTON"
    page.primary.click()
    finish(page, dressed)
    assert "USB: hôm nay" in bar(page)
    monkeypatch.setattr(safety, "sticks", lambda: ())
    page.copy_to_stick()
    assert page._running is None


def test_a_copy_goes_where_the_officer_says(
    page: SafetyPage, ask: ScriptedAsk, dressed: QApplication, tmp_path: Path
) -> None:
    (tmp_path / "đĩa").mkdir()
    ask.answer_with(None, tmp_path / "đĩa")
    page.copies.to_folder.click()
    page.copies.to_folder.click()
    finish(page, dressed)
    assert list((tmp_path / "đĩa").glob("NTM-30604-*/copies/*.json"))


def test_one_file_with_a_passphrase_comes_back_with_it(
    page: SafetyPage, ask: ScriptedAsk, dressed: QApplication, tmp_path: Path
) -> None:
    target = tmp_path / "a.ntmbackup"
    ask.answer_with(target, True, "ngắn", WORDS, "khác hẳn nhé", WORDS, WORDS)
    page.copies.to_file.click()
    finish(page, dressed)
    assert target.read_bytes().startswith(b"NTMLOCK1")
    (tmp_path / "về").mkdir()
    ask.answer_with(target, tmp_path / "về", "sai mật khẩu", WORDS)
    page.restore.click()
    finish(page, dressed)
    assert "Đã khôi phục vào" in told(page)
    assert list((tmp_path / "về").glob("30604-khoi-phuc-*/workspace.ntm"))
    assert ask.left() == 0


def test_one_file_may_go_without_a_passphrase_and_may_be_left(
    page: SafetyPage, ask: ScriptedAsk, dressed: QApplication, tmp_path: Path
) -> None:
    ask.answer_with(None)
    page.copies.to_file.click()
    ask.answer_with(tmp_path / "a.ntmbackup", True, None)
    page.copies.to_file.click()
    assert page._running is None
    ask.answer_with(tmp_path / "a.ntmbackup", False)
    page.copies.to_file.click()
    finish(page, dressed)
    assert b"ustar" in (tmp_path / "a.ntmbackup").read_bytes()[:512]


def test_restoring_may_be_left_at_every_question(
    page: SafetyPage, ask: ScriptedAsk, dressed: QApplication, desk: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "a.ntmbackup"
    copies.make_backup(desk.workspace, target, desk.now(), copies.Watch(), WORDS)
    for answers in ((None,), (target, None), (target, tmp_path, None)):
        ask.answer_with(*answers)
        page.restore.click()
        finish(page, dressed)
    assert not list(tmp_path.glob("30604-khoi-phuc-*"))


def test_a_rehearsal_is_shown_in_counted_facts(page: SafetyPage, dressed: QApplication) -> None:
    page.rehearsal.start.click()
    finish(page, dressed)
    assert "Chưa có bản sao đầy đủ" in told(page)
    page.copies.copy_now.click()
    finish(page, dressed)
    page.rehearsal.start.click()
    finish(page, dressed)
    assert page._found is not None
    assert page._found.agrees
    assert "lần gần nhất" in page.rehearsal.aside.text()


def test_what_was_put_aside_is_exported(
    page: SafetyPage, ask: ScriptedAsk, dressed: QApplication, desk: Desk, tmp_path: Path
) -> None:
    (desk.workspace.folder / "quarantine" / "a.xlsx").write_bytes(b"PK")
    page.refresh()
    (tmp_path / "ra").mkdir()
    ask.answer_with(None, tmp_path / "ra")
    page.aside.export.click()
    page.aside.export.click()
    finish(page, dressed)
    assert (tmp_path / "ra" / "a.xlsx").read_bytes() == b"PK"


def test_an_examination_says_what_is_wrong(page: SafetyPage, dressed: QApplication, desk: Desk) -> None:
    (desk.workspace.folder / "evidence" / "incoming").mkdir()
    (desk.workspace.folder / "evidence" / "incoming" / "x.part").touch()
    page.machine.examine.click()
    finish(page, dressed)
    assert page._diagnosis is not None
    assert page._diagnosis.healthy


def test_a_fault_is_told_here_and_a_stop_changes_nothing(
    page: SafetyPage, dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("E:")

    monkeypatch.setattr(copies, "make_daily", full)
    page.copies.copy_now.click()
    finish(page, dressed)
    assert "Ổ đĩa đầy" in told(page) or "E:" in told(page)

    def stopped(_workspace: object, _now: object, watch: copies.Watch) -> None:
        while True:
            watch.step(1)

    monkeypatch.setattr(copies, "make_daily", stopped)
    page.copies.copy_now.click()
    page._stop()
    finish(page, dressed)
    assert told(page).startswith("Đã dừng")
    page._stop()


def test_a_bug_goes_to_the_hook(page: SafetyPage) -> None:
    with pytest.raises(ZeroDivisionError):
        page._failed(ZeroDivisionError())


def test_damaged_files_of_a_copy_are_counted(page: SafetyPage, tmp_path: Path) -> None:
    page._restored(restoring.Restored(tmp_path, 1, 1, ("evidence/ab/x",)))
    assert told(page).count("1 tệp trong bản sao đã hỏng") == 1


def test_it_can_be_reached_by_key_and_fits_small_windows(page: SafetyPage, shown: Shown) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    window.open_page("overview")
    window._open_safety()
    assert window.page() is page
    for width, height in ((1024, 697), (911, 512)):
        window.resize(width, height)
        shown.settle()
    assert len(page.regions()) == 7
    assert issubclass(NoCopyAtHand, Exception)


def test_the_support_package_is_shown_before_it_is_saved(
    page: SafetyPage, ask: ScriptedAsk, qapp: QApplication, tmp_path: Path
) -> None:
    target = tmp_path / "goi-ho-tro.txt"
    ask.answer_with(False)
    page.machine.support.click()
    finish(page, qapp)
    ask.answer_with(True, None, True, page.session.desk.workspace.folder / "goi.txt", True, target)
    for _each in range(3):
        page.machine.support.click()
        finish(page, qapp)
    shown = ask.asked[-2]
    assert isinstance(shown, Question)
    assert target.read_text(encoding="utf-8") == shown.text
    assert "goi-ho-tro.txt" in told(page)
    assert not ask.left()
