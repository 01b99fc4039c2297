"""Templates of papers from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from docx import Document

from ntm_desktop.documents import office_template
from tests.cli.conftest import Run
from tests.cli.test_dossiers import ids


def test_a_template_is_written_looked_through_used_and_let_go(
    run: Run, workspace: Path, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(office_template, "in_child", lambda job, *given, seconds: job(*given))
    at = (workspace, "--dossier", ids(run, workspace)["vn-xa-ntm-2021-2025", 2024])
    paper, sample = ("--paper", "to_trinh"), tmp_path / "mẫu.docx"
    assert run("template", "sample", *at, *paper, "--out", sample).code == 0
    checked = run("template", "use", *at, sample, *paper, "--check", "--json")
    found = json.loads(checked.out)
    assert (checked.code, found["unknown"], found["template"]) == (0, [], "mẫu.docx")
    assert "trich_yeu" in found["used"]
    listed = run("template", "list", *at, "--json")
    assert {one["template"] for one in json.loads(listed.out)["papers"]} == {None}
    wrong = Document(str(sample))
    wrong.add_paragraph("{{ ten_la }}")
    wrong.save(str(sample))
    used = run("template", "use", *at, sample, *paper)
    assert used.code == 1
    assert "Tên chỗ không có trong giấy tờ này: ten_la" in used.out
    shown = run("template", "list", *at).out.splitlines()
    assert shown[0] == "to_trinh: Tờ trình đề nghị xét, công nhận, theo mẫu mẫu.docx"
    assert shown[1].endswith("theo cách trình bày của phần mềm")
    assert run("template", "drop", *at, *paper).code == 0
    assert "mẫu.docx" not in run("template", "list", *at).out
