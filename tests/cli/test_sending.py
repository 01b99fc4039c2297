"""The commands between offices."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntm_desktop.cli import sending as commands
from ntm_desktop.cli.printing import say
from ntm_desktop.operations import receiving as operation
from ntm_desktop.operations import sending
from ntm_desktop.transfer.upload_refusals import LineBroke
from tests.cli.conftest import Run
from tests.support.receiving import receiving


def test_what_waits_is_listed_sent_once_and_remembered_with_its_receipt(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    listed = json.loads(run("send", workspace, "--list", "--json").out)["outbox"]
    (one,) = listed
    assert (one["state"], one["receipts"], one["arrived"]) == ("waiting", [], None)
    assert one["seconds"] > 0
    assert run("send", workspace).code == 1  # nobody named the receiving office
    with receiving(tmp_path / "nhan") as office:
        sent = run("send", workspace, "--to", office.address, "--limit", 100_000)
    assert (sent.code, office.told) == (0, [one["identity"]])
    assert one["identity"] in sent.err
    assert "Đã nhận" in sent.out
    after = json.loads(run("send", workspace, "--json").out)["outbox"][0]
    assert (after["state"], after["seconds"], after["receipts"][0]["confirmed"]) == ("accepted", None, True)
    assert run("send", workspace, "--dossier", one["dossier"]).code == 1


def test_a_stick_gets_the_file_and_the_slip(run: Run, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    done = run("send", workspace, "--stick", tmp_path / "usb")
    assert done.code == 0
    assert {one.suffix for one in (tmp_path / "usb").iterdir()} == {".asice", ".pdf"}


def test_what_is_said_of_a_transfer(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    commands._broke(LineBroke("nhan.vn", "x"), 3 << 20)
    commands._tell_sent(sending.Sent(None, known_before=True, begun_anew=True))
    told = capsys.readouterr().err
    for words in ("Gửi tiếp từ 3 MB", "gửi lại từ đầu", "đã có hồ sơ này", "chưa xác nhận"):
        assert words in told


def test_a_certificate_that_is_none_is_refused(run: Run, workspace: Path) -> None:
    assert (
        run("send", workspace, "--to", "https://nhan.invalid/", "--trust", workspace / "khong-co.pem").code
        == 3
    )


def test_receiving_says_where_and_prints_what_arrived(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(operation, "receive", lambda *arguments: asked.extend(arguments))
    done = run("receive", tmp_path / "nhan", "--port", 1234, "--name", "Văn phòng", "--largest", 3)
    assert (done.code, asked[4]) == (0, say)
    assert "http://127.0.0.1:1234/files/" in done.err
    assert asked[:4] == [tmp_path / "nhan", "127.0.0.1", 1234, "Văn phòng"]
    assert asked[5] == operation.Bounds(largest=3 << 20)
