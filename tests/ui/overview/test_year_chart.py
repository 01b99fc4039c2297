"""The chart tells its numbers to those who do not see it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.ui.overview.year_chart import YearBar, YearChart
from tests.ui.conftest import Shown


def test_every_number_is_in_the_accessible_text(shown: Shown, dressed: QApplication) -> None:
    chart = YearChart()
    shown(chart)
    chart.show_years([YearBar(2023, 41, chosen=False), YearBar(2024, 43, chosen=True)], 57)
    said = chart.accessibleName() + chart.accessibleDescription()
    assert all(number in said for number in ("2023", "41", "2024", "43", "57"))
