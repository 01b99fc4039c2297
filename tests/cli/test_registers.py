from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.test_dossiers import ids
from tests.support.register_desks import ocop_file

NANG_CAO = ("vn-xa-ntm-nang-cao-2021-2025", 2023)


def test_registers_are_listed_with_their_columns(run: Run, workspace: Path) -> None:
    listed = json.loads(run("register", "list", workspace, "--json").out)["registers"]
    training = next(one for one in listed if one["name"] == "tap_huan")
    assert [one["name"] for one in training["columns"] if one["personal"]] == ["th_nguoi"]
    assert "san_pham_ocop\t" in run("register", "list", workspace).out


def test_a_list_is_looked_at_then_taken_in_with_a_problem_for_each_refused_cell(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    path = ocop_file(tmp_path)
    words = ("register", "take", workspace, "--register", "san_pham_ocop", path)
    looked = run(*words, "--preview", "--json")
    assert looked.code == 1
    seen = json.loads(looked.out)
    assert (seen["added"], [one["cell"] for one in seen["problems"]]) == (3, ["E3", "B6", "B5"])
    assert seen["ignored_columns"] == ["Ghi chú"]
    taken = run(*words)
    assert taken.code == 1
    assert "E3" in taken.err
    assert json.loads(run(*words, "--preview", "--json").out)["added"] == 0


def test_a_register_is_written_and_taken_back_unchanged(run: Run, workspace: Path, tmp_path: Path) -> None:
    run("register", "take", workspace, "--register", "san_pham_ocop", ocop_file(tmp_path))
    target = tmp_path / "so.xlsx"
    written = run("register", "write", workspace, "--register", "san_pham_ocop", "--out", target)
    assert written.code == 0
    again = run("register", "take", workspace, "--register", "san_pham_ocop", target, "--json")
    assert again.code == 0
    assert json.loads(again.out)["changed"] == 0


def test_a_register_nobody_keeps_is_refused_with_those_there_are(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    refused = run("register", "write", workspace, "--register", "x", "--out", tmp_path / "so.xlsx")
    assert refused.code == 1
    assert "san_pham_ocop" in refused.err


def test_proposed_figures_are_shown_and_taken_over(run: Run, workspace: Path, tmp_path: Path) -> None:
    training = tmp_path / "tap-huan.csv"
    training.write_text(
        "Họ tên;Khóa học;Nội dung;Ngày\n"
        "Lê A;Kỹ năng số;Chuyển đổi số, kỹ năng số;12/03/2023\n"
        "Trần B;Kỹ năng số;Chuyển đổi số, kỹ năng số;12/03/2023\n",
        encoding="utf-8",
    )
    assert run("register", "take", workspace, "--register", "tap_huan", training).code == 0
    dossier = ids(run, workspace)[NANG_CAO]
    shown = json.loads(run("register", "figures", workspace, "--dossier", dossier, "--json").out)["figures"]
    trained = next(one for one in shown if one["element"] == "cbcc_tap_huan_so")
    assert (trained["proposed"], trained["requirements"]) == ("2", ["8.4.b"])
    assert run("register", "figures", workspace, "--dossier", dossier, "--take").code == 0
    again = json.loads(run("register", "figures", workspace, "--dossier", dossier, "--json").out)["figures"]
    assert next(one for one in again if one["element"] == "cbcc_tap_huan_so")["agrees"]
