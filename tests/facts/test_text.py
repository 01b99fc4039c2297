"""Text to value and back for every type of element."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.facts.catalogue import Choice, Element, ValueType
from ntm_desktop.facts.fact import Problem, Value
from ntm_desktop.facts.text import Reading, decode, encode, explain, read, show
from ntm_desktop.i18n import Text, set_hamlet_word

ZONES = (Choice("mien_nui", Text("Miền núi", "Mountain")), Choice("dong_bang", Text("Đồng bằng", "Plain")))


def an_element(kind: ValueType, unit: str = "") -> Element:
    return Element("so_lieu", Text("Số liệu"), kind, unit, choices=ZONES if kind is ValueType.CHOICE else ())


INTEGER = an_element(ValueType.INTEGER, "hộ")
DECIMAL = an_element(ValueType.DECIMAL)
PERCENT = an_element(ValueType.PERCENT)
YES_NO = an_element(ValueType.YES_NO)
DAY = an_element(ValueType.DATE)
ZONE = an_element(ValueType.CHOICE)
TEXT = an_element(ValueType.TEXT)


@pytest.mark.parametrize(
    ("element", "text", "value"),
    [
        (INTEGER, "40.889", Fraction(40889)),
        (INTEGER, "2 nghìn hộ", Fraction(2000)),
        (PERCENT, "-3", Fraction(-3, 100)),
        (PERCENT, "77,61", Fraction(7761, 10000)),
        (PERCENT, "77,61 %", Fraction(7761, 10000)),
        (an_element(ValueType.MONEY, "ty_dong"), "6,2 tỷ", Fraction(31, 5)),
        (an_element(ValueType.MONEY, "trieu_dong"), "1,430 tỷ", Fraction(1430)),
        (an_element(ValueType.MONEY, "trieu_dong"), "1.430 triệu", Fraction(1430)),
        (an_element(ValueType.MONEY, "trieu_dong"), "40,5", Fraction(81, 2)),
        (an_element(ValueType.MONEY, "trieu_dong"), "40,5 triệu đồng", Fraction(81, 2)),
        (an_element(ValueType.MONEY, "dong"), "1,430 tỷ", Fraction(1_430_000_000)),
        (an_element(ValueType.MONEY, "nghin_dong"), "500.000 đồng", Fraction(500)),
        (YES_NO, "Có", True),
        (YES_NO, "x", True),
        (YES_NO, "ĐÚNG", True),
        (YES_NO, "không", False),
        (YES_NO, "Chưa", False),
        (YES_NO, "0", False),
        (DAY, "22/6/2022", date(2022, 6, 22)),
        (DAY, "22-06-2022", date(2022, 6, 22)),
        (DAY, "2022-06-22", date(2022, 6, 22)),
        (DAY, "2022-06-22 00:00:00", date(2022, 6, 22)),
        (ZONE, "mien_nui", "mien_nui"),
        (ZONE, "Miền núi", "mien_nui"),
        (ZONE, "dong bang", "dong_bang"),
        (ZONE, "Plain", "dong_bang"),
        (TEXT, "  Mật ong \t", "Mật ong"),
        (TEXT, unicodedata.normalize("NFD", "Mật ong"), "Mật ong"),
        (TEXT, "a\x00b", "a b"),
    ],
)
def test_what_officers_type_is_understood(element: Element, text: str, value: Value) -> None:
    reading = read(element, text)
    assert reading.problem is None
    assert reading.value == value
    assert type(reading.value) is type(value)


@pytest.mark.parametrize(
    ("element", "text", "code"),
    [
        (INTEGER, "1,5", "not_whole"),
        (INTEGER, "-3", "below_zero"),
        (DECIMAL, "\u22120,5", "below_zero"),
        (INTEGER, "hai trăm", "not_a_number"),
        (INTEGER, "12 con", "words_after_number"),
        (INTEGER, "12 đồng", "words_after_number"),
        (PERCENT, "5 tỷ", "words_after_number"),
        (INTEGER, "5 %", "words_after_number"),
        (DECIMAL, "1.5", "foreign_number"),
        (INTEGER, "9" * 5000, "not_a_number"),
        (YES_NO, "có lẽ", "not_yes_no"),
        (DAY, "31/02/2023", "no_such_day"),
        (DAY, "29/02/2023", "no_such_day"),
        (DAY, "5/12/24", "short_year"),
        (DAY, "5/12/0024", "year_out_of_range"),
        (DAY, "tháng 12", "not_a_date"),
        (DAY, "45265", "not_a_date"),
        (ZONE, "Biển", "not_a_choice"),
        (TEXT, "a" * 4001, "text_too_long"),
    ],
)
def test_what_cannot_be_read_keeps_the_typing_and_says_why(element: Element, text: str, code: str) -> None:
    reading = read(element, text)
    assert reading.text == text
    assert reading.value is None
    assert reading.problem is not None
    assert reading.problem.code == code
    assert "{" not in explain(reading.problem)


def test_a_comma_in_a_count_suggests_the_thousands_that_were_meant() -> None:
    assert read(INTEGER, "1,430").problem == Problem("not_whole", (("suggestion", "1.430"),))
    assert read(INTEGER, "2,6").problem == Problem("not_whole", (("suggestion", "3"),))


@pytest.mark.parametrize("text", ["", "   ", "\u00a0", "\t\n"])
@pytest.mark.parametrize("kind", list(ValueType))
def test_an_empty_text_is_neither_value_nor_problem(kind: ValueType, text: str) -> None:
    assert read(an_element(kind, "dong"), text) == Reading(text)


def test_a_number_that_reads_two_ways_is_shown_back_in_words() -> None:
    assert read(INTEGER, "2.382").echo == "2.382: hai nghìn ba trăm tám mươi hai"
    assert read(an_element(ValueType.MONEY, "trieu_dong"), "1,430 tỷ").echo == (
        "1.430\u00a0triệu đồng: một nghìn bốn trăm ba mươi triệu đồng"
    )
    assert read(PERCENT, "1,234").echo == "1,234\u00a0%: một phẩy hai ba bốn phần trăm"
    assert not read(INTEGER, "2382").ambiguous


def test_dates_and_answers_are_shown_in_words_of_the_office() -> None:
    assert show(DAY, date(2022, 6, 2)) == "02/06/2022"
    assert show(ZONE, "mien_nui") == "Miền núi"
    assert show(ZONE, "khong_con_trong_danh_muc") == "khong_con_trong_danh_muc"
    assert show(PERCENT, Fraction(7761, 10000)) == "77,61\u00a0%"
    assert show(an_element(ValueType.MONEY, "ty_dong"), Fraction(31, 5)) == "6,2\u00a0tỷ đồng"


whole = st.integers(-(10**15) + 1, 10**15 - 1).map(Fraction)
decimals = st.builds(lambda n, d: Fraction(n, 10**d), st.integers(-(10**12), 10**12), st.integers(0, 6))
days = st.integers(0, 73000).map(lambda n: date(1900, 1, 1) + timedelta(days=n))
values = st.one_of(
    st.tuples(st.just(INTEGER), whole.map(abs)),
    st.tuples(st.just(DECIMAL), decimals.map(abs)),
    st.tuples(st.just(PERCENT), decimals.map(lambda n: n / 100)),
    st.tuples(
        st.sampled_from(["dong", "nghin_dong", "trieu_dong", "ty_dong"]).map(
            lambda u: an_element(ValueType.MONEY, u)
        ),
        decimals,
    ),
    st.tuples(st.just(YES_NO), st.booleans()),
    st.tuples(st.just(DAY), days),
    st.tuples(st.just(ZONE), st.sampled_from(["mien_nui", "dong_bang"])),
)


@given(values)
def test_what_is_shown_is_read_as_the_same_value(pair: tuple[Element, Value]) -> None:
    element, value = pair
    assert read(element, show(element, value)).value == value


@given(values)
def test_what_is_stored_comes_back_as_the_same_value(pair: tuple[Element, Value]) -> None:
    element, value = pair
    assert decode(element.type, encode(value)) == value


@given(st.sampled_from(list(ValueType)), st.text(max_size=60))
def test_no_text_raises_and_every_text_is_kept(kind: ValueType, text: str) -> None:
    reading = read(an_element(kind, "dong"), text)
    assert unicodedata.is_normalized("NFC", reading.text)
    assert reading.value is None or reading.problem is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(2382), "2382"),
        (Fraction("77.61"), "77.61"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-1, 2), "-0.5"),
        (True, "true"),
        (False, "false"),
        (date(2022, 6, 22), "2022-06-22"),
        ("mien_nui", "mien_nui"),
    ],
)
def test_stored_text_is_canonical(value: Value, text: str) -> None:
    assert encode(value) == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ValueType.INTEGER, "1.5"),
        (ValueType.INTEGER, "01"),
        (ValueType.INTEGER, "+1"),
        (ValueType.INTEGER, "1e9"),
        (ValueType.INTEGER, "-0"),
        (ValueType.INTEGER, "1" * 41),
        (ValueType.DECIMAL, "1.50"),
        (ValueType.DECIMAL, "1/0"),
        (ValueType.DECIMAL, "2/4"),
        (ValueType.DECIMAL, "1/2"),
        (ValueType.DECIMAL, "nan"),
        (ValueType.YES_NO, "True"),
        (ValueType.DATE, "20220622"),
        (ValueType.DATE, "2022-02-30"),
        (ValueType.TEXT, ""),
        (ValueType.TEXT, unicodedata.normalize("NFD", "ạ")),
    ],
)
def test_stored_text_that_is_not_canonical_is_no_value(kind: ValueType, text: str) -> None:
    assert decode(kind, text) is None


def test_an_unknown_problem_still_has_a_sentence() -> None:
    assert explain(Problem("from_a_newer_version"))


def test_a_choice_is_read_as_it_is_shown_also_with_the_communes_word_for_hamlet() -> None:
    at_hamlet = Choice("tai_thon", Text("Tại thôn"))
    asked = Element(
        "noi", Text("Nơi"), ValueType.CHOICE, choices=(at_hamlet, Choice("tai_xa", Text("Tại xã")))
    )
    set_hamlet_word("ấp")
    try:
        assert [read(asked, text).value for text in ("Tại ấp", "Tại thôn", "tai_thon", "")] == [
            *["tai_thon"] * 3,
            None,
        ]
    finally:
        set_hamlet_word("")
