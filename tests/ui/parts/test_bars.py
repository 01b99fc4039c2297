from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ntm_desktop.ui.look.tokens import LIGHT, State
from ntm_desktop.ui.parts.bars import ProgressBar, Segment, SegmentBar, ThresholdBar


def test_track_is_filled_to_the_value_in_the_colour_of_the_state(shown):
    bar = ThresholdBar()
    bar.show_value(0.25, 0.5, State.NOT_MET, "Mức đạt > 50 %")
    shown(bar, 400, bar.sizeHint().height())
    image = bar.grab().toImage()
    middle = 22 + 7
    assert image.pixelColor(50, middle) == QColor(LIGHT.not_met_fill)
    assert image.pixelColor(150, middle) == QColor(LIGHT.track)
    assert image.pixelColor(200, middle - 6) == QColor(LIGHT.text)
    assert image.pixelColor(201, middle) == QColor(LIGHT.surface)
    assert bar.accessibleName() == "Mức đạt > 50 %"


def test_words_start_at_the_tick_and_are_pushed_left_only_at_the_edge(shown):
    bar = ThresholdBar()
    bar.show_value(0.1, 0.3, State.NOT_MET, "Mức đạt > 30 %")
    shown(bar, 500, 36)
    assert bar.words.x() == round(bar.tick_x())
    bar.set_unchecked("chưa đối chiếu")
    assert bar.mark.x() == bar.words.geometry().right() + 9
    bar.show_value(0.1, 0.98, State.NOT_MET, "Mức đạt ≥ 98 %")
    assert bar.mark.geometry().right() == bar.width() - 1
    bar.set_unchecked("")
    assert bar.mark.isHidden()


@given(share=st.floats(-1, 3), tick=st.floats(-1, 3), width=st.integers(60, 900))
def test_tick_and_words_stay_inside_whatever_the_values(share, tick, width):
    QApplication.instance() or QApplication([])
    bar = ThresholdBar()
    bar.resize(width, 36)
    bar.show_value(share, tick, State.MET, "≥ 1")
    assert 0 <= bar.tick_x() <= width
    assert bar.words.x() >= 0
    assert not bar.grab().isNull()


def test_progress_is_in_accent(shown):
    bar = shown(ProgressBar(), 200, 6)
    bar.set_share(0.5)
    image = bar.grab().toImage()
    assert image.pixelColor(50, 3) == QColor(LIGHT.accent)
    assert image.pixelColor(150, 3) == QColor(LIGHT.track)


def test_parts_of_a_dossier_are_as_wide_as_their_counts(shown):
    bar = SegmentBar()
    parts = [Segment(State.MET, 30), Segment(State.NOT_MET, 30), Segment(State.UND, 0), Segment(State.NA, 1)]
    bar.show_segments(parts, "30 đạt, 30 chưa đạt, 1 không áp dụng")
    shown(bar, 610, 8)
    image = bar.grab().toImage()
    assert image.pixelColor(150, 4) == QColor(LIGHT.met_fill)
    assert image.pixelColor(450, 4) == QColor(LIGHT.not_met_fill)
    assert image.pixelColor(606, 4) == QColor(LIGHT.na_fill)
    assert "30 chưa đạt" in bar.accessibleName()


@pytest.mark.parametrize("parts", [[], [Segment(State.MET, 0)]])
def test_bar_of_nothing_is_an_empty_track(shown, parts):
    bar = SegmentBar()
    bar.show_segments(parts, "chưa có chỉ tiêu nào")
    shown(bar, 200, 8)
    assert bar.grab().toImage().pixelColor(100, 4) == QColor(LIGHT.track)
