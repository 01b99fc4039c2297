"""The shipped table of administrative units: complete, dated, and agreeing with what is published."""

from __future__ import annotations

from collections import Counter
from datetime import date

from ntm_desktop.facts.units import find_units, unit_of
from ntm_desktop.workspace.units import load_units

REFORM, CITY = date(2025, 7, 1), date(2026, 4, 30)


def test_the_counts_are_the_published_ones_on_either_side_of_april_2026() -> None:
    def kinds(day: date) -> Counter[str]:
        return Counter(unit.kind for unit in load_units() if unit.valid_on(day))

    assert kinds(date(2025, 12, 31)) == {"Xã": 2621, "Phường": 687, "Đặc khu": 13}
    assert kinds(CITY) == {"Xã": 2611, "Phường": 697, "Đặc khu": 13}
    assert kinds(date(2025, 6, 30)) == {}


def test_every_code_is_five_digits_and_holds_for_one_unit_at_a_time() -> None:
    units = load_units()
    assert all(len(unit.code) == 5 and unit.code.isdigit() for unit in units)
    for day in (REFORM, date(2026, 4, 29), CITY):
        codes = [unit.code for unit in units if unit.valid_on(day)]
        assert len(codes) == len(set(codes)) == 3321
    assert len({unit.province for unit in units if unit.until is None}) == 34


def test_a_commune_is_named_as_it_was_on_the_day() -> None:
    before = unit_of("26248", load_units(), on=date(2026, 4, 29))
    after = unit_of("26248", load_units())
    assert before is not None
    assert after is not None
    assert (before.kind, before.province, before.decree) == ("Xã", "Tỉnh Đồng Nai", "19/2025/QĐ-TTg")
    assert (after.kind, after.province, after.decree) == ("Phường", "Thành phố Đồng Nai", "237/NQ-UBTVQH16")


def test_the_sample_commune_is_found_by_name_and_by_code() -> None:
    for query in (
        "Vĩnh An",
        "vinh an",
        "VINH AN an giang",
        "xa vinh an",
        "30604",
        "Vĩnh An".encode().decode(),
    ):
        found = find_units(query, load_units())
        assert "30604" in [unit.code for unit in found[:2]], query
    commune = find_units("30604", load_units())[0].commune("ấp")
    assert (commune.name, commune.kind, commune.province, commune.hamlet_label) == (
        *("Vĩnh An", "Xã", "Tỉnh An Giang"),
        "ấp",
    )
