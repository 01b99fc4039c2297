"""Finding a commune: with or without marks, by code, by province, whatever is typed."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.facts.units import Unit, find_units, unit_of

UNITS = (
    Unit("07699", "Tân Tiến", "Phường", "Tỉnh Bắc Ninh"),
    Unit("32188", "Tân Tiến", "Xã", "Tỉnh Cà Mau"),
    Unit("32189", "Tấn Tiên", "Xã", "Tỉnh Cà Mau"),
    Unit("32190", "Tân Tiến Đông", "Xã", "Tỉnh Cà Mau"),
    Unit("00175", "Yên Hoà", "Phường", "Thành phố Hà Nội"),
    Unit("25363", "Đồng Phú", "Xã", "Tỉnh Đồng Nai", date(2025, 7, 1), date(2026, 4, 30)),
    Unit("25363", "Đồng Phú", "Phường", "Thành phố Đồng Nai", date(2026, 4, 30)),
    Unit("26383", "An Phước", "Xã", "Thành phố Đồng Nai"),
)


def codes(query: str, **how: object) -> list[str]:
    return [unit.code for unit in find_units(query, UNITS, **how)]


def test_exact_spelling_comes_before_the_same_letters() -> None:
    assert codes("tân tiến") == ["07699", "32188", "32189", "32190"]
    assert codes("Tấn Tiên") == ["32189", "07699", "32188", "32190"]
    assert codes(unicodedata.normalize("NFD", "Tấn Tiên")) == codes("Tấn Tiên")


def test_letters_without_marks_find_all_of_them() -> None:
    assert codes("tan tien") == ["07699", "32188", "32189", "32190"]
    assert codes("  TAN   TIEN  ") == codes("tan tien")
    assert codes("dong phu") == ["25363"]
    assert codes("yên hòa") == codes("yen hoa") == ["00175"], "old and new place of the tone mark"


def test_kind_and_province_narrow_it_down() -> None:
    assert codes("tan tien bac ninh") == ["07699"]
    assert codes("xã tân tiến")[0] == "32188"
    assert codes("dong phu dong nai")[0] == "25363"
    assert set(codes("tien ca mau")) == {"32188", "32189", "32190"}


def test_a_code_or_its_beginning_is_enough() -> None:
    assert codes("00175") == ["00175"]
    assert codes("3218") == ["32188", "32189"]


def test_a_day_says_which_of_two_rows_is_meant() -> None:
    assert [unit.kind for unit in find_units("dong phu", UNITS)] == ["Phường"]
    assert [unit.kind for unit in find_units("dong phu", UNITS, on=date(2026, 4, 29))] == ["Xã"]
    was = unit_of("25363", UNITS, on=date(2026, 4, 29))
    assert was is not None
    assert was.kind == "Xã"
    assert unit_of("25363", UNITS, on=date(2025, 6, 30)) is None
    assert unit_of("99999", UNITS) is None


@pytest.mark.parametrize("query", ["", "   ", "không có xã này", "9"])
def test_what_fits_nothing_finds_nothing(query: str) -> None:
    assert codes(query) == []


def test_at_most_as_many_as_asked() -> None:
    assert codes("tan", limit=2) == ["07699", "32188"]


@given(st.text(max_size=30))
def test_whatever_is_typed_finds_only_units_that_are_still_so(query: str) -> None:
    assert all(unit.until is None for unit in find_units(query, UNITS))


@given(st.sampled_from([unit for unit in UNITS if unit.until is None]))
def test_every_unit_is_found_by_its_full_name(unit: Unit) -> None:
    found = find_units(f"{unit.kind} {unit.name} {unit.province}", UNITS)
    assert unit in found
