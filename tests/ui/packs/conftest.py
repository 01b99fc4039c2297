"""A commune whose dossier is 103 files short of 30 %, and a stick with a version that asks for 25 %."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication

from ntm_desktop.i18n import set_language
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.packs.page import PacksPage
from tests.support.pack_desks import content, shipped_set, shipped_with, stick, threshold_at, with_requirement
from tests.support.pack_repository import Simulated
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import NTM, make_window, settle
from tests.ui.conftest import Shown

CODE = "8.4.d"


def lowered(threshold: str, version: str) -> bytes:
    """Return the shipped set with another threshold for files solved online."""
    return content(with_requirement(shipped_set(NTM), CODE, threshold_at(threshold)), version)


def wait_read(page: PacksPage) -> None:
    """Wait until nothing goes on beside the window any more: reading a source, previewing, copying."""
    until = time.monotonic() + 30
    while page.reading.busy or page.kept.busy or page.copying.busy:
        assert time.monotonic() < until
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def look(page: PacksPage, source: Path | str) -> None:
    """Look at a source and wait for what is found."""
    page.look_at(source)
    wait_read(page)


@pytest.fixture
def publisher() -> Iterator[Simulated]:
    """Return the publisher the program came with; 1.5.0 asks for 25 % instead of 30 %."""
    made = Simulated()
    made.add(lowered("1/4", "1.5.0"))
    with shipped_with(made):
        yield made


@pytest.fixture
def stick_folder(tmp_path: Path, publisher: Simulated) -> Path:
    """Return the folder on the stick."""
    return stick(tmp_path / "usb", publisher)


@pytest.fixture
def ask() -> ScriptedAsk:
    """Return the one who is asked; a test writes the answers."""
    return ScriptedAsk()


@pytest.fixture
def window(dressed: QApplication, desk: Desk, ask: ScriptedAsk, shown: Shown) -> MainWindow:
    """Return the window at the page of packs, as on a screen of 1366x768."""
    set_language("vi")
    made = make_window(desk, ask, first="packs")
    shown(made, 1366, 697)
    settle(dressed)
    return made


@pytest.fixture
def page(window: MainWindow) -> PacksPage:
    """Return the page of packs."""
    opened = window.page()
    assert isinstance(opened, PacksPage)
    wait_read(opened)
    return opened
