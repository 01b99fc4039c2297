from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.schemas import FILL, fits
from tests.cli.test_dossiers import ids


def _dossier(run: Run, workspace: Path) -> str:
    return ids(run, workspace)["vn-xa-ntm-2021-2025", 2024]


def test_form_that_was_not_touched_fills_nothing(run: Run, workspace: Path, tmp_path: Path) -> None:
    form = tmp_path / "phiếu số liệu.xlsx"
    assert run("form", workspace, "--dossier", _dossier(run, workspace), "--out", form).code == 0
    filled = run("fill", workspace, form, "--json")
    assert filled.code == 0
    document = fits(filled.out, FILL)
    assert (document["taken"], document["problems"]) == (0, [])
    assert document["unchanged"] > 100


def test_fill_takes_what_it_can_and_exits_1_for_the_rest(run: Run, workspace: Path, tmp_path: Path) -> None:
    entries = [
        {
            "element": "ho_so_truc_tuyen",
            "subject": None,
            "period": "2024",
            "value": "715",
            "source": "Bộ phận Một cửa xã",
        },
        {"element": "khong_co", "subject": None, "period": "2024", "value": "1"},
    ]
    (tmp_path / "a.json").write_text(json.dumps({"facts": entries}), encoding="utf-8")
    filled = run("fill", workspace, tmp_path / "a.json", "--json")
    assert (filled.code, filled.err) == (1, "")
    document = fits(filled.out, FILL)
    assert (document["taken"], [one["code"] for one in document["problems"]]) == (1, ["element_unknown"])
    checked = json.loads(run("check", workspace, "--dossier", _dossier(run, workspace), "--json").out)
    verdicts = {r["code"]: r["verdict"] for i in checked["indicators"] for r in i["requirements"]}
    assert verdicts["8.4.d"] == "MET"
    told = run("fill", workspace, tmp_path / "a.json")
    assert told.code == 1
    assert told.err.startswith("facts[1].value: ")


def test_a_figure_of_a_later_file_takes_a_place_only_with_a_word_about_it(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    for value in ("31", "33"):
        entry = {"element": "so_cbcc", "subject": None, "period": "2024", "value": value, "source": "Nội vụ"}
        (tmp_path / f"{value}.json").write_text(json.dumps({"facts": [entry]}), encoding="utf-8")
    assert run("fill", workspace, tmp_path / "31.json").code == 0
    document = fits(run("fill", workspace, tmp_path / "33.json", "--json").out, FILL)
    assert [(one["element"], one["old"], one["new"]) for one in document["replaced"]] == [
        ("so_cbcc", "31", "33")
    ]
    assert "đang là 33, nay là 31" in run("fill", workspace, tmp_path / "31.json").err


def test_years_of_signed_dossiers_only_are_closed(run: Run, workspace: Path, tmp_path: Path) -> None:
    entry = {"element": "ho_so_truc_tuyen", "subject": None, "period": "2023", "value": "5"}
    (tmp_path / "a.json").write_text(json.dumps({"facts": [entry]}), encoding="utf-8")
    assert run("fill", workspace, tmp_path / "a.json").code == 0  # the other dossier of 2023 is still open


def test_files_that_cannot_be_read_have_their_codes(run: Run, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04")
    assert run("fill", workspace, tmp_path / "a.xlsx").code == 1
    assert run("fill", workspace, tmp_path / "gone.xlsx").code == 3
    assert (
        run("form", workspace, "--dossier", _dossier(run, workspace), "--out", tmp_path / "x" / "a.xlsx").code
        == 3
    )


def test_evidence_is_attached_to_a_requirement_that_exists(run: Run, workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "báo cáo.pdf"
    file.write_bytes(b"%PDF-1.4\n%%EOF\n")
    dossier = _dossier(run, workspace)
    attached = run(
        "attach", workspace, "--dossier", dossier, "--requirement", "8.4.d", "--rule", "bao_cao_mot_cua", file
    )
    assert attached.code == 0
    assert attached.out.rstrip().endswith("\tbáo cáo.pdf")
    assert run("attach", workspace, "--dossier", dossier, "--requirement", "8.4.z", file).code == 1
    assert (
        run("attach", workspace, "--dossier", dossier, "--requirement", "8.4.d", "--rule", "x", file).code
        == 1
    )
    assert (
        run("attach", workspace, "--dossier", dossier, "--requirement", "8.4.d", tmp_path / "gone").code == 3
    )
    (tmp_path / "leer.pdf").touch()
    assert (
        run("attach", workspace, "--dossier", dossier, "--requirement", "8.4.d", tmp_path / "leer.pdf").code
        == 1
    )


def test_preview_says_what_would_change_and_changes_nothing(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    entries = [
        {"element": "ho_so_truc_tuyen", "period": "2024", "value": "9.999"},
        {"element": "ho_so_giai_quyet", "period": "2024", "value": "-1"},
    ]
    (tmp_path / "a.json").write_text(json.dumps({"facts": entries}), encoding="utf-8")
    for _time in range(2):
        seen = run("fill", workspace, tmp_path / "a.json", "--preview", "--json")
        assert seen.code == 1
        document = json.loads(seen.out)
        assert [(one["cell"], one["new"], one["conflict"]) for one in document["changes"]] == [
            ("facts[0].value", "9.999", False)
        ]
        assert [one["code"] for one in document["problems"]] == ["below_zero"]
    assert "9.999" in run("fill", workspace, tmp_path / "a.json", "--preview").out


def test_each_hamlet_gets_its_workbook(run: Run, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "phiếu").mkdir()
    written = run(
        "form", workspace, "--dossier", _dossier(run, workspace), "--out", tmp_path / "phiếu", "--each-hamlet"
    )
    assert written.code == 0
    assert len(list((tmp_path / "phiếu").glob("*.xlsx"))) == len(written.out.splitlines()) > 0
