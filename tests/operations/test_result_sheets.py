from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.errors import FileUnwritable
from ntm_desktop.operations.result_sheets import ResultSheet, write_sheet


def test_a_sheet_that_cannot_be_written_leaves_what_is_there(tmp_path: Path) -> None:
    sheet = ResultSheet("A", "B", [], [], [], taken_at="2026-03-02T08:30:00Z", program="0")
    target = tmp_path / "thư mục"
    target.mkdir()
    with pytest.raises(FileUnwritable):
        write_sheet(sheet, target)
    assert list(tmp_path.iterdir()) == [target]
