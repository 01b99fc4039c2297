"""The commands for the eyes of one office only."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.support.signers import PASSWORD, receiver_files


def test_a_dossier_is_locked_for_an_office_and_opened_there(
    run: Run, finished: Path, workspace: Path, tmp_path: Path
) -> None:
    certificate, key = receiver_files(tmp_path)
    (tmp_path / "mk.txt").write_text(PASSWORD, encoding="utf-8")
    (dossier,) = finished.rglob("*.asice")
    locked = run("encrypt", dossier, "--to", certificate, "--out", tmp_path)
    assert locked.code == 0
    path = Path(locked.out.strip())
    assert path.name.startswith("30604-")
    assert "Văn phòng Điều phối NTM tỉnh An Giang" in locked.err
    opened = run("decrypt", path, "--p12", key, "--password-file", tmp_path / "mk.txt", "--out", tmp_path)
    assert opened.code == 0
    assert Path(opened.out.strip()).read_bytes() == dossier.read_bytes()
    path.write_bytes(path.read_bytes()[:-1])
    assert (
        run("decrypt", path, "--p12", key, "--password-file", tmp_path / "mk.txt", "--out", tmp_path).code
        == 5
    )
    (tmp_path / "usb").mkdir()
    sent = run("send", workspace, "--stick", tmp_path / "usb", "--encrypt-to", certificate)
    assert sent.code == 0
    assert [one.suffix for one in sorted((tmp_path / "usb").iterdir())] == [".pdf", ".p7m"]
