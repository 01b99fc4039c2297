from __future__ import annotations

import json

import pytest

from ntm_desktop.cli.main import main
from ntm_desktop.operations import seal
from tests.support.openssl import cms_open
from tests.support.reviewers import PROVINCE
from tests.support.sealing import ONLINE, SIGNATORY, desk_to_seal
from tests.support.signers import NOW, PASSWORD, authority, write_key_file
from tests.support.softhsm import MODULE, PIN, configure, make_token, needs_softhsm


@pytest.fixture
def case(tmp_path, capsys):
    """Give the folder of the reviewer, of the commune, and the identity of the dossier that came in."""
    (tmp_path / "ca.pem").write_bytes(authority().pem)
    write_key_file(tmp_path / "khoa.p12")
    (tmp_path / "mk.txt").write_text(PASSWORD, encoding="utf-8")
    with desk_to_seal(tmp_path) as desk:
        built = seal.build(desk.workspace, seal.prepare(desk, SIGNATORY), tmp_path / "1.asice", None)
        seal.commit(desk, built)
    review = str(tmp_path / "tham-tra")
    assert main(["review", "new", review, "--province", PROVINCE, "--office", "VPĐP"]) == 0
    assert main(["intake", review, str(built.path)]) == 0
    capsys.readouterr()
    return review, str(tmp_path / "kho"), built.identity[:12]


def run(capsys, *arguments):
    code = main([*arguments])
    return code, capsys.readouterr().out


def test_remark_goes_with_the_slip_to_the_commune_and_its_answer_is_listed(case, tmp_path, capsys):
    review, workspace, identity = case
    remark = ["review", "remark", review, identity, "--at", "8.4.d", "--text", "Ghi 702.", "--figure", ONLINE]
    assert run(capsys, *remark) == (0, "1\n")
    assert (
        run(capsys, "review", "remark", review, identity, "--at", "8.1", "--text", "Vì sao?", "--ask")[0] == 0
    )
    assert (
        main(["review", "remark", review, identity, "--at", "8.1", "--text", "x", "--figure", "khong"]) == 1
    )
    assert run(capsys, "review", "settle", review, identity, "2")[0] == 0
    held = ["--kind", "kiem_tra", "--day", "01/03/2026", "--who", "Ông Ba", "--finding", "Tốt."]
    assert run(capsys, "review", "round", review, identity, *held)[0] == 0
    own = [
        "review",
        "appraise",
        review,
        identity,
        "--figure",
        ONLINE,
        "--value",
        "1.500",
        "--basis",
        "trang 3",
    ]
    assert run(capsys, *own)[0] == 0
    code, out = run(capsys, "review", "show", review, identity, "--json")
    shown = json.loads(out)
    assert (code, shown["state"], shown["changed"]) == (0, "open", None)
    assert shown["appraised"]["values"] == [{"element": ONLINE, "value": "1.500", "basis": "trang 3"}]
    assert [(one["number"], one["state"], one["element"]) for one in shown["remarks"]] == [
        (1, "open", ONLINE),
        (2, "settled", None),
    ]
    assert shown["rounds"] == [{"kind": "kiem_tra", "who": "Ông Ba", "day": "2026-03-01", "finding": "Tốt."}]
    assert "Ghi 702." in run(capsys, "review", "show", review, identity)[1]
    slip = str(tmp_path / "phieu.p7m")
    signed = [
        "--p12",
        str(tmp_path / "khoa.p12"),
        "--password-file",
        str(tmp_path / "mk.txt"),
        "--due",
        "15/03/2026",
    ]
    assert run(capsys, "review", "slip", review, identity, "--out", slip, *signed)[0] == 0
    assert main(["returned", workspace, slip]) == 1  # nobody here knows who signed it
    answer = ["--answer", "1", "Đã sửa."]
    code, out = run(capsys, "returned", workspace, slip, "--unproven", *answer, "--json")
    answered = json.loads(out)
    assert (code, answered["due"], answered["verification"]) == (0, "2026-03-15", "UNKNOWN")
    assert [(one["number"], one["answer"], one["changed"]) for one in answered["remarks"]] == [
        (1, "Đã sửa.", False)
    ]
    assert answered["changed"]["figures"] == []
    code, out = run(capsys, "returned", workspace, "--anchors", str(tmp_path / "ca.pem"))
    assert (code, out) == (0, "1\tcorrect\t8.4.d\tGhi 702.\n")


def test_dossier_that_was_never_returned_answers_nothing(case, tmp_path, capsys):
    review, workspace, identity = case
    assert main(["returned", workspace]) == 1
    out = str(tmp_path / "phieu.pdf")
    assert run(capsys, "review", "print", review, identity, "--out", out)[0] == 0
    assert run(capsys, "review", "accept", review, identity)[0] == 0
    assert "accepted" in run(capsys, "review", "show", review, identity)[1]
    unsigned = ["review", "slip", review, identity, "--unsigned", "--out", str(tmp_path / "x.json")]
    assert main(unsigned) == 1  # no remark


def test_a_receipt_goes_back_on_the_stick(case, tmp_path, capsys):
    review, workspace, identity = case
    code, out = run(capsys, "review", "receipt", review, identity, "--out", str(tmp_path))
    assert code == 0
    assert run(capsys, "review", "receipt", review, "--out", str(tmp_path)) == (0, out)
    code, out = run(capsys, "send", workspace, "--receipt", out.strip(), "--json")
    assert code == 0
    (one,) = json.loads(out)["outbox"]
    assert (one["state"], one["receipts"][0]["medium"]) == ("accepted", "stick")


@needs_softhsm
def test_slip_is_signed_with_a_token(case, tmp_path, capsys, monkeypatch):
    configure(tmp_path, monkeypatch)
    make_token(tmp_path)
    review, _workspace, identity = case
    assert run(capsys, "review", "remark", review, identity, "--at", "8.4.d", "--text", "Ghi 702.")[0] == 0
    (tmp_path / "pin.txt").write_text(PIN, encoding="utf-8")
    token = ["--pkcs11", str(MODULE), "--pin-file", str(tmp_path / "pin.txt")]
    slip = tmp_path / "phieu.p7m"
    assert run(capsys, "review", "slip", review, identity, "--out", str(slip), *token)[0] == 0
    assert b"Ghi 702." in cms_open(tmp_path, slip.read_bytes(), authority().pem, NOW)
