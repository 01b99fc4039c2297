from __future__ import annotations

import argparse
import io
import sys
import zipfile
from pathlib import Path

import pytest

from ntm_desktop.cli.command import password_of
from tests.cli.conftest import Run
from tests.cli.schemas import VERIFY, fits
from tests.cli.test_dossiers import ids
from tests.support.signed_papers import picture
from tests.support.softhsm import LABEL, MODULE, PIN, configure, make_token, needs_softhsm


@pytest.fixture
def dossier(run: Run, workspace: Path) -> str:
    return ids(run, workspace)["vn-xa-ntm-2021-2025", 2024]


def test_signed_dossier_is_valid_with_its_anchor_and_unknown_without(run: Run, finished: Path) -> None:
    file, anchor = next(finished.glob("*.asice")), next(finished.glob("*.pem"))
    verified = run("verify", file, "--anchors", anchor, "--json")
    assert verified.code == 0
    document = fits(verified.out, VERIFY)
    assert (document["verification"], document["replay"]["agrees"], document["reasons"]) == (
        "VALID",
        True,
        [],
    )
    unknown = run("verify", file, "--json")
    assert unknown.code == 1
    assert fits(unknown.out, VERIFY)["verification"] == "UNKNOWN"
    assert "VALID" in run("verify", file, "--anchors", anchor).out


def test_changed_dossier_is_invalid_and_other_files_are_none(
    run: Run, finished: Path, tmp_path: Path
) -> None:
    content = bytearray(next(finished.glob("*.asice")).read_bytes())
    at = content.index(b"%PDF-") + 40
    content[at] ^= 1
    (tmp_path / "a.asice").write_bytes(content)
    changed = run("verify", tmp_path / "a.asice", "--json")
    assert changed.code == 4
    assert fits(changed.out, VERIFY)["verification"] == "INVALID"
    (tmp_path / "b.asice").write_bytes(b"not a container")
    assert run("verify", tmp_path / "b.asice").code == 5
    assert run("verify", tmp_path / "gone.asice").code == 3


def test_seal_with_a_key_file_and_the_password_from_a_file(
    run: Run, workspace: Path, finished: Path, dossier: str, tmp_path: Path
) -> None:
    (tmp_path / "mk.txt").write_text("demo\n", encoding="utf-8")
    target = tmp_path / "hồ sơ.asice"
    (tmp_path / "dau.png").write_bytes(picture())
    key = ("--p12", finished / "demo-key.p12", "--password-file", tmp_path / "mk.txt")
    key += ("--body-p12", finished / "demo-key.p12", "--body-password-file", tmp_path / "mk.txt")
    key += ("--seal-image", tmp_path / "dau.png")
    sealed = run("seal", workspace, "--dossier", dossier, "--out", target, *key, "--json")
    assert sealed.code == 0
    document = fits(sealed.out, VERIFY)
    assert document["replay"]["agrees"] is True
    assert [one["intact"] for one in document["signatures"]] == [True]
    with zipfile.ZipFile(target) as container:
        papers = [container.read(name) for name in container.namelist() if name.startswith("documents/")]
    assert [paper.count(b"/ETSI.CAdES.detached") for paper in papers] == [2] * 8
    assert run("verify", target, "--anchors", finished / "demo-authority.pem").code == 0
    again = run("seal", workspace, "--dossier", dossier, "--out", tmp_path / "b.asice", *key)
    assert again.code == 1
    assert not (tmp_path / "b.asice").exists()


@needs_softhsm
def test_seal_with_a_token_and_without_it(
    run: Run, workspace: Path, dossier: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, monkeypatch)
    (tmp_path / "pin.txt").write_text(f"{PIN}\n", encoding="utf-8")
    (tmp_path / "sai.txt").write_text("0000\n", encoding="utf-8")
    target = tmp_path / "a.asice"
    words = ("seal", workspace, "--dossier", dossier, "--out", target, "--pkcs11", MODULE)
    assert run(*words, "--pin-file", tmp_path / "pin.txt").code == 3  # no token in the machine
    make_token(tmp_path)
    assert run(*words, "--pin-file", tmp_path / "sai.txt").code == 1
    assert not target.exists()
    signed = run(*words, "--token", LABEL, "--pin-file", tmp_path / "pin.txt", "--json")
    assert signed.code == 0
    assert [one["intact"] for one in fits(signed.out, VERIFY)["signatures"]] == [True]


def test_paper_alone_is_verified_with_who_signed_it(run: Run, finished: Path, tmp_path: Path) -> None:
    paper = tmp_path / "bao cao.pdf"
    with zipfile.ZipFile(next(finished.glob("*.asice"))) as container:
        name = next(one for one in container.namelist() if one.startswith("documents/01_"))
        paper.write_bytes(container.read(name))
    anchor = ("--anchors", next(finished.glob("*.pem")))
    verified = run("verify", paper, *anchor, "--json")
    document = fits(verified.out, VERIFY)
    assert (verified.code, document["papers"][0]["state"], document["bound_by"]) == (0, "person", None)
    assert document["papers"][0]["signatures"][0]["after"] == "nothing"
    assert "bao cao.pdf: " in run("verify", paper, *anchor).out
    paper.write_bytes(paper.read_bytes()[:-40])
    assert run("verify", paper, *anchor).code == 4


def test_wrong_password_is_refused_and_nothing_is_written(
    run: Run, workspace: Path, finished: Path, dossier: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("wrong\n"))
    key = ("--p12", finished / "demo-key.p12", "--password-file", "-")
    assert run("seal", workspace, "--dossier", dossier, "--out", tmp_path / "a.asice", *key).code == 1
    assert not (tmp_path / "a.asice").exists()
    gone = ("--p12", finished / "demo-key.p12", "--password-file", tmp_path / "gone")
    assert run("seal", workspace, "--dossier", dossier, "--out", tmp_path / "a.asice", *gone).code == 3


def test_unsigned_dossier_is_unknown(run: Run, workspace: Path, dossier: str, tmp_path: Path) -> None:
    target = tmp_path / "a.asice"
    assert run("seal", workspace, "--dossier", dossier, "--out", target, "--unsigned").code == 0
    verified = run("verify", target, "--json")
    assert verified.code == 1
    assert fits(verified.out, VERIFY)["reasons"] == ["unsigned"]


def test_papers_are_written_without_changing_anything(
    run: Run, workspace: Path, dossier: str, tmp_path: Path
) -> None:
    out = tmp_path / "giấy tờ"
    written = run("documents", workspace, "--dossier", dossier, "--out", out, "--kinds", "pdf", "xlsx")
    assert written.code == 0
    starts = [Path(line).read_bytes()[:4] for line in written.out.splitlines()]
    assert starts.count(b"%PDF") == 15
    assert starts.count(b"PK\x03\x04") == len(starts) - 15 > 5
    (tmp_path / "file").touch()
    assert run("documents", workspace, "--dossier", dossier, "--out", tmp_path / "file").code == 3


@pytest.mark.parametrize(
    "content",
    [
        b"m\xe1\xba\xadt",
        b"m\xe1\xba\xadt\n",
        b"m\xe1\xba\xadt\r\n",
        b"\xef\xbb\xbfm\xe1\xba\xadt\n",
        "m\u1eadt\r\n".encode("utf-16"),
    ],
)
def test_password_is_read_however_an_editor_saved_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pw").write_bytes(content)
    assert password_of(argparse.Namespace(password_file=str(tmp_path / "pw"))) == "m\u1eadt"


def test_endless_password_file_is_not_read_to_its_end() -> None:
    if not Path("/dev/zero").is_char_device():
        pytest.skip("this system has no endless device")
    assert len(password_of(argparse.Namespace(password_file="/dev/zero"))) == 4096
