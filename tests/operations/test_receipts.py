"""A receipt on a stick: written for what came in, and taken in for that very file only."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import FileUnreadable, FileUnwritable
from ntm_desktop.operations import receipts, sending
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.receipts import NoReceipt, write_receipts
from ntm_desktop.operations.seal import Built
from ntm_desktop.operations.sending import NotTheSealedFile, PostState, SealedFileGone
from ntm_desktop.workspace.states import DossierState
from tests.support.reviewers import OFFICE, review_desk, taken


@pytest.fixture
def desk(sealed_desk: tuple[Desk, Built]) -> Desk:
    made = sealed_desk[0]
    made.workspace._connection.execute("UPDATE outbox SET state = 'waiting'")
    made.workspace._connection.execute("UPDATE dossier SET state = 'sealed'")
    made.workspace._connection.execute("DELETE FROM receipt")
    return made


@pytest.fixture
def receipt(tmp_path: Path, sealed: Built) -> Path:
    """What the office wrote onto the stick."""
    with review_desk(tmp_path) as office:
        taken(office, sealed.path)
        (made,) = write_receipts(office, office.folder.incoming(), tmp_path)
        assert write_receipts(office, office.folder.incoming(), tmp_path) == (made,)
    return made


def test_a_receipt_closes_the_matter(desk: Desk, sealed: Built, receipt: Path) -> None:
    assert receipt.name == f"30604-{sealed.identity[:16]}.bien-nhan.json"
    waiting = receipts.awaiting(desk, receipt)
    receipts.hold(waiting, Watch())
    assert receipts.accept(desk, waiting).structure
    (one,) = sending.outbox(desk)
    assert one.posted.state is PostState.ACCEPTED
    assert (one.posted.receipts[0].place, one.posted.receipts[0].confirmed) == (OFFICE, True)
    assert desk.dossier is not None
    assert desk.dossier.state is DossierState.SENT
    desk.choose(None)
    receipts.accept(desk, waiting)
    desk.choose(desk.workspace.dossiers()[0])


def test_a_copy_that_was_read_back_is_known_without_the_sealed_file(
    tmp_path: Path, desk: Desk, sealed: Built, receipt: Path
) -> None:
    (tmp_path / "usb").mkdir()
    one = sending.ready(desk, sealed.identity)
    sending.handed_over(desk, one, sending.copy_out(one, tmp_path / "usb", Watch()))
    away = tmp_path / "cho khac.asice"
    shutil.move(sealed.path, away)
    try:
        receipts.hold(receipts.awaiting(desk, receipt), Watch())
        desk.workspace._connection.execute("DELETE FROM receipt")
        with pytest.raises(SealedFileGone):
            receipts.hold(receipts.awaiting(desk, receipt), Watch())
    finally:
        shutil.move(away, sealed.path)


def test_a_receipt_for_another_file_or_none_is_refused(tmp_path: Path, desk: Desk, receipt: Path) -> None:
    said = json.loads(receipt.read_bytes())
    receipt.write_text(json.dumps({**said, "sha256": "0" * 64}))
    with pytest.raises(NotTheSealedFile):
        receipts.hold(receipts.awaiting(desk, receipt), Watch())
    for content in (b"", b"[]", b"{}", b"x" * 20_000, json.dumps({**said, "identity": "0" * 64}).encode()):
        receipt.write_bytes(content)
        with pytest.raises(NoReceipt):
            receipts.awaiting(desk, receipt)
    with pytest.raises(FileUnreadable):
        receipts.awaiting(desk, tmp_path / "khong co")


def test_a_stick_that_cannot_be_written_is_told(
    tmp_path: Path, sealed: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise PermissionError(13, "no")

    with review_desk(tmp_path) as office:
        taken(office, sealed.path)
        monkeypatch.setattr(Disk, "rename", refuse)
        with pytest.raises(FileUnwritable):
            write_receipts(office, office.folder.incoming(), tmp_path)
