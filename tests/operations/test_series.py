"""Figures over the years: those known of two years or more, as numbers."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from ntm_desktop.operations.answer import claim_state
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.series import series
from tests.support.desks import fresh_desk
from tests.support.figures import FILES, ONLINE, key, type_in


def test_a_figure_of_two_years_is_a_series_the_oldest_first(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "612", FILES: "2.382", "ht_tthc": "có"})
    assert series(desk) == ()
    for year, text in ((2022, "1.900"), (2023, "không rõ"), (2010, "5")):
        desk.record([claim_state(desk, key(FILES, year=year), text)], "answer")
    desk.record([claim_state(desk, key("ht_tthc", year=2023), "có")], "answer")
    (found,) = series(desk)
    assert found.element.name == FILES
    assert [(one.year, one.value, one.words) for one in found.points] == [
        (2022, Fraction(1900), "1.900"),
        (2024, Fraction(2382), "2.382"),
    ]


def test_without_a_dossier_there_is_none(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk:
        assert series(desk) == ()
