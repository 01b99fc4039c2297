"""The command `merge`: takes in, tells what is asked again, and shows what each commune gave."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from ntm_desktop.cli.merging import add_to

SEAT = "30604"


def test_a_merger_is_told_and_shown_from_both_sides(run, workspace: Path, tmp_path: Path) -> None:
    assert add_to is not None
    new = tmp_path / "xã mới"
    assert run("new", new, "--commune", "30607", "--hamlet-label", "ấp").code == 0
    former = Path(shutil.copytree(workspace, tmp_path / "xã cũ"))
    told = run("merge", new, former, "--on", "01/07/2025", "--document", "1654/NQ-UBTVQH15", "--json")
    assert told.code == 0, told.err
    merged = json.loads(told.out)
    assert merged["taken"]
    assert merged["hamlets"] > 0
    assert all(one["shares"] for one in merged["taken"])
    shown = json.loads(run("merge", new, "--json").out)
    assert [one["code"] for one in shown["formers"]] == [SEAT]
    assert len(shown["formers"][0]["gave"]) == len(merged["taken"]) + len(merged["asked"])
    assert SEAT in run("merge", new).out
    again = run("merge", new, former, "--on", "01/07/2025")
    assert again.code == 1
    other = tmp_path / "xã khác"
    run("new", other, "--commune", "30619", "--hamlet-label", "ấp")
    words = run("merge", other, former, "--on", "01/07/2025")
    assert "ask" in words.out
    assert run("merge", other, former).code == 2
