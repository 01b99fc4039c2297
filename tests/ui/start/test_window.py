"""The first start by keyboard: three things, one button, and the workspace is there."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ntm_desktop.operations import copies, packets
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.restoring import Restored
from ntm_desktop.operations.start import NewerWithCopy, open_desk
from ntm_desktop.ui.parts.banner import Banner
from ntm_desktop.ui.parts.words import Words
from ntm_desktop.ui.start.window import StartWindow
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import IT_OF_THE_COMMUNE, make_desk, settle
from tests.ui.conftest import Shown


def filled(shown: Shown, ask: ScriptedAsk) -> StartWindow:
    window = StartWindow(ask)
    shown(window, 1366, 697)
    QTest.keyClicks(window.commune.who.edit, "Mai")
    window.commune.query.focus()
    QTest.keyClicks(window.commune.query.edit, "30604")
    window.chosen_set.set_key("vn-xa-ntm-2021-2025")
    window.hamlets.take("Vĩnh Thành\t412\nVĩnh Hòa\t398")
    return window


def test_one_button_makes_the_workspace_and_opens_it(shown: Shown, tmp_path: Path) -> None:
    window, opened = filled(shown, ScriptedAsk()), []
    window.opened.connect(opened.append)
    assert window.make.isEnabled()
    assert not list(tmp_path.iterdir()), "nothing is written before the button is pressed"
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk = opened[0]
    assert isinstance(desk, Desk)
    assert (desk.commune.code, desk.who, len(desk.book.hamlets)) == ("30604", "Mai", 2)
    assert desk.dossier is not None
    desk.close()


def test_a_merged_commune_needs_no_list_and_goes_on_to_its_former_communes(shown: Shown) -> None:
    window, merging = filled(shown, ScriptedAsk()), []
    window.merging.connect(merging.append)
    window.merged.click()
    assert not window.hamlets.isEnabled()
    assert window.make.words() == "Tạo kho và gộp các xã cũ"
    window.make.click()
    desk = merging[0]
    assert (desk.commune.code, desk.book.hamlets) == ("30604", ())
    desk.close()
    window.merged.click()
    assert window.hamlets.isEnabled()


def test_the_button_is_grey_and_the_line_says_what_is_missing(shown: Shown) -> None:
    window = StartWindow(ScriptedAsk())
    shown(window, 1366, 697)
    assert not window.make.isEnabled()
    assert window.plan_words.text().startswith("Còn thiếu")


@pytest.mark.parametrize("size", [(1366, 697), (1024, 768), (911, 512), (683, 384), (512, 340)])
def test_nothing_is_cut_at_any_size(shown: Shown, dressed: QApplication, size: tuple[int, int]) -> None:
    window = filled(shown, ScriptedAsk())
    window.resize(*size)
    settle(dressed)
    cut = [words.text() for words in window.findChildren(Words) if words.isVisible() and words.is_cut()]
    assert not cut
    nameless = [
        type(widget).__name__
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert not nameless


def _newer_workspace(folder: Path) -> Path:
    """Make a workspace that a newer program has brought further, with a copy from before."""
    desk = make_desk(folder, IT_OF_THE_COMMUNE)
    desk.workspace.take_copy("before-schema")
    desk.close()
    connection = sqlite3.connect(desk.workspace.folder / "workspace.ntm")
    connection.execute("PRAGMA user_version = 9000")
    connection.close()
    return desk.workspace.folder


def test_a_newer_workspace_is_refused_and_its_copy_from_before_comes_back_with_one_press(
    shown: Shown, dressed: QApplication, tmp_path: Path
) -> None:
    folder, ask = _newer_workspace(tmp_path), ScriptedAsk()
    with pytest.raises(NewerWithCopy) as refusal:
        open_desk(folder, who="Mai")
    window, opened = StartWindow(ask, refusal.value), []
    window.opened.connect(opened.append)
    shown(window, 1366, 697)
    (banner,) = window.findChildren(Banner)
    assert "before-schema" in banner.words()
    assert banner.button is not None
    ask.answer_with(None, tmp_path)
    banner.button.click()
    assert window._restoring is None
    banner.button.click()
    while window._restoring is not None:
        dressed.processEvents()
    desk = opened[0]
    assert isinstance(desk, Desk)
    assert desk.workspace.folder.name.startswith(f"{folder.name}-khoi-phuc-")
    assert len(desk.book.facts) >= len(IT_OF_THE_COMMUNE)
    desk.close()


def test_a_copy_that_cannot_come_back_is_told(shown: Shown, dressed: QApplication, tmp_path: Path) -> None:
    folder, ask = _newer_workspace(tmp_path), ScriptedAsk(tmp_path)
    with pytest.raises(NewerWithCopy) as refusal:
        open_desk(folder, who="Mai")
    Path(refusal.value.copy).unlink()
    window = StartWindow(ask, refusal.value)
    shown(window, 1366, 697)
    window.bring_newer_back()
    while window._restoring is not None:
        dressed.processEvents()
    settle(dressed)
    (banner,) = [one for one in window.findChildren(Banner) if not one.isHidden()]
    assert banner.button is None
    window.bring_newer_back()
    assert window._restoring is None


def test_packet_is_opened_where_there_is_no_workspace_yet(
    shown: Shown, tmp_path: Path, desk: Desk, qtbot: QtBot
) -> None:
    packets.cut(desk, tmp_path / "tc8.ntmpacket", ("8",))
    window = StartWindow(ScriptedAsk(None, tmp_path / "tc8.ntmpacket", None))
    shown(window, 1024, 697)
    window.open_packet()
    window.open_packet()
    (tmp_path / "may").mkdir()
    window.ask = ScriptedAsk(tmp_path / "tc8.ntmpacket", tmp_path / "may")
    with qtbot.waitSignal(window.opened) as caught:
        window.open_packet()
    (opened,) = caught.args
    assert opened.workspace.folder == tmp_path / "may" / "tc8"
    opened.close()


def test_a_copy_comes_back_on_a_new_pc_and_opens(
    shown: Shown, dressed: QApplication, desk: Desk, tmp_path: Path
) -> None:
    copy = tmp_path / "kho.ntmbackup"
    copies.make_backup(desk.workspace, copy, desk.now(), copies.Watch())
    window, opened = StartWindow(ScriptedAsk(copy, tmp_path)), []
    window.opened.connect(opened.append)
    shown(window, 1366, 697)
    window.restore.click()
    restore_ends(window, dressed)
    back = opened[0]
    assert isinstance(back, Desk)
    assert (back.commune.code, back.workspace.folder.name[:16]) == ("30604", "kho-khoi-phuc-20")
    back.close()


def test_a_copy_that_is_none_or_damaged_is_told_and_another_may_follow(
    shown: Shown, dressed: QApplication, tmp_path: Path
) -> None:
    broken = tmp_path / "kho.ntmbackup"
    broken.write_bytes(b"nothing")
    window = StartWindow(ScriptedAsk(None, tmp_path))
    shown(window, 1366, 697)
    window.restore.click()
    window.bring_back(broken)
    window.bring_back(broken)  # while the first is read nothing more is asked
    restore_ends(window, dressed)
    assert "kho.ntmbackup" in told(window)
    window._restored(Restored(tmp_path / "về", 1, 1, ("evidence/ab/x",)))
    settle(dressed)
    assert "1 tệp trong bản sao đã hỏng" in told(window)
    window._stop()
    window._stopped()
    settle(dressed)
    assert told(window).startswith("Đã dừng")
    with pytest.raises(ZeroDivisionError):
        window._failed(ZeroDivisionError())


def restore_ends(window: StartWindow, app: QApplication) -> None:
    """Let the work that runs end."""
    while window._restoring is not None:
        app.processEvents()
    settle(app)


def told(window: StartWindow) -> str:
    (banner,) = [one for one in window.findChildren(Banner) if not one.isHidden()]
    return banner.words()
