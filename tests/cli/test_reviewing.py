from __future__ import annotations

import json

import pytest

from ntm_desktop.cli.main import main
from tests.support.desks import NTM
from tests.support.reviewers import of_communes
from tests.support.sealing import desk_to_seal
from tests.support.signers import authority, key_file


@pytest.fixture
def review(tmp_path):
    (tmp_path / "ca.pem").write_bytes(authority().pem)
    folder = str(tmp_path / "tham-tra")
    new = ["review", "new", folder, "--province", "An Giang", "--office", "VPĐP"]
    assert main([*new, "--anchors", str(tmp_path / "ca.pem")]) == 0
    return folder


def test_new_says_how_many_communes_the_province_has(tmp_path, capsys):
    folder = str(tmp_path / "tham-tra")
    assert main(["review", "new", folder, "--province", "An Giang", "--office", "VPĐP"]) == 0
    assert capsys.readouterr().out == "Tỉnh An Giang: 102 xã\n"


def test_intake_and_list_print_their_documents(review, tmp_path, capsys):
    with desk_to_seal(tmp_path) as desk:
        of_communes(desk, tmp_path / "den", key_file(tmp_path), 1)
    (tmp_path / "den" / "thư.txt").write_text("x")
    capsys.readouterr()
    day = ["--set", NTM, "--year", "2023", "--day", "31/12/2024"]
    assert main(["review", "deadline", review, *day]) == 0
    assert main(["intake", review, str(tmp_path / "den"), "--json"]) == 1
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert document["counts"] == {"taken": 1, "judged_again": 0, "duplicate": 0, "refused": 1}
    good, junk = document["files"]
    assert (good["outcome"], good["flags"]) == ("taken", ["late"])
    assert (junk["outcome"], junk["code"], junk["identity"]) == ("refused", "not_a_container", None)
    assert "2/2 thư.txt" in err
    assert main(["intake", review, str(tmp_path / "den" / "30292.asice")]) == 0
    assert "1 đã có sẵn" in capsys.readouterr().out
    assert main(["review", "list", review, "--year", "2023", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)["sets"]
    (case,) = [one for one in listed["communes"] if one["revisions"]]
    assert (case["code"], case["flags"]) == ("30292", ["late"])
    assert case["revisions"][0]["indicators"]["total"] == 57
    assert main(["review", "list", review]) == 0
    assert capsys.readouterr().out.split("\t")[2:5] == ["30292", case["name"], "1"]
    assert main(["review", "list", review, "--set", "other"]) == 0
    assert capsys.readouterr().out == ""
    counted = ["count", review, "--set", NTM, "--year", "2023"]
    assert main([*counted, "--json", "--out", str(tmp_path / "dem.xlsx")]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["communes"], document["sent"]) == (102, 1)
    assert document["counts"]["8"] == {"met": 0, "total": 102, "share": "0\u00a0%"}
    assert (tmp_path / "dem.xlsx").is_file()
    assert main(counted) == 0
    assert "19\t0/102\t0\u00a0%\n" in capsys.readouterr().out
    assert main([*counted, "2022", "--level", "indicator", "--parquet", str(tmp_path / "dem.parquet")]) == 0
    assert capsys.readouterr().out.startswith("\t2022\t\t2023\t\n")
    assert (tmp_path / "dem.parquet").read_bytes()[:4] == b"PAR1"
    assert main([*counted, "--level", "indicator", "--group", "Quy hoạch", "--gaps"]) == 0
    assert capsys.readouterr().out.split("\t")[0] == "30292"
    assert main([*counted, "--tag", "khong_co"]) != 0
