"""The page of what leaves: an address, one button, a receipt; every hindrance said in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop import settings
from ntm_desktop.operations import sending
from ntm_desktop.operations.sending import PostState, Sent
from ntm_desktop.ui.outbox.page import OutboxPage
from ntm_desktop.ui.outbox.rows import PostRow
from ntm_desktop.ui.parts.banner import Banner
from tests.support.receiving import receiving
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import settle
from tests.ui.outbox.conftest import send_to


def finish(page: OutboxPage, app: QApplication) -> None:
    """Let the work that runs end."""
    while page.courier._running is not None:
        app.processEvents()
    settle(app)


def told(page: OutboxPage) -> str:
    item = page._told.itemAt(0)
    banner = item.widget() if item is not None else None
    return banner.words() if isinstance(banner, Banner) else ""


def rows(page: OutboxPage) -> list[PostRow]:
    return [one for one in page.findChildren(PostRow) if one.isVisible()]


def state(page: OutboxPage) -> PostState:
    return sending.outbox(page.session.desk)[0].posted.state


def test_an_address_is_asked_first_then_one_press_ends_with_a_receipt(
    page: OutboxPage, dressed: QApplication, tmp_path: Path
) -> None:
    assert not page.address.isHidden()
    page.primary.click()
    assert state(page) is PostState.WAITING
    page.keep_address("http://khong.bao.ve/")
    assert settings.load().send_to == ""
    with receiving(tmp_path / "nhan") as office:
        page.keep_address(office.address)
        finish(page, dressed)
        assert page.address.isHidden()
        assert page.line.text() == "Máy chủ của cơ quan nhận trả lời"
        page.primary.click()
        assert not page.stick.isEnabled()
        assert page.moving is not None
        finish(page, dressed)
    assert "đã đến nơi" in told(page)
    assert state(page) is PostState.ACCEPTED
    assert page.primary.isHidden()
    (row,) = rows(page)
    assert row.link is not None
    assert row.link.words() == "Biên nhận"
    row.link.click()
    assert not page.receipts.isHidden()
    page.receipts.close_button.click()
    assert page.receipts.isHidden()


def test_an_office_that_does_not_answer_is_said_and_nothing_is_lost(
    page: OutboxPage, dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ntm_desktop.transfer.upload.PAUSES", ())
    send_to("http://127.0.0.1:9/files/")
    page.refresh()
    page.primary.click()
    finish(page, dressed)
    assert "Không kết nối được máy chủ 127.0.0.1" in told(page)
    assert page.line.text() == "Máy chủ của cơ quan nhận không trả lời"
    (row,) = rows(page)
    assert row.link is not None
    assert row.link.words() == "Gửi tiếp"


def test_a_file_that_was_moved_is_asked_for(
    page: OutboxPage, dressed: QApplication, ask: ScriptedAsk, finished: Path, tmp_path: Path
) -> None:
    page.session.desk.workspace._connection.execute("UPDATE sealed SET path = '/khong/co.asice'")
    with receiving(tmp_path / "nhan") as office:
        send_to(office.address)
        page.refresh()
        ask.answer_with(None, finished / "ho-so.asice")
        page.send_all()
        assert state(page) is PostState.WAITING
        page.courier._queue.clear()
        page.send_all()
        finish(page, dressed)
    assert state(page) is PostState.ACCEPTED


def test_a_copy_on_a_stick_waits_for_its_receipt(
    page: OutboxPage, dressed: QApplication, ask: ScriptedAsk, tmp_path: Path
) -> None:
    (tmp_path / "usb").mkdir()
    ask.answer_with(None, tmp_path / "usb")
    page.stick.click()
    assert state(page) is PostState.WAITING
    page.stick.click()
    finish(page, dressed)
    assert "đọc lại thấy giống" in told(page)
    assert {one.suffix for one in (tmp_path / "usb").iterdir()} == {".asice", ".pdf"}
    assert not page.stick.isEnabled()
    page.copy_to_stick()  # nothing waits any more
    assert ask.left() == 0


def test_what_became_of_it_is_told(page: OutboxPage) -> None:
    page._tell_outcome(None, Sent(None, known_before=False, begun_anew=True))
    assert "chờ biên nhận" in told(page)
    assert "gửi lại từ đầu" in told(page)
    page._tell_outcome(None, None)
    assert "Đã dừng" in told(page)


def test_sending_alone_is_off_until_someone_ticks_it(
    page: OutboxPage, dressed: QApplication, tmp_path: Path
) -> None:
    assert not page.alone.isChecked()
    with receiving(tmp_path / "nhan") as office:
        send_to(office.address)
        page.refresh()
        page.alone.click()
        assert settings.load().send_alone
        while state(page) is not PostState.ACCEPTED:
            dressed.processEvents()
        finish(page, dressed)
    page.alone.click()
    assert not settings.load().send_alone
