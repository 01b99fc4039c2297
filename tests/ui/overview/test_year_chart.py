"""The chart tells its numbers to those who do not see it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ntm_desktop.errors import FileUnwritable
from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.i18n import Text
from ntm_desktop.operations.series import Point, Series
from ntm_desktop.ui.overview.year_chart import YearBar, YearChart
from tests.ui.conftest import Shown


def test_every_number_is_in_the_accessible_text(shown: Shown, dressed: QApplication) -> None:
    chart = YearChart()
    shown(chart)
    chart.show_years([YearBar(2023, 41, chosen=False), YearBar(2024, 43, chosen=True)], 57)
    said = chart.accessibleName() + chart.accessibleDescription()
    assert all(number in said for number in ("2023", "41", "2024", "43", "57"))


def figures() -> Series:
    element = Element("ho_so", Text("Hồ sơ"), ValueType.INTEGER)
    return Series(element, (Point(2023, Fraction(0), "0"), Point(2024, Fraction(12345), "12.345")))


def test_a_figure_is_drawn_and_spoken(shown: Shown, dressed: QApplication) -> None:
    chart = YearChart()
    shown(chart, 300, 150)
    chart.show_series(figures(), 2024)
    assert chart.accessibleName() == "2023: 0, 2024: 12.345"
    chart.show_series(Series(figures().element, ()), 2024)
    assert chart.accessibleName() == ""
    chart.show_years([YearBar(2024, 0, chosen=True)], 0)
    assert not chart.grab().isNull()


def test_it_is_saved_as_png_and_svg(shown: Shown, dressed: QApplication, tmp_path: Path) -> None:
    chart = YearChart()
    chart.show_series(figures(), 2024)
    chart.export(tmp_path / "biểu đồ.png", "Hồ sơ")
    picture = QImage(str(tmp_path / "biểu đồ.png"))
    assert (picture.width(), picture.height()) == (1280, 600)
    chart.export(tmp_path / "a.svg", "Hồ sơ của xã")
    drawing = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "<svg" in drawing
    assert "Hồ sơ của xã" in drawing
    assert "12.345" in drawing


@pytest.mark.parametrize("name", ["a.png", "a.svg"])
def test_a_picture_that_cannot_be_written_is_said(
    dressed: QApplication, tmp_path: Path, name: str, qtlog
) -> None:
    chart = YearChart()
    chart.show_series(figures(), 2024)
    with pytest.raises(FileUnwritable), qtlog.disabled():
        chart.export(tmp_path / "không có" / name, "Hồ sơ")
