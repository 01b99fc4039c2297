from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.test_dossiers import ids
from tests.cli.test_registers import NANG_CAO


def test_tallies_come_in_with_fill_and_are_shown_and_printed(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    dossier = ids(run, workspace)[NANG_CAO]
    facts = [
        {"element": element, "subject": "Vĩnh Lợi", "period": "2023", "value": value}
        for element, value in (("ks_phieu_hop_le", "90"), ("ks_hai_long", "81"))
    ]
    (tmp_path / "kiem-phieu.json").write_text(json.dumps({"facts": facts}), encoding="utf-8")
    assert run("fill", workspace, tmp_path / "kiem-phieu.json").code == 0
    shown = run("survey", "results", workspace, "--dossier", dossier, "--json")
    assert shown.code == 0
    found = json.loads(shown.out)
    assert (found["valid"], found["overall"]["rate"]) == (90, "9/10")
    assert "Vĩnh Lợi" not in found["untallied"]
    target = tmp_path / "ket-qua.pdf"
    assert run("survey", "results", workspace, "--dossier", dossier, "--out", target).code == 0
    assert target.read_bytes().startswith(b"%PDF")


def test_slips_are_written(run: Run, workspace: Path, tmp_path: Path) -> None:
    dossier = ids(run, workspace)[NANG_CAO]
    target = tmp_path / "phieu.pdf"
    assert run("survey", "slips", workspace, "--dossier", dossier, "--out", target).code == 0
    assert target.read_bytes().startswith(b"%PDF")
