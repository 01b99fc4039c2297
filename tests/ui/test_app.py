"""The program's start: the right window comes, ours are banners, bugs are dialogs, nothing heavy is loaded."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop import settings
from ntm_desktop.errors import Cancelled, DiskFull
from ntm_desktop.operations import packets, start
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.app import Program, load_screens, pages
from ntm_desktop.ui.entry.places import first_open
from ntm_desktop.ui.entry.tree_model import CODE_ROLE
from ntm_desktop.ui.frame import outline
from ntm_desktop.ui.frame.outline_view import OutlineView
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.outlining import outline_of
from ntm_desktop.ui.parts.banner import Banner
from ntm_desktop.ui.start.window import StartWindow
from ntm_desktop.ui.verify.window import VerifyWindow
from tests.support.windows import IT_OF_THE_COMMUNE, entry_of, make_desk, settle
from tests.ui.conftest import deliver_deletes

HEAVY = ("reportlab", "lark", "babel", "pyhanko", "openpyxl", "lxml", "sqlite_utils", "cryptography")
LOOK = """
import json, sys
from pathlib import Path
from ntm_desktop.ui import app
qt = app.application()
program = app.Program(qt)
program.open(Path(sys.argv[1]), who="x")
qt.processEvents()
print(json.dumps([type(program.window).__name__, sorted(set(sys.modules) & set(sys.argv[2:]))]))
program.shell.close()
"""
FIRST = """
import json, sys
from PySide6.QtWidgets import QApplication
from PySide6.QtCore import QTimer
from ntm_desktop.__main__ import main
from ntm_desktop.ui.frame.outline_view import OutlineView
paint = OutlineView.paintEvent
def told(view, event):
    paint(view, event)
    OutlineView.paintEvent = paint
    print(json.dumps(sorted(name for name in sys.modules if name.startswith("ntm_desktop."))))
    view.painted.connect(view.window().close)
OutlineView.paintEvent = told
sys.exit(main(["open", sys.argv[1]]))
"""


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.close()
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(desk.workspace.folder), *HEAVY],
        capture_output=True,
        check=True,
        env=dict(os.environ),
        timeout=60,
    )
    assert json.loads(done.stdout) == ["MainWindow", []]


def test_a_workspace_that_cannot_be_opened_is_said_in_the_start_window(
    dressed: QApplication, program: Program, tmp_path: Path
) -> None:
    program.open(tmp_path / "nowhere", who="x")
    assert isinstance(program.window, StartWindow)
    settle(dressed)
    assert [banner for banner in program.window.findChildren(Banner) if banner.words()]


def test_a_dossier_file_opens_the_window_that_verifies(
    dressed: QApplication, program: Program, tmp_path: Path, qtbot
) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(b"nothing")
    program.show_verify(path)
    window = program.window
    assert isinstance(window, VerifyWindow)
    qtbot.waitUntil(lambda: bool(window.findChildren(Banner)), timeout=20_000)
    assert window.tasks.close() == ()
    settle(dressed)  # what the finished job leaves is deleted before its window


def test_the_start_window_leads_to_verifying(program: Program) -> None:
    program.show_start()
    assert isinstance(program.window, StartWindow)
    program.window.verify_asked.emit()
    assert isinstance(program.window, VerifyWindow)


def test_ours_become_banners_and_a_bug_a_dialog(
    dressed: QApplication, program: Program, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[str] = []
    monkeypatch.setattr(program.ask, "tell_bug", lambda _parent, bug: bugs.append(bug.details))
    program.show_desk(desk)
    settle(dressed)
    window = program.window
    assert isinstance(window, MainWindow)
    program.hook(DiskFull, DiskFull("D:"), None)
    settle(dressed)
    assert [banner for banner in window.findChildren(Banner) if banner.isVisible()]
    program.hook(Cancelled, Cancelled(), None)
    assert bugs == []
    program.hook(ZeroDivisionError, ZeroDivisionError(), None)
    assert "ZeroDivisionError" in bugs[0]
    program.shell.close()


def test_the_last_workspace_and_officer_are_remembered(
    dressed: QApplication, program: Program, desk: Desk
) -> None:
    program.show_desk(desk)
    settle(dressed)
    remembered = settings.load()
    assert remembered.last_workspace == str(desk.workspace.folder)
    assert remembered.officer == desk.who
    program.shell.close()


def test_the_screens_stand_in_the_order_of_work() -> None:
    steps = [page.entry.page for page in pages()]
    assert len(set(steps)) == len(steps)
    asked = ["overview", "entry", "hamlets", "review", "sealing", "packs"]
    assert [step for step in steps if step in asked] == asked


def test_before_the_first_paint_of_an_outline_nothing_is_loaded_that_it_does_not_need(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    outline.save(outline_of(desk, pages()))
    desk.close()
    done = subprocess.run(
        [sys.executable, "-c", FIRST, str(desk.workspace.folder)],
        capture_output=True,
        check=True,
        env=dict(os.environ),
        timeout=60,
    )
    packages = {name.split(".")[1] for name in json.loads(done.stdout)}
    assert packages == {"__main__", "launcher", "settings", "paths", "ui"}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Return the folder of a workspace whose window was shown before."""
    desk = make_desk(tmp_path, IT_OF_THE_COMMUNE)
    outline.save(outline_of(desk, pages()))
    desk.close()
    return desk.workspace.folder


def begin(program: Program, folder: Path) -> None:
    """Start the program on a workspace."""
    program.start(folder, who="x", language="vi")


def test_the_outline_gives_way_to_the_main_window_in_the_same_window_with_the_focus_in_the_tree(
    dressed: QApplication, program: Program, kept: Path
) -> None:
    begin(program, kept)
    shell = program.shell
    assert shell.findChildren(OutlineView)
    assert program.window is None
    title = shell.windowTitle()
    settle(dressed)
    assert isinstance(program.window, MainWindow)
    assert program.window.window() is shell is program.shell
    assert shell.windowTitle() == title
    assert dressed.focusWidget() is entry_of(program.window).tree.view
    deliver_deletes()
    assert not shell.findChildren(OutlineView)


def test_what_is_clicked_behind_the_outline_reaches_nothing(
    dressed: QApplication, program: Program, kept: Path
) -> None:
    begin(program, kept)
    view = program.shell.findChildren(OutlineView)[0]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 108))
    QTest.keyClicks(view, "8")
    settle(dressed)
    assert isinstance(program.window, MainWindow)
    with closing(start.open_desk(kept, who="y", read_only=True)) as other:
        assert entry_of(program.window).tree.view.currentIndex().data(CODE_ROLE) == first_open(
            other.compiled.source, other.evaluation
        )
    program.shell.close()


def test_what_hinders_the_opening_is_said_after_the_outline_too(
    dressed: QApplication, program: Program, kept: Path
) -> None:
    with closing(start.open_desk(kept, who="y")):
        begin(program, kept)
        settle(dressed)
        assert isinstance(program.window, StartWindow)
        assert "đang" in banner_of(program)
        shutil.rmtree(kept)
    begin(program, kept)
    settle(dressed)
    assert isinstance(program.window, StartWindow)
    assert banner_of(program)
    program.shell.close()


def test_a_bug_behind_the_outline_is_told_and_leaves_no_dead_window(
    dressed: QApplication, program: Program, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(program, kept)
    told = []
    monkeypatch.setattr(program.ask, "tell_bug", lambda _parent, bug: told.append(bug))
    program.hook(ZeroDivisionError, ZeroDivisionError(), None)
    assert len(told) == 1
    assert not program.shell.isVisible()


@pytest.mark.parametrize("content", [b"{", b""])
def test_with_a_broken_outline_or_without_one_the_window_comes_at_once(
    program: Program, kept: Path, content: bytes
) -> None:
    file = settings.user_folder("config") / "outline.json"
    file.unlink()
    if content:
        file.write_bytes(content)
    begin(program, kept)
    assert isinstance(program.window, MainWindow)


def test_leaving_keeps_the_outline_for_the_next_start(
    dressed: QApplication, program: Program, desk: Desk
) -> None:
    program.show_desk(desk)
    settle(dressed)
    outline.save(None)  # a slow machine has kept it already, when the window was idle
    program.shell.close()
    left = outline.read(desk.workspace.folder, "vi")
    assert left is not None
    assert left.commune == "Xã Vĩnh An"


def banner_of(program: Program) -> str:
    assert program.window is not None
    return " ".join(banner.words() for banner in program.window.findChildren(Banner))


def test_the_screens_are_loaded_beside_the_window_unless_it_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr("ntm_desktop.ui.app.import_module", loaded.append)
    load_screens(lambda _far: None, lambda: len(loaded) == 2)
    assert loaded == ["ntm_desktop.ui.overview.page", "ntm_desktop.ui.entry.page"]


def test_another_workspace_takes_the_place_of_the_one_that_is_open(
    dressed: QApplication, program: Program, desk: Desk, tmp_path: Path
) -> None:
    program.show_desk(desk)
    settle(dressed)
    first = program.window
    assert isinstance(first, MainWindow)
    packets.cut(desk, tmp_path / "tc8.ntmpacket", ("8",))
    part = packets.open_packet(tmp_path / "tc8.ntmpacket", tmp_path / "may", who="An")
    first.session.desk_opened.emit(part)
    settle(dressed)
    assert isinstance(program.window, MainWindow)
    assert program.window.session.desk is part
    kept = outline_of(part, pages())
    assert kept is not None
    assert (kept.filters, [row.code for row in kept.criteria], kept.selected) == (
        ("Của tôi 4",),
        ["8"],
        "8.4",
    )
    program.shell.close()
