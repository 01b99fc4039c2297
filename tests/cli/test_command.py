from __future__ import annotations

import argparse

import pytest

from ntm_desktop import settings
from ntm_desktop.cli.command import day_of, officer, year_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2023", "2023-12-31"),
        ("2023-12-31", "2023-12-31"),
        *(
            (text, "")
            for text in ("1/2/2024", "31/02/2024", "20231231", "2023-W01-1", "01/01/0001", "31/12/9999")
        ),
        ("\u0663\u0661/12/2023", ""),
    ],
)
def test_days_are_read_both_ways(text: str, day: str) -> None:
    if day:
        assert day_of(text) == day
    else:
        with pytest.raises(argparse.ArgumentTypeError):
            day_of(text)


def test_officer_is_who_the_window_remembers() -> None:
    assert officer()
    settings.save(settings.Settings(officer="Lê Văn Hậu"))
    try:
        assert officer() == "Lê Văn Hậu"
    finally:
        settings.save(settings.Settings())


def test_year_has_four_plain_digits() -> None:
    assert year_of("2023") == 2023
    for text in ("0", "99999", "2023.0", "\uff12\uff10\uff12\uff13", "9" * 5000, ""):
        with pytest.raises(argparse.ArgumentTypeError) as refused:
            year_of(text)
        assert len(str(refused.value)) < 200
