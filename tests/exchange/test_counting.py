"""Rows of a foreign table become figures; the rules say which count."""

from __future__ import annotations

from datetime import date

import pytest

from ntm_desktop.errors import Cancelled
from ntm_desktop.exchange.counting import (
    MappingDoesNotFit,
    count,
    day_of,
    heading_row,
    headings,
    locate,
    survey,
)
from ntm_desktop.exchange.mapping import Counted, How, Mapping, RowTest
from ntm_desktop.facts.old_letters import Letters, encoded
from ntm_desktop.sheets.stream import Head

HEAD = Head(
    "Hồ sơ",
    (
        ("BÁO CÁO", "", "", ""),
        ("", "", "Xử lý", ""),
        ("Mã", "Hình thức", "Trạng thái", "Ngày  trả"),
        ("H1", "Trực tuyến", "Xong", "05/03/2024"),
    ),
    merged=("A1:D1", "C2:D2", "A4:A999"),
)
ROWS = [
    ["H1", "Trực tuyến", "Xong", "05/03/2024 08:00"],
    ["H2", "trực  tuyến", "xong", "2024-12-31"],
    ["H2", "Trực tuyến", "Xong", "31/12/2024"],
    ["H3", "Trực tiếp", "Xong", "01/01/2025"],
    ["H4", "Trực tiếp", "Đang xử lý", ""],
    ["", "Trực tiếp", "Xong", "31/02/2024"],
    ["", "", "", ""],
    ["", "Trực tiếp", "Xong", "07/07/2024"],
]
DONE = RowTest("Trạng thái", How.IS, ("XONG", "đã trả"))
THIS_YEAR = RowTest("Ngày trả", How.WITHIN)
ONLINE = RowTest("Hình thức", How.IS, ("trực tuyến",))


def _count(*counted: Counted, **more: object) -> object:
    mapping = Mapping("x", counted=counted)
    order = ["Mã", "Hình thức", "Trạng thái", "Ngày trả"]
    places = [order.index(column) for column in mapping.columns]
    rows = ((number, [row[place] for place in places]) for number, row in enumerate(ROWS, 2))
    return count(rows, mapping, 2024, **more)  # type: ignore[arg-type]


def test_all_tests_must_hold_and_a_case_counts_once() -> None:
    tally = _count(
        Counted("solved", (DONE, THIS_YEAR), once_per="Mã"), Counted("online", (DONE, THIS_YEAR, ONLINE))
    )
    assert tally.counts == {"solved": 3, "online": 3}
    assert (tally.repeated, tally.unread_days, tally.first_unread) == (1, 1, 7)


@pytest.mark.parametrize(
    ("test", "number"),
    [
        (RowTest("Trạng thái", How.IS_NOT, ("xong",)), 1),
        (RowTest("Mã", How.FILLED), 5),
        (RowTest("Ngày trả", How.BLANK), 1),
    ],
)
def test_other_tests(test: RowTest, number: int) -> None:
    assert _count(Counted("a", (test, RowTest("Hình thức", How.FILLED)))).counts == {"a": number}


def test_counting_is_told_of_and_can_be_stopped() -> None:
    mapping = Mapping("x", counted=(Counted("a", (RowTest("A", How.FILLED),)),))
    told: list[int] = []
    rows = ((number, ["x"]) for number in range(2, 12_002))
    assert count(rows, mapping, 2024, progress=told.append, stopped=lambda: False).counts == {"a": 12_000}
    assert told == [5_000, 10_000]
    with pytest.raises(Cancelled):
        count(((n, ["x"]) for n in range(2, 9_000)), mapping, 2024, stopped=lambda: True)
    with pytest.raises(Cancelled):
        list(survey(((n, ["x"]) for n in range(2, 9_000)), ["A"], first_row=1, stopped=lambda: True))


def test_old_letters_count_like_new_ones() -> None:
    written = encoded("Đã trả", Letters.VNI)
    mapping = Mapping("x", counted=(Counted("a", (DONE,)),), letters=Letters.VNI)
    assert count([(2, [written])], mapping, 2024).counts == {"a": 1}


def test_merged_heading_is_said_before_those_below_it() -> None:
    assert headings(HEAD, 3) == ("Mã", "Hình thức", "Xử lý / Trạng thái", "Xử lý / Ngày trả")
    assert headings(HEAD, 9) == ()
    assert heading_row(HEAD) == 3
    assert heading_row(Head("leer", ())) == 1


def test_columns_are_found_where_they_moved_to() -> None:
    mapping = Mapping(
        "một cửa", "Hồ sơ", 1, (Counted("a", (RowTest("xử lý / trạng thái", How.FILLED),), "Mã"),)
    )
    layout = locate("a.xlsx", (Head("Khác", ()), HEAD), mapping)
    assert (layout.sheet, layout.heading_row, layout.columns) == ("Hồ sơ", 3, (3, 1))
    with pytest.raises(MappingDoesNotFit, match="Không có"):
        locate("a.xlsx", (HEAD,), Mapping("x", counted=(Counted("a", (RowTest("Không có", How.FILLED),)),)))


def test_survey_tells_values_days_and_how_many() -> None:
    rows = [(n, [f"H{n}", "Xong" if n % 2 else "Đang", "05/03/2024", ""]) for n in range(1, 5_102)]
    *_first, (done, columns) = survey(rows, ["Mã", "Trạng thái", "Ngày", "Trống"], first_row=1)
    assert done == 5_100
    code, state, day, empty = columns
    assert (code.many, len(code.values), state.values) == (True, 3, {"Đang": 2550, "Xong": 2550})
    assert (day.is_days, empty.is_days, state.is_days, day.letters) == (True, False, False, "C")


def test_days_are_read_at_the_beginning_of_a_text() -> None:
    assert day_of("5/3/2024 08:00") == day_of("2024-03-05T08:00") == date(2024, 3, 5)
    assert day_of("31/02/2024") is day_of("sau") is None


def test_merged_ranges_that_are_none_do_no_harm() -> None:
    assert headings(Head("A", (("x",),), merged=("quatsch", "A1:XFD1")), 1) == ("x",)


def test_counting_needs_nobody_to_listen() -> None:
    mapping = Mapping("x", counted=(Counted("a", (RowTest("A", How.FILLED),)),))
    assert count(((n, ["x"]) for n in range(2, 5_002)), mapping, 2024).counts == {"a": 5_000}
