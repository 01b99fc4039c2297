"""The program's start: the right window comes, ours are banners, bugs are dialogs, nothing heavy is loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop import settings
from ntm_desktop.errors import Cancelled, DiskFull
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.app import Program, pages
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.parts.banner import Banner
from ntm_desktop.ui.start.window import StartWindow
from ntm_desktop.ui.verify.window import VerifyWindow
from tests.support.windows import make_desk, settle

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
program.window.close()
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
    dressed: QApplication, tmp_path: Path
) -> None:
    program = Program(dressed)
    program.open(tmp_path / "nowhere", who="x")
    assert isinstance(program.window, StartWindow)
    settle(dressed)
    assert [banner for banner in program.window.findChildren(Banner) if banner.words()]


def test_a_dossier_file_opens_the_window_that_verifies(dressed: QApplication, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(b"nothing")
    program = Program(dressed)
    program.show_verify(path)
    window = program.window
    assert isinstance(window, VerifyWindow)
    qtbot.waitUntil(lambda: bool(window.findChildren(Banner)), timeout=20_000)
    assert window.tasks.close() == ()
    settle(dressed)  # what the finished job leaves is deleted before its window


def test_the_start_window_leads_to_verifying(dressed: QApplication) -> None:
    program = Program(dressed)
    program.show_start()
    assert isinstance(program.window, StartWindow)
    program.window.verify_asked.emit()
    assert isinstance(program.window, VerifyWindow)


def test_ours_become_banners_and_a_bug_a_dialog(
    dressed: QApplication, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, bugs = Program(dressed), []
    monkeypatch.setattr(program.ask, "tell_bug", lambda error, _trace: bugs.append(error))
    program.show_desk(desk)
    settle(dressed)
    window = program.window
    assert isinstance(window, MainWindow)
    program.hook(DiskFull, DiskFull("D:"), None)
    settle(dressed)
    assert [banner for banner in window.findChildren(Banner) if banner.isVisible()]
    program.hook(Cancelled, Cancelled(), None)
    assert bugs == []
    bug = ZeroDivisionError()
    program.hook(ZeroDivisionError, bug, None)
    assert bugs == [bug]


def test_the_last_workspace_and_officer_are_remembered(dressed: QApplication, desk: Desk) -> None:
    program = Program(dressed)
    program.show_desk(desk)
    settle(dressed)
    remembered = settings.load()
    assert remembered.last_workspace == str(desk.workspace.folder)
    assert remembered.officer == desk.who


def test_the_screens_stand_in_the_order_of_work() -> None:
    steps = [page.entry.page for page in pages()]
    assert len(set(steps)) == len(steps)
    asked = ["overview", "entry", "hamlets", "review", "sealing", "packs"]
    assert [step for step in steps if step in asked] == asked
