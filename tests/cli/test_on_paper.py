"""Paper from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.test_dossiers import ids


def test_both_papers_are_written(run: Run, workspace: Path, tmp_path: Path) -> None:
    dossier = ids(run, workspace)["vn-xa-ntm-2021-2025", 2024]
    for command, name in (("paper-form", "a.pdf"), ("copy-sheet", "b.pdf"), ("copy-sheet", "c.xlsx")):
        done = run(command, workspace, "--dossier", dossier, "--out", tmp_path / name)
        assert done.code == 0
        assert (tmp_path / name).stat().st_size > 1000
