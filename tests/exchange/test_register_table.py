from __future__ import annotations

import pytest

from ntm_desktop.exchange.explain import explain
from ntm_desktop.exchange.register_table import (
    NoRegisterInFile,
    RegisterLines,
    WrittenRegister,
    columns_of_heading,
    lines_from_cells,
    register_workbook,
)
from ntm_desktop.facts.catalogue import Choice, Element, PeriodKind, SubjectKind, ValueType
from ntm_desktop.i18n import Text
from ntm_desktop.sheets.cells import BLANK, CellKind, Content, Sheet, Workbook
from ntm_desktop.sheets.layout import Look


def column(name: str, vi: str, kind: ValueType = ValueType.TEXT, *, personal: bool = False) -> Element:
    choices = (Choice("a", Text("Lớp trực tiếp")), Choice("b", Text("OneTouch")))
    return Element(
        name,
        Text(vi, f"{name} en"),
        kind,
        period=PeriodKind.NONE,
        subject=SubjectKind.RECORD,
        register="so",
        choices=choices if kind is ValueType.CHOICE else (),
        personal=personal,
    )


COLUMNS = (
    column("nguoi", "Họ và tên", personal=True),
    column("ngay", "Ngày học xong", ValueType.DATE),
    column("hinh_thuc", "Hình thức", ValueType.CHOICE),
    column("so_luong", "Số lượng", ValueType.INTEGER),
)
ALSO = {"nguoi": ("Học viên",)}


def sheet(*rows: str, name: str = "So", hidden: bool = False) -> Sheet:
    def content(text: str) -> Content:
        return Content(CellKind.TEXT, text) if text else BLANK

    return Sheet(name, tuple(tuple(content(cell) for cell in row.split("|")) for row in rows), hidden=hidden)


def taken(*rows: str, key: tuple[str, ...] = ("nguoi",)) -> RegisterLines:
    return lines_from_cells("so.xlsx", Workbook((sheet(*rows),)), COLUMNS, key, ALSO)


def test_columns_are_found_whatever_their_order_and_marks() -> None:
    found = taken("DANH SÁCH", "stt|NGAY HOC XONG|Học viên", "1|01/02/2023|Lê A")
    assert [dict(line.cells) for line in found.lines] == [{"ngay": "01/02/2023", "nguoi": "Lê A"}]
    assert found.found == ("ngay", "nguoi")
    assert found.ignored == ()


def test_a_heading_that_holds_the_words_of_one_column_means_it_and_one_that_fits_two_means_none() -> None:
    found = taken("Họ và tên học viên|Ngày học|Email", "Lê A|01/02/2023|a@b")
    assert found.found == ("nguoi", "ngay")
    assert found.ignored == ("Email",)
    columns = (column("a", "Ngày họp"), column("b", "Ngày học"))
    with pytest.raises(NoRegisterInFile):
        lines_from_cells("x", Workbook((sheet("Ngày họp, ngày học", "1"),)), columns, (), {})


def test_a_cell_that_cannot_be_read_is_told_and_the_rest_of_its_line_is_taken() -> None:
    found = taken("Họ và tên|Ngày học xong|Số lượng", "Lê A|31/02/2023|ba")
    assert [dict(line.cells) for line in found.lines] == [{"nguoi": "Lê A"}]
    assert [(one.address, one.code) for one in found.problems] == [
        ("B2", "no_such_day"),
        ("C2", "not_a_number"),
    ]


def test_a_line_that_does_not_say_what_it_is_about_is_left_out_and_told() -> None:
    found = taken("Họ và tên|Số lượng", "|3", "|")
    assert found.lines == ()
    assert [(one.address, one.code) for one in found.problems] == [("A2", "key_missing")]
    assert explain(found.problems[0].problem)


def test_a_file_without_the_key_column_is_taken_as_it_is() -> None:
    assert len(taken("Số lượng", "3").lines) == 1


def test_a_wrong_cell_alone_makes_no_line_without_a_key() -> None:
    found = taken("Số lượng", "ba", key=())
    assert found.lines == ()
    assert len(found.problems) == 1


def test_an_error_value_of_the_file_is_told() -> None:
    broken = Sheet("So", ((Content(CellKind.TEXT, "Họ và tên"),), (Content(CellKind.ERROR, "#REF!"),)))
    found = lines_from_cells("x", Workbook((broken,)), COLUMNS, (), {})
    assert [one.code for one in found.problems] == ["error_value"]


def test_hidden_sheets_are_passed_over_and_a_file_without_headings_is_refused() -> None:
    hidden = sheet("Họ và tên", "Lê A", hidden=True)
    with pytest.raises(NoRegisterInFile):
        lines_from_cells("x", Workbook((hidden, sheet("1|2"))), COLUMNS, (), {})


def test_a_row_of_headings_is_known_by_the_very_words_of_columns() -> None:
    assert columns_of_heading(["Họ và tên", "x", "Ngày học xong"], COLUMNS, {}) == ("nguoi", "", "ngay")
    assert columns_of_heading(["Lê A", "Hình thức mới", "3"], COLUMNS, {}) == ()
    assert columns_of_heading(["", "STT"], COLUMNS, {}) == ()


def test_a_written_register_heads_its_columns_marks_personal_ones_and_takes_itself_back() -> None:
    rows = (("Lê A", "01/02/2023", "OneTouch", "3", "", "31/12/2025"),)
    plan = register_workbook(WrittenRegister("Sổ", "ghi chú", COLUMNS, rows), "So")
    (planned,) = plan.sheets
    heads = [cell for cell in planned.rows[2] if cell is not None]
    assert "hồ sơ" in heads[0].note
    assert [cell.look for cell in planned.rows[3] if cell is not None][3] is Look.INPUT_RIGHT
    assert planned.rows[3][2] is not None
    assert planned.rows[3][2].choices == ("Lớp trực tiếp", "OneTouch")
    assert len(planned.rows) == 3 + 1 + 20
    back = sheet(*("|".join(str(cell.content or "") for cell in row if cell) for row in planned.rows[2:4]))
    found = lines_from_cells("x", Workbook((back,)), COLUMNS, ("nguoi",), {})
    assert dict(found.lines[0].cells)["until"] == "31/12/2025"
    assert found.ignored == ()


def test_a_long_register_has_no_empty_lines_at_its_end() -> None:
    rows = (("Lê A", "", "", "", "", ""),) * 500
    plan = register_workbook(WrittenRegister("Sổ", "", COLUMNS, rows), "So")
    assert len(plan.sheets[0].rows) == 503
