"""The copy sheet keeps the order it is given."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.documents.copy_sheet import CopyLine, copy_story
from ntm_desktop.documents.page import Paper, write_paper
from tests.support.pdf import page_texts


def test_lines_stand_in_order_with_value_and_verdict(tmp_path: Path) -> None:
    lines = [CopyLine("8", "Thông tin", verdict="Chưa đạt", heading=True), CopyLine("", "Hồ sơ", "2.382")]
    write_paper(Paper("x", "y", "1", "2024-12-31T00:00:00Z", copy_story("Xã NTM", lines)), tmp_path / "a.pdf")
    text = page_texts(tmp_path / "a.pdf")[0]
    assert text.index("Thông tin") < text.index("Chưa đạt") < text.index("2.382")
