"""The years a dossier may be for."""

from __future__ import annotations

from dataclasses import replace

from ntm_desktop.operations.start import known_sets
from ntm_desktop.ui.overview.new_dossier import years_of


def test_years_have_begun_the_newest_first() -> None:
    chosen = replace(known_sets()[0], valid_from=2021, valid_to=2025)
    assert years_of(chosen, 2023) == [2023, 2022, 2021]
    assert years_of(chosen, 2030) == [2025, 2024, 2023, 2022, 2021]
    assert years_of(chosen, 2019) == [2021]
    assert years_of(replace(chosen, valid_to=None), 2022) == [2022, 2021]
    assert years_of(replace(chosen, valid_from=None, valid_to=None), 2022) == [2022, 2021, 2020, 2019, 2018]
