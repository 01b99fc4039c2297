from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.operations.pasted import HamletRow, read_hamlets


def pairs(text: str) -> list[tuple[str, int | None]]:
    return [(row.name, row.households) for row in read_hamlets(text).rows]


def test_heading_ordinals_and_blank_rows_are_left_out_and_told() -> None:
    pasted = read_hamlets(
        "STT\tTên ấp\tSố hộ\n1\tVĩnh Thành\t412\n2\tVĩnh Hòa\t1.398\n\n\t\t\n3\tVĩnh Phú\t\n"
    )
    assert pasted.rows == (
        HamletRow("Vĩnh Thành", 412),
        HamletRow("Vĩnh Hòa", 1398),
        HamletRow("Vĩnh Phú"),
    )
    assert (pasted.dropped_heading, pasted.dropped_blank) == (True, 2)
    assert (pasted.dropped_total, pasted.other_columns) == (False, False)


def test_names_alone_are_enough() -> None:
    assert pairs("Vĩnh Thành\r\nVĩnh Hòa\r\n") == [("Vĩnh Thành", None), ("Vĩnh Hòa", None)]


def test_two_spellings_of_one_name_are_marked_and_kept() -> None:
    rows = read_hamlets("Vĩnh Hòa\nVĩnh Lợi\nVĩnh Hoà\nvĩnh hòa").rows
    assert [row.duplicate_of for row in rows] == [None, None, 1, 1]


def test_names_that_differ_in_one_mark_are_two_hamlets() -> None:
    rows = read_hamlets("Vĩnh Thành\nVĩnh Thạnh\nVĩnh Thanh").rows
    assert [row.duplicate_of for row in rows] == [None, None, None]


def test_a_number_nobody_counts_is_no_number_of_households() -> None:
    assert pairs("Vĩnh Thành\t" + "9" * 10_000 + "\nVĩnh Hòa\t\u0663") == [
        ("Vĩnh Thành", None),
        ("Vĩnh Hòa", None),
    ]


def test_decomposed_letters_are_composed_and_spaces_put_right() -> None:
    text = unicodedata.normalize("NFD", "Vĩnh   Hòa\t398")
    (row,) = read_hamlets(text).rows
    assert row == HamletRow("Vĩnh Hòa", 398)
    assert unicodedata.is_normalized("NFC", row.name)


def test_households_come_from_the_column_the_heading_names() -> None:
    text = "TT\tẤp\tDiện tích\tSố dân\tSố hộ\n1\tVĩnh Thành\t120\t1.520\t412\n"
    pasted = read_hamlets(text)
    assert pasted.rows == (HamletRow("Vĩnh Thành", 412),)
    assert pasted.other_columns


def test_a_heading_without_households_gives_none() -> None:
    pasted = read_hamlets("Tên thôn\tDiện tích\nVĩnh Thành\t120\n")
    assert pasted.rows == (HamletRow("Vĩnh Thành"),)
    assert pasted.other_columns


def test_a_heading_over_the_names_alone_leaves_the_number_behind_them() -> None:
    assert pairs("Tên ấp\nVĩnh Thành\t412") == [("Vĩnh Thành", 412)]


def test_a_row_of_totals_is_left_out_and_told() -> None:
    pasted = read_hamlets("1\tVĩnh Thành\t412\n2\tVĩnh Hòa\t398\n\tTổng cộng\t810")
    assert len(pasted.rows) == 2
    assert pasted.dropped_total


@pytest.mark.parametrize("text", ["1. \tVĩnh Thành", "1)\tVĩnh Thành", "01\tVĩnh Thành"])
def test_ordinals_may_have_a_sign(text: str) -> None:
    assert pairs(text) == [("Vĩnh Thành", None)]


def test_hamlets_called_by_numbers_are_not_lost() -> None:
    assert pairs("1\n2\n3") == [("1", None), ("2", None), ("3", None)]
    assert pairs("Ấp 1\t120\nKhóm 2\t98") == [("Ấp 1", 120), ("Khóm 2", 98)]


def test_a_row_shorter_than_its_heading_is_read_by_its_cells() -> None:
    assert pairs("STT\tTên ấp\tSố hộ\nVĩnh Thành") == [("Vĩnh Thành", None)]


def test_what_is_no_number_is_not_taken_for_households() -> None:
    pasted = read_hamlets("Vĩnh Thành\tông Năm\tkhoảng 400")
    assert pasted.rows == (HamletRow("Vĩnh Thành"),)
    assert pasted.other_columns


def test_what_was_left_out_is_said_sentence_by_sentence() -> None:
    pasted = read_hamlets("TT\tTên ấp\tDân số\n1\tVĩnh Thành\t1.520\n\n\tTổng\t1.520")
    assert pasted.left_out() == (
        "Đã bỏ dòng tiêu đề.",
        "Đã bỏ 1 dòng trống.",
        "Đã bỏ dòng tổng cộng.",
        "Chỉ lấy tên và số hộ, không lấy cột khác.",
    )
    assert read_hamlets("Vĩnh Thành\t412").left_out() == ()


@given(
    names=st.lists(
        st.sampled_from(["Vĩnh Thành", "Vĩnh Hòa", "Ấp 3", "Thạnh Đông", "7"]), min_size=1, max_size=6
    ),
    households=st.lists(st.none() | st.integers(0, 99_999), min_size=6, max_size=6),
)
def test_every_pasted_row_comes_out_once_in_order(names: list[str], households: list[int | None]) -> None:
    rows = list(zip(names, households, strict=False))
    text = "\n".join(name if count is None else f"{name}\t{count}" for name, count in rows)
    read = pairs(text)
    assert len(read) == len(rows)
    assert [name for name, _count in read] == names


@given(text=st.text(alphabet="aÂ1.\t\n 9", max_size=60))
def test_any_text_is_read_and_every_row_has_a_name(text: str) -> None:
    assert all(row.name for row in read_hamlets(text).rows)
