"""Tables of papers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.units import mm

from ntm_desktop.documents.styles import CELL, REGULAR, TABLE_SIZE, paragraph, text_width
from ntm_desktop.documents.tables import Row, broken_name, cell, make_table


@given(st.text("abcxyzWM0189/_-.", max_size=150), st.integers(12, 90))
def test_a_broken_name_fits_its_column_and_loses_nothing(name: str, width: int) -> None:
    lines = broken_name(name, width).split("\n")
    assert "".join(lines) == name
    assert all(text_width(line, REGULAR, TABLE_SIZE) <= width * mm - 8 for line in lines)


def test_a_name_is_broken_behind_a_mark_where_there_is_one() -> None:
    assert broken_name("evidence/0123456789ab_bao_cao_mot_cua_quy_bon.pdf", 60).split("\n") == [
        "evidence/0123456789ab_bao_cao_",
        "mot_cua_quy_bon.pdf",
    ]


@given(st.text("abcxyzWM0189 ", max_size=60), st.integers(12, 90))
def test_a_text_is_short_only_where_a_line_of_its_column_holds_it(text: str, width: int) -> None:
    made = cell(text, width, CELL)
    assert isinstance(made, str) == (text_width(text, REGULAR, TABLE_SIZE) <= width * mm - 8)
    assert made == text if isinstance(made, str) else [one.style for one in made] == [CELL]


def test_a_row_is_not_cut_and_moves_to_the_next_page_whole() -> None:
    rows = [Row([str(number), [paragraph("dòng " * 40, CELL)]]) for number in range(20)]
    table = make_table(["TT", "Nội dung"], rows, [20, 60])
    table.wrap(80 * mm, 400)
    first, second = table.split(80 * mm, 400)
    heights = {round(height, 3) for height in (*first._rowHeights[1:], *second._rowHeights[1:])}
    assert len(heights) == 1


def test_a_heading_row_is_never_the_last_of_a_page() -> None:
    rows = [Row([str(number), "x"], with_next=number == 9) for number in range(20)]
    table = make_table(["TT", "Nội dung"], rows, [20, 60])
    _, height = table.wrap(80 * mm, 10_000)
    each = height / 21
    first, second = table.split(80 * mm, each * 11.5)
    assert first._cellvalues[-1][0] == "8"
    assert second._cellvalues[1][0] == "9"
