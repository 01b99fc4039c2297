"""The tables of a paper for Excel: the rows of the paper, as texts."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from ntm_desktop.documents.plain_tables import plain_tables
from ntm_desktop.sheets.copying import write_tables
from tests.support.papers import report_of
from tests.support.snapshots import make_snapshot


def test_each_table_is_named_after_its_heading_and_keeps_every_row(tmp_path: Path) -> None:
    found = plain_tables(report_of(make_snapshot(evidence=40)))
    assert [one.name for one in found] == [
        "II. KẾT QUẢ THEO TỪNG CHỈ TIÊU",
        "VI. NỘI DUNG XÃ TỰ XÁC NHẬN",
        "VI. NỘI DUNG XÃ TỰ XÁC NHẬN",
    ]
    assert [len(one.rows) for one in found][-1] == 41
    write_tables(tmp_path / "b.xlsx", found)
    book = load_workbook(tmp_path / "b.xlsx")
    assert len(book.sheetnames) == len({name.casefold() for name in book.sheetnames}) == 3
    for table, sheet in zip(found, book.worksheets, strict=True):
        rows = [
            tuple("" if cell is None else cell for cell in row) for row in sheet.iter_rows(values_only=True)
        ]
        assert rows == [tuple(row) for row in table.rows]


def test_a_cell_of_several_lines_stays_one_cell() -> None:
    (table, *_rest) = plain_tables(report_of(make_snapshot()))
    named = next(row for row in table.rows if row[0] == "8.3")
    assert "\n" in named[2]
