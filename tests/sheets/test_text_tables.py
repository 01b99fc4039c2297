"""CSV files as offices have them: letters, separators, quoted line breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.errors import FileUnreadable
from ntm_desktop.facts.folding import nfc
from ntm_desktop.facts.old_letters import Letters, encoded
from ntm_desktop.sheets import text_tables
from ntm_desktop.sheets.refusals import NotAWorkbook, TooLarge

LINES = ["Mã,Trạng thái,Địa chỉ", 'H1,Đã giải quyết,"Ấp Vĩnh Lợi, tổ 2\nsố 5"', "H2,Đang xử lý,Ấp Vĩnh Phú"]
CELLS = [
    ["Mã", "Trạng thái", "Địa chỉ"],
    ["H1", "Đã giải quyết", "Ấp Vĩnh Lợi, tổ 2\nsố 5"],
    ["H2", "Đang xử lý", "Ấp Vĩnh Phú"],
]


def _rows(path: Path, content: bytes) -> list[list[str]]:
    path.write_bytes(content)
    return list(text_tables.rows(path, text_tables.look(path)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_rows_are_read_whatever_unicode_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    text = "\n".join(LINES).replace(",", separator).replace("Lợi" + separator, "Lợi,")
    assert _rows(tmp_path / "số liệu.csv", text.encode(encoding)) == CELLS


def test_windows_vietnamese_is_told_from_western(tmp_path: Path) -> None:
    import unicodedata

    marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    spread = "".join(
        unicodedata.normalize("NFC", "".join(m for m in unicodedata.normalize("NFD", c) if m not in marks))
        + "".join(m for m in unicodedata.normalize("NFD", c) if m in marks)
        for c in "\n".join(LINES)
    )
    found = _rows(tmp_path / "a.csv", spread.encode("cp1258"))
    assert [[unicodedata.normalize("NFC", cell) for cell in row] for row in found] == CELLS


@pytest.mark.parametrize("letters", [Letters.TCVN3, Letters.VNI])
def test_old_letters_arrive_as_western_text(tmp_path: Path, letters: Letters) -> None:
    text = (
        "M· sè;Tr¹ng th¸i\n1;x\n"
        if letters is Letters.TCVN3
        else encoded("Mã số;Trạng thái\n1;đã xử lý\n", letters)
    )
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("cp1252"))
    assert text_tables.look(path).encoding == "cp1252"


def test_directive_of_excel_is_no_row_and_odd_rows_are_cut_by_their_own_separator(tmp_path: Path) -> None:
    content = "sep=;\na;b;c\n1;2;3\n4,5,6\nđơn độc\n".encode()
    assert _rows(tmp_path / "a.csv", content) == [
        ["a", "b", "c"],
        ["1", "2", "3"],
        ["4", "5", "6"],
        ["đơn độc"],
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"  \n", "empty"), (b"a,b\n1,\x00", "binary"), (b"<html><table>", "web_page")],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(NotAWorkbook, match=reason):
        _rows(tmp_path / "a.csv", content)


def test_cell_without_end_and_file_without_end_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotAWorkbook, match="broken"):
        _rows(tmp_path / "a.csv", b'a,b\n1,"' + b"x" * 200_000)
    monkeypatch.setattr(text_tables, "MOST_BYTES", 3)
    with pytest.raises(TooLarge):
        text_tables.look(tmp_path / "a.csv")


def test_file_that_goes_away_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        text_tables.look(tmp_path / "gone.csv")
    with pytest.raises(FileUnreadable):
        list(text_tables.rows(tmp_path / "gone.csv", text_tables.TextTable("utf-8", ",", 2)))


def test_letters_broken_after_the_first_block_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_tables, "_BLOCK", 8)
    monkeypatch.setattr(text_tables, "_SAMPLE", 8)
    (tmp_path / "a.csv").write_bytes(b"a,b\n1,2\n" + "Bé phËn Mét cöa, hå s¬\n".encode("cp1252") * 3)
    assert text_tables.look(tmp_path / "a.csv").encoding in {"cp1252", "cp1258"}


def test_lines_of_two_programs_and_two_encodings_are_both_read(tmp_path: Path) -> None:
    utf_8 = "Mã;Tên\nH1;Nguyễn Thị Hồng\nH2,Trần Văn Đức\n".encode()
    content = utf_8 + "H3;Lê Hâ\u0323u\n".encode("cp1258")
    rows = [[nfc(cell) for cell in row] for row in _rows(tmp_path / "a.csv", content)]
    assert rows == [["Mã", "Tên"], ["H1", "Nguyễn Thị Hồng"], ["H2", "Trần Văn Đức"], ["H3", "Lê Hậu"]]


def test_an_encoding_fault_of_writing_is_no_matter_of_reading() -> None:
    with pytest.raises(UnicodeEncodeError):
        "ễ".encode("ascii", "ntm_desktop.of_another_program")
