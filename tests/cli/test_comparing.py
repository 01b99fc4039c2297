"""The command `compare`: the same figures under another set, as lines, as JSON, as a file."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.support.desks import NANG_CAO


def _dossier(run: Run, workspace: Path) -> str:
    listed = json.loads(run("dossier", "list", workspace, "--json").out)["dossiers"]
    return next(str(one["id"]) for one in listed if one["set"] != NANG_CAO and one["year"] == 2024)


def test_json_names_both_sets_and_every_indicator(run: Run, workspace: Path) -> None:
    dossier = _dossier(run, workspace)
    ran = run("compare", workspace, "--dossier", dossier, "--set", NANG_CAO, "--json")
    assert ran.code == 0, ran.err
    document = json.loads(ran.out)
    assert document["dossier"] == dossier
    assert document["second"]["id"] == NANG_CAO
    assert document["matched_by"] == "figures"
    assert sum(one["count"] for one in document["summary"]) == sum(
        not one["condition"] for one in document["indicators"]
    )
    (health,) = [one for one in document["indicators"] if one["code"] == "14.4"]
    assert (health["first_code"], health["before"], health["after"]) == ("15.4", "NOT_MET", "NOT_MET")
    assert health["why"] == "Mức đạt từ ≥ 50 % lên ≥ 70 %"
    assert health["earliest"] is None


def test_only_what_is_asked_for_is_printed(run: Run, workspace: Path) -> None:
    words = ("compare", workspace, "--dossier", _dossier(run, workspace), "--set", NANG_CAO)
    whole, digital = run(*words).out, run(*words, "--only", "digital").out
    assert len(digital.splitlines()) < len(whole.splitlines())
    assert "14.4 (bộ trước: 15.4)\t" in digital
    assert "Chưa đạt → Chưa đạt" in digital


def test_the_other_way_round_and_to_a_file(run: Run, workspace: Path, tmp_path: Path) -> None:
    target = tmp_path / "so-sanh.pdf"
    ran = run(
        "compare",
        workspace,
        "--dossier",
        _dossier(run, workspace),
        "--set",
        "vn-xa-ntm-2021-2025",
        "--from",
        f"{NANG_CAO}@1.0.0",
        "--out",
        target,
    )
    assert ran.code == 0, ran.err
    assert ran.out.startswith(f"{NANG_CAO}@1.0.0\t")
    assert target.read_bytes().startswith(b"%PDF-")


def test_a_set_that_is_not_here_is_refused(run: Run, workspace: Path) -> None:
    ran = run("compare", workspace, "--dossier", _dossier(run, workspace), "--set", "khong-co")
    assert ran.code == 1
    assert "khong-co" in ran.err


def test_a_dossier_that_is_not_there_is_refused(run: Run, workspace: Path) -> None:
    assert run("compare", workspace, "--dossier", "khong", "--set", NANG_CAO).code == 1
