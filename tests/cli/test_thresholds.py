from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.test_dossiers import ids


def test_confirmed_threshold_is_counted_and_its_scan_kept(run: Run, workspace: Path, tmp_path: Path) -> None:
    dossier = ids(run, workspace)["vn-xa-ntm-2021-2025", 2024]
    scan = tmp_path / "quyết định.pdf"
    scan.write_bytes(b"%PDF-1.4 sample")
    words = ("--requirement", "8.4.d", "--value", "25 %", "--document", "1260/QĐ-UBND ngày 22/6/2022")
    done = run("confirm", workspace, "--dossier", dossier, *words, scan, "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out) == {"requirement": "8.4.d", "verdict": "MET"}
    told = run("confirm", workspace, "--dossier", dossier, *words)
    assert told.out.startswith("8.4.d\t")


def test_confirming_without_sense_is_refused(run: Run, workspace: Path) -> None:
    dossier = ids(run, workspace)["vn-xa-ntm-2021-2025", 2024]
    base = ("confirm", workspace, "--dossier", dossier, "--document", "1/QĐ")
    assert run(*base, "--requirement", "8.4.d", "--value", "nhiều").code == 1
    assert run(*base, "--requirement", "99.9", "--value", "1").code == 1
