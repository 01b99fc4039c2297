from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop import settings
from ntm_desktop.operations.review_desk import Standing
from ntm_desktop.ui.appraisal.window import AppraisalWindow
from tests.support.openssl import cms_open
from tests.support.scripted_ask import ScriptedAsk
from tests.support.signers import NOW, authority
from tests.support.softhsm import MODULE, PIN, configure, make_token, needs_softhsm
from tests.support.windows import settle


@pytest.fixture
def window(qtbot, dressed, shown, province):
    made = AppraisalWindow(province, ScriptedAsk())
    shown(made, 1366, 697)
    with qtbot.waitSignal(made.shown, timeout=20_000):
        made.open_commune("30604", "8")
    settle(QApplication.instance())
    yield made
    assert made.tasks.close() == ()


@needs_softhsm
def test_slip_is_signed_on_the_token_after_a_wrong_pin(qtbot, window, province, tmp_path, monkeypatch):
    configure(tmp_path, monkeypatch)
    make_token(tmp_path)
    slip = tmp_path / "phieu.p7m"
    window.ask.answer_with(MODULE, "0000", PIN, slip)
    with qtbot.waitSignal(window.token.returned, timeout=30_000):
        window.panel.by_token.click()
    assert b"Ghi 702." in cms_open(tmp_path, slip.read_bytes(), authority().pem, NOW)
    assert province.folder.incoming()[0].state is Standing.RETURNED
    assert "phieu.p7m" in window.said()
    assert settings.load().token_driver == str(MODULE)
    assert "mã PIN" in window.ask.asked[2].problem


def test_driver_that_is_none_is_told_and_asked_for_again(qtbot, window, tmp_path):
    (tmp_path / "thu.so").write_text("thu")
    window.ask.answer_with(None, tmp_path / "thu.so")
    window.panel.by_token.click()  # went back
    with qtbot.waitSignal(window.token.failed, timeout=20_000):
        window.panel.by_token.click()
    assert window.ask.left() == 0
    assert settings.load().token_driver == ""


def test_nothing_is_signed_when_nothing_is_left_to_correct(window, province):
    (one,) = province.folder.incoming()
    window.panel.settled.emit(1)
    assert window.panel.by_token.isHidden()
    window.token.start(one)
    assert "không còn ý kiến" in window.said()
    window.token._ask_pin("")  # without a token nothing is asked
    assert window.ask.asked == []
