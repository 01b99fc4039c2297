"""A file opened from outside reaches the page it belongs to, in the last workspace or at the first start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from ntm_desktop import settings
from ntm_desktop.ui import arrival
from ntm_desktop.ui.app import Program
from ntm_desktop.ui.packs.page import PacksPage
from ntm_desktop.ui.parts.banner import Banner
from ntm_desktop.ui.safety.page import SafetyPage
from ntm_desktop.ui.start.window import StartWindow
from ntm_desktop.ui.verify.window import VerifyWindow
from tests.support.windows import make_desk, settle


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> list[tuple[type[QWidget], Path]]:
    """What reached which window or page."""
    found: list[tuple[type[QWidget], Path]] = []
    for kind, name in (
        *((SafetyPage, "bring_back"), (StartWindow, "bring_back")),
        *((PacksPage, "look_at"), (VerifyWindow, "open")),
    ):
        monkeypatch.setattr(kind, name, lambda widget, path: found.append((type(widget), path)))
    return found


def test_a_copy_and_packs_reach_their_page_of_the_last_workspace(
    program: Program, reached: list[tuple[type[QWidget], Path]], dressed: QApplication, tmp_path: Path
) -> None:
    desk = make_desk(tmp_path)
    folder = desk.workspace.folder
    desk.close()
    remembered = replace(settings.load(), last_workspace=str(folder), officer="Mai")
    copy, packs = tmp_path / "kho.NTMBACKUP", tmp_path / "goi.ntmpack"
    arrival.show(program, copy, remembered)
    arrival.hand_over(program, packs)
    settle(dressed)
    assert reached == [(SafetyPage, copy), (PacksPage, packs)]


def test_without_a_workspace_a_copy_is_brought_back_and_packs_wait(
    program: Program, reached: list[tuple[type[QWidget], Path]], tmp_path: Path
) -> None:
    copy = tmp_path / "kho.ntmbackup"
    arrival.show(program, copy, settings.Settings())
    arrival.hand_over(program, tmp_path / "goi.ntmpack")
    window = program.window
    assert isinstance(window, StartWindow)
    assert [banner.words() for banner in window.findChildren(Banner)] == [
        "Gói tiêu chí được nhận vào kho của xã. Lập kho hoặc mở kho trước, rồi mở lại goi.ntmpack."
    ]
    assert reached == [(StartWindow, copy)]


def test_any_other_file_is_verified(
    program: Program, reached: list[tuple[type[QWidget], Path]], tmp_path: Path
) -> None:
    path = tmp_path / "x.asice"
    arrival.show(program, path, settings.Settings())
    assert reached == [(VerifyWindow, path)]
