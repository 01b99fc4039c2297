"""For whom copies are locked is chosen, shown and taken back; a receipt on a stick is held against the file."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import sending
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.envelopes import open_receiving_key, unlock
from ntm_desktop.operations.sending import PostState
from ntm_desktop.ui.outbox.page import OutboxPage
from tests.support.scripted_ask import ScriptedAsk
from tests.support.signers import PASSWORD, receiver_files
from tests.support.windows import settle
from tests.ui.outbox.test_page import finish, state, told


def test_copies_are_locked_for_the_office_whose_certificate_was_compared(
    page: OutboxPage, dressed: QApplication, ask: ScriptedAsk, finished: Path, tmp_path: Path
) -> None:
    certificate, key = receiver_files(tmp_path)
    (tmp_path / "usb").mkdir()
    foot = page.foot
    assert "ai nhặt được" in foot.locked.text()
    ask.answer_with(None, certificate, False)  # went back; then the fingerprint was another
    foot.lock.click()
    foot.lock.click()
    assert foot.receiver is None
    ask.answer_with(certificate, True)
    foot.lock.click()
    assert "Văn phòng Điều phối NTM tỉnh An Giang" in foot.locked.text()
    ask.answer_with(tmp_path / "usb")
    page.stick.click()
    finish(page, dressed)
    (locked,) = (tmp_path / "usb").glob("*.p7m")
    opened = unlock(locked, open_receiving_key(key, PASSWORD), tmp_path, Watch())
    assert opened.read_bytes() == (finished / "ho-so.asice").read_bytes()
    ask.answer_with(False, True)
    foot.lock.click()
    assert foot.receiver is not None
    foot.lock.click()
    assert foot.receiver is None


def test_a_certificate_that_is_none_or_was_damaged_is_told(
    page: OutboxPage, ask: ScriptedAsk, tmp_path: Path
) -> None:
    (tmp_path / "a.pem").write_text("thu")
    ask.answer_with(tmp_path / "a.pem")
    page.foot.lock.click()
    assert "chứng thư" in told(page)
    kept = sending.sending_folder(page.session.desk)
    kept.mkdir(exist_ok=True)
    (kept / "receiver.cer").write_text("thu")
    page.foot.refresh()
    assert page.foot.receiver is None


def test_a_receipt_on_a_stick_closes_the_matter_and_another_is_refused(
    page: OutboxPage, dressed: QApplication, ask: ScriptedAsk, finished: Path, tmp_path: Path
) -> None:
    one = sending.outbox(page.session.desk)[0].posted
    path = tmp_path / "a.bien-nhan.json"
    from ntm_desktop.transfer.arriving import hash_of

    said = {"identity": one.identity, "size": one.size, "received_at": "", "receiver": "VPĐP"}
    ask.answer_with(None)
    page.foot.receipt.click()
    for sha256, words in (("0" * 64, "mã kiểm tra"), (hash_of(finished / "ho-so.asice"), "VPĐP")):
        path.write_text(json.dumps({**said, "sha256": sha256}), encoding="utf-8")
        assert state(page) is PostState.WAITING
        ask.answer_with(path)
        page.foot.receipt.click()
        while words not in told(page):
            dressed.processEvents()
        settle(dressed)
    assert state(page) is PostState.ACCEPTED
    path.write_text("{}")
    ask.answer_with(path)
    page.foot.receipt.click()
    assert "không phải biên nhận" in told(page)
