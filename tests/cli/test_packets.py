"""The command `packet`: cut, open, return, merge, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from ntm_desktop.cli.packets import add_to


def test_a_packet_goes_to_another_pc_and_comes_back(run, workspace: Path, tmp_path: Path) -> None:
    assert add_to is not None
    there, back = tmp_path / "may", tmp_path / "xong.ntmpacket"
    made = run("dossier", "add", workspace, "--set", "vn-xa-ntm-2021-2025", "--year", "2025")
    assert made.code == 0, made.err
    cut = run("packet", "cut", workspace, "--criteria", "8,9", "--out", tmp_path / "viec.ntmpacket")
    assert cut.code == 0, cut.err
    assert run("packet", "open", tmp_path / "viec.ntmpacket", there).code == 0
    assert run("packet", "return", there, "--out", back).code == 0
    told = run("packet", "merge", workspace, back, "--preview")
    assert told.code == 0, told.err
    assert told.out.startswith("0 ")
    assert json.loads(run("packet", "merge", workspace, back, "--json").out)["cells"] == []
    assert run("packet", "merge", there, back).code == 1
