"""Reading tables: what officers send, and what somebody might send to do harm."""

from __future__ import annotations

import datetime
import unicodedata
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook as NewWorkbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ntm_desktop.errors import FileUnreadable
from ntm_desktop.sheets import read as reading
from ntm_desktop.sheets.cells import CellKind, Workbook
from ntm_desktop.sheets.read import read
from ntm_desktop.sheets.refusals import NotAWorkbook, PasswordProtected, TooLarge
from tests.support.books import needs_office, save, through_office, with_parts_changed

DAY = datetime.date(2023, 11, 1)
EVERYTHING = {
    "B2": 0.1,
    "B3": 2382,
    "B4": "2.382",
    "B5": DAY,
    "B6": datetime.datetime(2023, 11, 1, 8, 30),  # noqa: DTZ001  # a workbook has no time zones
    "B7": True,
    "B8": 12345678901234,
    "B9": 77.61,
    "B10": "Ấp Vĩnh Lợi",
    "B11": -5,
    "C12": "cuối",
}


def _column(book: Workbook) -> list[tuple[str, CellKind, str]]:
    sheet = book.sheets[0]
    cells = [sheet.cell(row, 2) for row in range(2, 12)]
    return [(cell.address, cell.kind, cell.text) for cell in cells]


def test_every_kind_of_cell_keeps_its_address_and_exact_text(tmp_path: Path) -> None:
    book = read(save(tmp_path / "a.xlsx", EVERYTHING))
    assert _column(book) == [
        ("B2", CellKind.NUMBER, "0.1"),
        ("B3", CellKind.NUMBER, "2382"),
        ("B4", CellKind.TEXT, "2.382"),
        ("B5", CellKind.DATE, "01/11/2023"),
        ("B6", CellKind.DATE, "01/11/2023 08:30"),
        ("B7", CellKind.YES_NO, "TRUE"),
        ("B8", CellKind.NUMBER, "12345678901234"),
        ("B9", CellKind.NUMBER, "77.61"),
        ("B10", CellKind.TEXT, "Ấp Vĩnh Lợi"),
        ("B11", CellKind.NUMBER, "-5"),
    ]
    assert book.sheets[0].cell(12, 3).text == "cuối"


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_what_libreoffice_saves_reads_the_same(tmp_path: Path, ending: str) -> None:
    original = save(tmp_path / "a.xlsx", EVERYTHING)
    cells = [
        (address, text)
        for address, _kind, text in _column(read(through_office(original, ending, tmp_path / "o")))
    ]
    expected = [(address, text) for address, _kind, text in _column(read(original))]
    if ending == "ods":
        expected[5] = ("B7", "1")  # the fast reader gives a yes of this format as a number
    assert cells == expected


def test_both_calendars_of_excel_give_the_same_day(tmp_path: Path) -> None:
    book = NewWorkbook()
    book.epoch = CALENDAR_MAC_1904
    assert book.active is not None
    book.active["A1"] = DAY
    book.save(tmp_path / "mac.xlsx")
    assert read(tmp_path / "mac.xlsx").sheets[0].cell(1, 1).text == "01/11/2023"


def test_formula_without_result_and_error_values_are_marked_not_blank(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"A1": 5, "A2": "=1+1", "D9": "=B1/0"})

    def error_in_d9(name: str, part: bytes) -> bytes:
        return part.replace(
            b'<c r="D9"><f>B1/0</f><v></v>', b'<c r="D9" t="e"><f>B1/0</f><v>#DIV/0!</v>'
        ).replace(b'<c r="D9"><f>B1/0</f><v/>', b'<c r="D9" t="e"><f>B1/0</f><v>#DIV/0!</v>')

    sheet = read(with_parts_changed(path, error_in_d9)).sheets[0]
    assert (sheet.cell(1, 1).text, sheet.cell(2, 1).kind) == ("5", CellKind.UNCOMPUTED)
    assert (sheet.cell(9, 4).kind, sheet.cell(9, 4).text) == (CellKind.ERROR, "#DIV/0!")


def test_hidden_sheets_are_read_and_marked_hidden(tmp_path: Path) -> None:
    book = NewWorkbook()
    second = book.create_sheet("Ẩn & kín")
    second["A1"] = "x"
    second.sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    sheets = read(tmp_path / "a.xlsx").sheets
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Sheet", False), ("Ẩn & kín", True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_any_usual_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    text = f'Ấp{separator}Số hộ\n"Vĩnh Lợi{separator} A"{separator}1.234\n'
    if encoding == "cp1258":
        # That page has letters and tone marks apart.
        text = "".join(
            letter if letter.encode(encoding, "ignore") else unicodedata.normalize("NFD", letter)
            for letter in text
        )
        text = text.replace("\u031b", "").replace("o\u0302", "ô")
    (tmp_path / "a.csv").write_bytes(text.encode(encoding, "ignore"))
    sheet = read(tmp_path / "a.csv").sheets[0]
    assert sheet.cell(2, 2).text == "1.234"
    assert unicodedata.normalize("NFC", sheet.cell(2, 1).text).endswith(f"{separator} A")
    assert len(sheet.rows) == 2


def test_csv_with_commas_in_numbers_is_cut_at_semicolons(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("ten;ty le\nA;77,61\nB;26,01\n", encoding="utf-8")
    assert read(tmp_path / "a.csv").sheets[0].cell(2, 2).text == "77,61"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xlsx", b"", "empty"),
        ("a.xlsx", b"PK\x03\x04broken", "broken"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "broken"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "web_page"),
        ("a.csv", b"\0\1\2\3", "binary"),
        ("a.csv", b'a,"b\n', "broken"),
        ("a.csv", b"\xff\xfe\x00\xd8", "encoding"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NotAWorkbook) as refused:
        read(tmp_path / name)
    assert refused.value.reason == reason


def test_missing_file_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        read(tmp_path / "gone.xlsx")
    with pytest.raises(FileUnreadable):
        read(tmp_path)


def test_workbook_with_a_password_is_said_to_be_one(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "a.xlsx").write_bytes(ole)
    with pytest.raises(PasswordProtected):
        read(tmp_path / "a.xlsx")


def test_file_larger_than_any_table_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_FILE_BYTES", 10)
    (tmp_path / "a.csv").write_bytes(b"x" * 11)
    with pytest.raises(TooLarge) as refused:
        read(tmp_path / "a.csv")
    assert refused.value.limit == "file"


def test_csv_with_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    (tmp_path / "a.csv").write_text("a\n" * 4, encoding="utf-8")
    with pytest.raises(TooLarge) as refused:
        read(tmp_path / "a.csv")
    assert refused.value.limit == "rows"


def test_zip_bomb_is_refused_before_it_inflates(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"A1": 1})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/image1.png", b"\0" * 30_000_000)
    with pytest.raises(TooLarge) as refused:
        read(path)
    assert refused.value.limit == "ratio"


def test_two_cells_at_opposite_corners_do_not_fill_the_memory(tmp_path: Path) -> None:
    with pytest.raises(TooLarge) as refused:
        read(save(tmp_path / "a.xlsx", {"A1": 1, "XFD1048576": 1}))
    assert refused.value.limit == "cells"


def test_addresses_written_oddly_do_not_get_past_the_guard(tmp_path: Path) -> None:
    def far_away(name: str, part: bytes) -> bytes:
        return part.replace(b'r="B1"', b"r\t= 'xfd1048570'")

    path = with_parts_changed(save(tmp_path / "a.xlsx", {"A1": 1, "B1": 2}), far_away)
    with pytest.raises(TooLarge):
        read(path)


def test_entity_in_a_sheet_is_not_expanded(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'

    def with_entity(name: str, part: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return part
        return part.replace(b"<worksheet", bomb + b"<worksheet", 1).replace(b"<v>1</v>", b"<v>&b;</v>")

    path = with_parts_changed(save(tmp_path / "a.xlsx", {"A1": 1}), with_entity)
    try:
        texts = [cell.text for line in read(path).sheets[0].lines() for cell in line]
    except NotAWorkbook:
        texts = []
    assert "aaaa" not in "".join(texts)
