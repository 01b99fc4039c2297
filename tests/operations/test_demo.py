"""The shipped sample fits the shipped sets, and the demonstration ends in a dossier anyone can verify."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from ntm_desktop.operations.demo import MARK, FolderInUse, SampleUnfit, demonstrate
from ntm_desktop.operations.verify import Verification
from ntm_desktop.paths import resources_folder

SAMPLES = resources_folder() / "samples"


def test_demonstration_ends_valid_and_its_verdicts_come_out_again(tmp_path: Path) -> None:
    steps: list[str] = []
    done = demonstrate(tmp_path / "demo", steps.append, clock=lambda: datetime.now(UTC))
    assert done.report.verification is Verification.VALID
    assert done.report.replay.agrees
    assert steps == ["workspace", "hamlets", "figures", "papers", "seal", "verify"]
    assert all(path.exists() for path in (done.workspace, done.dossier, done.anchor, done.form, *done.papers))


def test_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(FolderInUse):
        demonstrate(tmp_path, lambda _step: None, clock=lambda: datetime.now(UTC))
    assert not (tmp_path / MARK).exists()


def test_sample_that_does_not_fit_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    from ntm_desktop.operations import demo

    copy = tmp_path / "resources"
    shutil.copytree(SAMPLES, copy / "samples")
    facts = copy / "samples" / "facts-2023.json"
    facts.write_text(facts.read_text(encoding="utf-8").replace("2.382", "hai nghìn"), encoding="utf-8")
    monkeypatch.setattr(demo, "resources_folder", lambda: copy)
    with pytest.raises(SampleUnfit) as refused:
        demonstrate(tmp_path / "demo", lambda _step: None, clock=lambda: datetime.now(UTC))
    assert "not_a_number" in refused.value.problems


def test_every_evidence_file_is_named_small_and_opens() -> None:
    sample = json.loads((SAMPLES / "sample.json").read_text(encoding="utf-8"))
    files = {path.name: path.read_bytes() for path in (SAMPLES / "evidence").iterdir()}
    assert {row["file"] for row in sample["evidence"]} == set(files)
    for name, content in files.items():
        assert len(content) < 60_000
        if name.endswith(".png"):
            Image.open(io.BytesIO(content)).verify()
        elif name.endswith(".xlsx"):
            assert openpyxl.load_workbook(io.BytesIO(content)).worksheets
        else:
            assert content.startswith(b"%PDF-")


def test_real_figure_of_the_article_is_there() -> None:
    facts = json.loads((SAMPLES / "facts-2023.json").read_text(encoding="utf-8"))["facts"]
    values = {fact["element"]: fact["value"] for fact in facts}
    assert (values["ho_so_truc_tuyen"], values["ho_so_giai_quyet"]) == ("2.382", "2.382")
    assert "2.382" in (SAMPLES / "README.md").read_text(encoding="utf-8")
