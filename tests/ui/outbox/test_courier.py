"""The courier: one at a time, stopped when asked, and never by itself unless that was allowed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import sending
from ntm_desktop.transfer.upload_refusals import ReceiverAddress
from ntm_desktop.ui.outbox.courier import courier_of
from ntm_desktop.ui.outbox.page import OutboxPage
from tests.ui.outbox.conftest import send_to
from tests.ui.outbox.test_page import finish, told


def test_a_window_has_one_courier(page: OutboxPage) -> None:
    assert courier_of(page.session) is page.courier


def test_a_press_on_stop_is_told_and_what_waits_stays(
    page: OutboxPage, dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ntm_desktop.errors import Cancelled

    def stopped(_one: object, _server: object, how: sending.Sending) -> None:
        assert how.progress is not None
        how.progress(1, 2)
        while how.cancelled is not None and not how.cancelled():
            pass
        raise Cancelled

    monkeypatch.setattr(sending, "transmit", stopped)
    send_to("https://nhan.invalid/")
    page.refresh()
    page.send_all()
    while page.courier.done != 1:
        dressed.processEvents()
    identity = sending.outbox(page.session.desk)[0].posted.identity
    page.courier.send_from(identity, sending.ready(page.session.desk, identity).path)  # busy: not begun twice
    page.courier.copy(identity, page.session.desk.workspace.folder)
    page.courier.stop()
    finish(page, dressed)
    assert "Đã dừng" in told(page)


def test_a_wrong_office_found_while_looking_is_told(
    page: OutboxPage, dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(_server: str) -> bool:
        raise ReceiverAddress("https://nhan.invalid/")

    monkeypatch.setattr(sending, "is_answering", wrong)
    send_to("https://nhan.invalid/")
    page.courier.look()
    finish(page, dressed)
    assert page.courier.answers is False
    assert "không phải địa chỉ" in told(page)
