"""Large tables row by row, only the columns that are asked for."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import openpyxl
import pytest

from ntm_desktop.errors import FileUnreadable
from ntm_desktop.sheets.refusals import NotAWorkbook, TooLarge
from ntm_desktop.sheets.stream import open_source, rows


def _book(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Hồ sơ"
    for row in (
        (None, None, None),
        ("Mã", "Họ tên", "Trạng thái"),
        ("H1", "An", "Xong"),
        (None, "Bình", None),
        ("H3", "=1+1", 5.5),
    ):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("Ẩn").sheet_state = "hidden"
    book.save(path)
    return path


def test_heads_tell_sheets_merges_and_hidden_rows(tmp_path: Path) -> None:
    with open_source(_book(tmp_path / "một cửa.xlsx")) as source:
        pass
    first, second = source.heads
    assert (first.name, first.rows[1], first.merged, first.hidden_rows) == (
        "Hồ sơ",
        ("Mã", "Họ tên", "Trạng thái"),
        ("A1:B1",),
        1,
    )
    assert (second.name, second.hidden) == ("Ẩn", True)
    assert source.head("Ẩn") is second
    assert source.head("khác") is None


def test_only_the_asked_columns_come_in_their_order_with_the_rows_numbers(tmp_path: Path) -> None:
    with open_source(_book(tmp_path / "a.xlsx")) as source:
        assert list(rows(source, "Hồ sơ", (3, 1, 9))) == [
            (2, ["Trạng thái", "Mã", ""]),
            (3, ["Xong", "H1", ""]),
            (5, ["5.5", "H3", ""]),
        ]
        assert list(rows(source, "khác", (1,))) == []
        assert list(rows(source, "Ẩn", (1,))) == []


def test_csv_gives_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Mã,Họ tên\nH1,An\nH2\n", encoding="utf-8")
    with open_source(tmp_path / "a.csv") as source:
        assert source.head("anything") is source.heads[0]
        assert list(rows(source, "", (2, 1))) == [(1, ["Họ tên", "Mã"]), (2, ["An", "H1"]), (3, ["", "H2"])]


def test_a_table_that_begins_further_right_keeps_its_own_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["C2"], book.worksheets[0]["D3"] = "Mã", "H1"
    book.save(tmp_path / "a.xlsx")
    with open_source(tmp_path / "a.xlsx") as source:
        assert source.heads[0].rows[1] == ("", "", "Mã", "")
        found = list(rows(source, source.heads[0].name, (1, 3, 4)))
    assert found == [(2, ["", "Mã", ""]), (3, ["", "", "H1"])]


def test_more_rows_than_a_portion_come_all(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("A")
    for number in range(4_001):
        sheet.append([number + 1])
    book.save(tmp_path / "a.xlsx")
    with open_source(tmp_path / "a.xlsx") as source:
        assert sum(1 for _row in rows(source, "A", (1,))) == 4_001


def test_files_that_are_none_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04broken")
    with pytest.raises(NotAWorkbook), open_source(tmp_path / "a.xlsx"):
        pass
    with pytest.raises(FileUnreadable), open_source(tmp_path / "gone.xlsx"):
        pass
    monkeypatch.setattr("ntm_desktop.sheets.stream.MOST_STREAMED_BYTES", 3)
    with pytest.raises(TooLarge), open_source(_book(tmp_path / "c.xlsx")):
        pass


def test_a_workbook_is_read_once_and_its_child_does_not_outlive_the_source(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx")
    with open_source(path) as source:
        path.unlink()
        assert [number for number, _cells in rows(source, "Hồ sơ", (1,))] == [2, 3, 5]
        (child,) = multiprocessing.active_children()
        child.kill()
        child.join()
        with pytest.raises(NotAWorkbook):
            list(rows(source, "Hồ sơ", (1,)))
    assert multiprocessing.active_children() == []
