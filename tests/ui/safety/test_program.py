"""The program on the page about safety: a newer version from a stick, and back with one press."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop import __version__, launcher
from ntm_desktop.operations import safety
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.ask import Question
from ntm_desktop.ui.parts.banner import Banner
from ntm_desktop.ui.parts.words import Words
from ntm_desktop.ui.safety.page import SafetyPage
from tests.support.programs import NEW, OLD, set_up, stick, update_of
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import make_window, settle
from tests.ui.conftest import Shown


@pytest.fixture
def ask() -> ScriptedAsk:
    return ScriptedAsk()


@pytest.fixture
def page(desk: Desk, ask: ScriptedAsk, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> Iterator[SafetyPage]:
    monkeypatch.setattr(safety, "sticks", lambda: ())
    window = make_window(desk, ask, first="overview")
    shown(window, 1366, 697)
    window.go_to("safety", "")
    made = window.page()
    assert isinstance(made, SafetyPage)
    yield made
    window.close()


def _finish(page: SafetyPage, app: QApplication) -> None:
    while page._running is not None:
        app.processEvents()
    settle(app)


def _told(page: SafetyPage) -> str:
    item = page._told.itemAt(0)
    banner = item.widget() if item is not None else None
    return banner.words() if isinstance(banner, Banner) else ""


def _card(page: SafetyPage) -> str:
    return " ".join(words.text() for words in page.program.findChildren(Words) if not words.isHidden())


def test_a_checkout_says_so_and_offers_nothing(page: SafetyPage) -> None:
    assert __version__ in _card(page)
    assert "chạy từ mã nguồn" in _card(page)
    assert not page.program.update_from.isVisible()
    assert not page.program.back.isVisible()


def test_a_newer_version_is_taken_in_after_two_questions_and_given_back_with_one_press(
    page: SafetyPage,
    ask: ScriptedAsk,
    dressed: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_up(tmp_path, monkeypatch)
    source = stick(tmp_path, update_of(tmp_path))
    page.refresh()
    ask.answer_with(source, True, True)
    page.program.update_from.click()
    _finish(page, dressed)
    kinds = [question.title for question in ask.asked if isinstance(question, Question)]
    assert len(kinds) == 2
    assert NEW in kinds[1]
    assert f"Bản {NEW} đã có" in _told(page)
    assert f"Lần mở sau chạy bản {NEW}" in _card(page)
    copies = page.session.desk.workspace.folder / "copies"
    assert [path.name for path in copies.glob("before-program*.ntm")]
    assert page.program.back.words() == f"Quay lại bản {OLD}"
    launcher.give_up(launcher.versions_folder(), NEW)
    page.refresh()
    assert f"Bản {NEW} hai lần không mở được" in _card(page)
    (launcher.versions_folder() / f"{NEW}.tried").unlink()
    page.refresh()
    page.program.back.click()
    _finish(page, dressed)
    assert f"Lần mở sau chạy bản {OLD}" in _told(page)
    assert not page.program.back.isVisible()


def test_what_is_not_wanted_or_not_newer_changes_nothing(
    page: SafetyPage,
    ask: ScriptedAsk,
    dressed: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_up(tmp_path, monkeypatch)
    source = stick(tmp_path, update_of(tmp_path))
    page.refresh()
    for answers in ((None,), (source, False), (source, True, False)):
        ask.answer_with(*answers)
        page.program.update_from.click()
        _finish(page, dressed)
    assert not launcher.versions_folder().exists()
    monkeypatch.setattr(launcher, "installed", lambda: launcher.Installed("9.0.0", ""))
    ask.answer_with(source, True)
    page.program.update_from.click()
    _finish(page, dressed)
    assert "máy này đang có bản mới hơn" in _told(page)
    ask.answer_with(tmp_path / "gone.zip")
    page.program.update_from.click()
    _finish(page, dressed)
    assert "gone.zip" in _told(page)
    assert ask.left() == 0
