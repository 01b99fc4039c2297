"""The mapping assistant from a script: columns, count, keep, show."""

from __future__ import annotations

import json
from pathlib import Path

from ntm_desktop.exchange.mapping import mapping_to_json
from tests.cli.conftest import Run
from tests.cli.test_dossiers import ids
from tests.operations.test_foreign import ONE_STOP, export


def test_columns_are_told(run: Run, tmp_path: Path) -> None:
    export(tmp_path / "a.csv")
    told = json.loads(run("table", "columns", tmp_path / "a.csv", "--json").out)
    assert [one["heading"] for one in told["columns"]][:2] == ["Mã hồ sơ", "Họ tên"]
    assert told["columns"][3]["values"] == {"Trực tuyến": 34, "Trực tiếp": 69}
    assert "Hình thức" in run("table", "columns", tmp_path / "a.csv").out


def test_rows_are_counted_kept_and_shown(run: Run, workspace: Path, tmp_path: Path) -> None:
    export(tmp_path / "a.csv", solved=50, online=40)
    (tmp_path / "m.json").write_text(mapping_to_json(ONE_STOP), encoding="utf-8")
    dossier = ids(run, workspace)["vn-xa-ntm-2021-2025", 2024]
    count = ("table", "count", workspace, tmp_path / "a.csv", "--year", "2024", "--mapping")
    assert run(*count, "một cửa").code == 1
    seen = run(*count, tmp_path / "m.json", "--preview", "--json")
    assert sorted(one["new"] for one in json.loads(seen.out)["changes"]) == ["40", "50"]
    assert run(*count, tmp_path / "m.json", "--keep", "--dossier", dossier).code == 0
    assert run("table", "mappings", workspace).out == "một cửa\n"
    shown = run("table", "mappings", workspace, "--show", "một cửa")
    assert json.loads(shown.out)["requirement"] == "8.4.d"
    again = run(*count, "một cửa", "--dossier", dossier, "--evidence", "whole", "--json")
    assert json.loads(again.out)["unchanged"] == 2
    assert run("table", "mappings", workspace, "--forget", "một cửa").code == 0
    assert run("table", "mappings", workspace).out == ""
