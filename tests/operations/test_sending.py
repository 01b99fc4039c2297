"""From the outbox to the receipt: over the line and on a stick, and what is refused before a byte leaves."""

from __future__ import annotations

import errno
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop.errors import DiskFull
from ntm_desktop.operations import outbox_words, sending
from ntm_desktop.operations.changed_only import Earlier
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.envelopes import locked_name, open_receiving_key, receiver_of, unlock
from ntm_desktop.operations.receiving import contents_of
from ntm_desktop.operations.seal import Built
from ntm_desktop.operations.sending import (
    Begun,
    NotTheSealedFile,
    NowhereToSend,
    PostState,
    Ready,
    ReceiverAddress,
    SealedFileGone,
    Sending,
)
from ntm_desktop.operations.targets import NoPlaceForFiles
from ntm_desktop.transfer.memory import Memory
from ntm_desktop.transfer.upload_refusals import NotTheReceiver
from ntm_desktop.workspace.carrying import ReadBackDiffers
from ntm_desktop.workspace.states import DossierState
from tests.support.containers import write
from tests.support.pdf import page_texts
from tests.support.receiving import receiving
from tests.support.servers import serving
from tests.support.signers import PASSWORD, receiver_files


@pytest.fixture
def desk(sealed_desk: tuple[Desk, Built]) -> Desk:
    """The desk whose one dossier waits again, whatever the test before did with it."""
    made = sealed_desk[0]
    connection = made.workspace._connection
    connection.execute("UPDATE outbox SET state = 'waiting'")
    connection.execute("UPDATE dossier SET state = 'sealed'")
    connection.execute("DELETE FROM receipt")
    shutil.rmtree(made.workspace.folder / "sending", ignore_errors=True)
    return made


def prepared(desk: Desk, built: Built, path: Path | None = None) -> Ready:
    return sending.ready(desk, built.identity, path)


def state(desk: Desk) -> PostState:
    return sending.outbox(desk)[0].posted.state


def test_what_waits_is_told_with_its_bytes_and_minutes(desk: Desk, sealed: Built) -> None:
    (one,) = sending.outbox(desk)
    assert (one.posted.identity, one.posted.size, one.sendable, one.all_gone) == (
        sealed.identity,
        sealed.size,
        True,
        False,
    )
    assert one.seconds == -(-sealed.size // sending.SLOW_LINE)
    Memory(desk.workspace.folder / "sending").keep_speed(1)
    assert sending.outbox(desk)[0].seconds == sealed.size
    begun = Begun("https://a/", "/1", "ab", sealed.size, sealed.size - 7)
    Memory(desk.workspace.folder / "sending").keep(sealed.identity, begun)
    assert sending.outbox(desk)[0].seconds == 7


def test_sending_ends_with_a_receipt_and_a_second_machine_is_told(
    tmp_path: Path, desk: Desk, sealed: Built
) -> None:
    with receiving(tmp_path / "nhan") as office:
        one = prepared(desk, sealed)
        assert state(desk) is PostState.SENDING
        assert sending.is_answering(office.address)
        sent = sending.transmit(one, office.address, Sending())
        change = sending.arrived(desk, one, office.address, sent)
        again = sending.transmit(one, office.address, Sending())
    assert change.structure
    assert office.told == [sealed.identity]
    assert (office.folder / f"{sealed.identity}.asice").read_bytes() == sealed.path.read_bytes()
    assert state(desk) is PostState.ACCEPTED
    assert desk.dossier is not None
    assert desk.dossier.state is DossierState.SENT
    (receipt,) = sending.outbox(desk)[0].posted.receipts
    assert (receipt.place, receipt.confirmed) == ("127.0.0.1", True)
    assert again.known_before
    assert not sending.outbox(desk)[0].sendable
    assert not sending.is_answering(office.address)


def test_without_a_receipt_it_is_still_on_its_way(desk: Desk, sealed: Built) -> None:
    one = prepared(desk, sealed)
    sending.arrived(desk, one, "https://a/", sending.Sent(None, known_before=False, begun_anew=False))
    begun = Begun("https://a/", "/1", "ab", sealed.size, sealed.size)
    Memory(desk.workspace.folder / "sending").keep(sealed.identity, begun)
    (item,) = sending.outbox(desk)
    assert (item.posted.state, item.all_gone, item.sendable) == (PostState.SENDING, True, True)


def test_what_the_office_has_in_an_earlier_dossier_is_not_sent_again(
    tmp_path: Path, desk: Desk, sealed: Built
) -> None:
    with zipfile.ZipFile(sealed.path) as packed:
        names = [name for name in packed.namelist() if "/" in name and not name.startswith("META-INF/")]
        before = write(tmp_path / "truoc.asice", {name: packed.read(name) for name in names})
    seen: list[int] = []
    with receiving(tmp_path / "nhan") as office:
        shutil.copyfile(tmp_path / "truoc.asice", office.folder / f"{before.identity}.asice")
        earlier = (Earlier(before.identity, contents_of(tmp_path / "truoc.asice")[0]),)
        one = replace(prepared(desk, sealed), earlier=earlier)
        how = Sending(progress=lambda _done, total: seen.append(total))
        sent = sending.transmit(one, office.address, how)
    assert sent.confirmed is not None
    assert seen[-1] < sealed.size // 2
    assert (office.folder / f"{sealed.identity}.asice").read_bytes() == sealed.path.read_bytes()
    memory = Memory(desk.workspace.folder / "sending")
    assert memory.contents(sealed.identity) == contents_of(sealed.path)[0]


def test_what_nobody_confirmed_is_not_taken_for_known_there(
    desk: Desk, sealed: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    unconfirmed = sending.Sent(None, known_before=False, begun_anew=False)
    monkeypatch.setattr(sending, "send", lambda *_all: unconfirmed)
    assert sending.transmit(prepared(desk, sealed), "https://nhan.vn/", Sending()) == unconfirmed
    assert Memory(desk.workspace.folder / "sending").contents(sealed.identity) == b""


def test_a_revision_replaced_before_it_left_is_not_shown(desk: Desk) -> None:
    desk.workspace._connection.execute("UPDATE dossier SET revision = 2")
    try:
        assert sending.outbox(desk) == ()
    finally:
        desk.workspace._connection.execute("UPDATE dossier SET revision = 1")


def test_nothing_leaves_without_an_address_or_the_sealed_file(
    tmp_path: Path, desk: Desk, sealed: Built
) -> None:
    one = prepared(desk, sealed)
    with pytest.raises(NowhereToSend):
        sending.transmit(one, " ", Sending())
    with pytest.raises(ReceiverAddress):
        sending.transmit(one, "http://nhan.vn/", Sending())
    with pytest.raises(SealedFileGone):
        prepared(desk, sealed, tmp_path / "khong co")
    changed = tmp_path / "khac.asice"
    content = bytearray(sealed.path.read_bytes())
    content[len(content) // 2] ^= 1
    with serving(lambda visit: visit.send(b"")) as server:
        for bad in (bytes(content), b"rac"):
            changed.write_bytes(bad)
            with pytest.raises(NotTheSealedFile):
                sending.transmit(prepared(desk, sealed, changed), server.address, Sending())
        ready = prepared(desk, sealed, changed)
        changed.unlink()
        with pytest.raises(SealedFileGone):
            sending.transmit(ready, server.address, Sending())
        assert server.asked == []
        assert not sending.is_answering(server.address)


def test_a_certificate_given_by_the_office_is_believed(tmp_path: Path) -> None:
    from tests.transfer.test_download import _certificate

    certificate = _certificate(tmp_path, "localhost")
    with serving(lambda visit: visit.send(b""), certificate) as server:
        with pytest.raises(NotTheReceiver):
            sending.is_answering(server.address)
        trust = sending.trusting(tmp_path / "certificate.pem")
        assert not sending.is_answering(server.address, trust=trust)  # it is believed, and speaks no tus


def test_a_stick_gets_a_copy_that_was_read_back_and_a_slip(tmp_path: Path, desk: Desk, sealed: Built) -> None:
    one = prepared(desk, sealed)
    (tmp_path / "ho-so.asice").write_bytes(b"cua nguoi khac")
    slip = sending.copy_out(one, tmp_path, Watch())
    assert slip.path.name == "ho-so-2.asice"
    assert slip.path.read_bytes() == sealed.path.read_bytes()
    paper = sending.handed_over(desk, one, slip)
    text = " ".join(page_texts(paper)[0].split())
    for shown in ("Phiếu giao hồ sơ", sealed.identity[:8], slip.sha256[:8], "Vĩnh An", "Người nhận"):
        assert shown in text
    (item,) = sending.outbox(desk)
    assert (item.posted.state, item.all_gone) == (PostState.SENDING, True)
    assert outbox_words.state_words(item) == "Đã chép ra USB, chờ biên nhận"
    (tmp_path / "ho-so.asice").write_bytes(sealed.path.read_bytes())
    assert sending.copy_out(one, tmp_path, Watch()).path.name == "ho-so.asice"


def test_a_stick_that_fails_or_is_full_is_told(
    tmp_path: Path, desk: Desk, sealed: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = prepared(desk, sealed)
    with pytest.raises(NoPlaceForFiles):
        sending.copy_out(one, desk.workspace.folder, Watch())
    with monkeypatch.context() as patch:
        patch.setattr(sending, "hash_of", lambda *_all: "khac")
        with pytest.raises(ReadBackDiffers):
            sending.copy_out(one, tmp_path, Watch())
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(1, 1, 0))
        with pytest.raises(DiskFull):
            sending.copy_out(one, tmp_path, Watch())
    slip = sending.copy_out(one, tmp_path, Watch())

    def full(*_all: object) -> None:
        raise OSError(errno.ENOSPC, "x")

    monkeypatch.setattr("ntm_desktop.documents.result_sheet.write_paper", full)
    with pytest.raises(DiskFull):
        sending.write_slip(desk, one, slip, desk.now_utc(), tmp_path / "phieu.pdf")


def test_a_copy_on_a_stick_can_be_locked_for_the_office(
    tmp_path: Path, desk: Desk, sealed: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = receiver_files(tmp_path)
    (tmp_path / "usb").mkdir()
    one = prepared(desk, sealed)
    slip = sending.copy_out(one, tmp_path / "usb", Watch(), receiver_of(certificate))
    assert slip.path.name == locked_name("30604", sealed.identity)
    paper = sending.handed_over(desk, one, slip)
    assert "Văn phòng Điều phối NTM tỉnh An Giang" in " ".join("".join(page_texts(paper)).split())
    opened = unlock(slip.path, open_receiving_key(key, PASSWORD), tmp_path, Watch())
    assert opened.read_bytes() == sealed.path.read_bytes()
    monkeypatch.setattr(sending, "hash_of", lambda *_all: "khac")
    with pytest.raises(ReadBackDiffers):
        sending.copy_out(one, tmp_path / "usb", Watch(), receiver_of(certificate))
