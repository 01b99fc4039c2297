"""The sheet of a check: its words are all there, and the same words give the same bytes."""

from __future__ import annotations

import io
from pathlib import Path

from ntm_desktop.documents.result_sheet import ResultSheet, SheetTable, write_sheet
from tests.support.pdf import flowing_text_of, needs_poppler

SHEET = ResultSheet(
    title="KẾT QUẢ XÁC MINH",
    headline="Hợp lệ: đúng bản xã Vĩnh An đã ký",
    lines=["Tệp: a <b> & c.asice"],
    tables=[SheetTable("Người ký", ("Ai", "Lúc nào"), [("Nguyễn Thị Ánh", "28/02/2025")], (80, 85))],
    closing=["Kết luận này nói về chữ ký."],
    taken_at="2026-03-02T08:30:00Z",
    program="0.1.0",
)


@needs_poppler
def test_everything_stands_on_the_sheet(tmp_path: Path) -> None:
    assert write_sheet(SHEET, tmp_path / "x.pdf") == 1
    text = flowing_text_of(tmp_path / "x.pdf")
    for words in ("KẾT QUẢ XÁC MINH", "a <b> & c.asice", "Nguyễn Thị Ánh", "Kết luận này nói về chữ ký."):
        assert words in text


def test_the_same_sheet_gives_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_sheet(SHEET, first)
    write_sheet(SHEET, second)
    assert first.getvalue() == second.getvalue()
