"""Writing workbooks, judged by openpyxl's reader and our own."""

from __future__ import annotations

import errno
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.errors import DiskFull, FileUnwritable
from ntm_desktop.sheets import write
from ntm_desktop.sheets.layout import Look, PlannedCell, PlannedSheet, PlannedWorkbook
from ntm_desktop.sheets.read import read
from ntm_desktop.sheets.write import sheet_name, write_workbook

PLAN = PlannedWorkbook(
    title="Phiếu",
    sheets=(
        PlannedSheet(
            name="Số liệu",
            rows=(
                (PlannedCell("khóa", Look.QUIET), PlannedCell("=1+1", Look.TITLE, span=2)),
                (None, PlannedCell("a\x01b"), PlannedCell(2382, Look.INPUT_NUMBER)),
                (
                    None,
                    PlannedCell("Có mạng"),
                    PlannedCell("Có", Look.INPUT, choices=("Có", "Không"), note="ghi chú"),
                ),
            ),
            widths=(0, 40, 12),
            frozen_rows=1,
            frozen_columns=2,
            hidden_rows=(1,),
        ),
        PlannedSheet(name="kín", rows=((PlannedCell("x"),),), hidden=True),
    ),
    refusal=("Số nguyên", "Chỉ nhập số nguyên."),
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("w") / "phiếu.xlsx"
    write_workbook(PLAN, path)
    return path


def test_text_never_becomes_a_formula(written: Path) -> None:
    sheet = openpyxl.load_workbook(written)["Số liệu"]
    assert (sheet["B1"].value, sheet["B1"].data_type) == ("=1+1", "s")
    assert read(written).sheets[0].cell(1, 2).text == "=1+1"
    assert sheet["B2"].value == "a b"


def test_inputs_are_unlocked_and_all_else_is_locked(written: Path) -> None:
    sheet = openpyxl.load_workbook(written)["Số liệu"]
    assert sheet.protection.sheet
    assert [sheet[a].protection.locked for a in ("B1", "B2", "C2", "C3")] == [True, True, False, False]


def test_key_column_and_rows_are_hidden_and_headings_frozen(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    sheet = book["Số liệu"]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[1].hidden
    assert sheet.freeze_panes == "C2"
    assert sheet.print_title_rows == "$1:$1"
    assert {name: book[name].sheet_state for name in book.sheetnames} == {
        "Số liệu": "visible",
        "kín": "veryHidden",
        "ntm_lists": "veryHidden",
    }


def test_choices_and_whole_numbers_have_their_rules(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    rules = {rule.type: rule for rule in book["Số liệu"].data_validations.dataValidation}
    assert str(rules["list"].sqref) == "C3"
    assert rules["list"].formula1 == "ntm_lists!$A$1:$A$2"
    assert [book["ntm_lists"][a].value for a in ("A1", "A2")] == ["Có", "Không"]
    assert (str(rules["whole"].sqref), rules["whole"].error) == ("C2", "Chỉ nhập số nguyên.")


@given(st.lists(st.text(max_size=60), max_size=12))
def test_sheet_names_are_allowed_by_excel_and_differ(names: list[str]) -> None:
    taken: set[str] = set()
    made = [sheet_name(name, taken) for name in names]
    assert len({name.casefold() for name in made}) == len(made)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in made)


def test_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(write.os, "fsync", no_room)
    with pytest.raises(DiskFull):
        write_workbook(PLAN, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_not_there_is_unwritable(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        write_workbook(PLAN, tmp_path / "nowhere" / "a.xlsx")
