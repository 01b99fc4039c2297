from __future__ import annotations

import argparse

import pytest

from ntm_desktop import settings
from ntm_desktop.cli.command import day_of, officer


@pytest.mark.parametrize(
    ("text", "day"), [("31/12/2023", "2023-12-31"), ("2023-12-31", "2023-12-31"), ("1/2/2024", "")]
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
