from __future__ import annotations

import pytest

from ntm_desktop.ui.look.breakpoints import Breadth, Room, rail_entry
from ntm_desktop.ui.look.tokens import RAIL_ENTRY


@pytest.mark.parametrize(
    ("width", "breadth"),
    [
        (1366, Breadth.FULL),
        (1200, Breadth.FULL),
        (1199, Breadth.DRAWER),
        (960, Breadth.DRAWER),
        (959, Breadth.NARROW),
        (760, Breadth.NARROW),
        (759, Breadth.STACKED),
        (512, Breadth.STACKED),
    ],
)
def test_width_falls_into_its_class(width, breadth):
    assert Room(width, 697).breadth is breadth


def test_low_windows_have_a_rail_of_icons_too():
    assert not Room(1366, 620).rail_of_icons
    assert Room(1366, 619).rail_of_icons
    assert Room(959, 697).rail_of_icons


def test_panels_become_drawers_one_after_the_other():
    assert not Room(1200, 697).side_panel_is_drawer
    assert Room(1024, 697).side_panel_is_drawer
    assert not Room(911, 512).tree_is_drawer
    assert Room(683, 384).tree_is_drawer


@pytest.mark.parametrize(("width", "margin"), [(1366, 20), (1099, 16), (960, 16), (959, 14)])
def test_page_margin_shrinks_with_the_width(width, margin):
    assert Room(width, 697).page_margin == margin


@pytest.mark.parametrize("height", [300, 430, 615, 700, 900])
@pytest.mark.parametrize("screens", [1, 8, 12])
def test_all_entries_of_the_rail_are_in_view_and_none_is_higher_than_it_need_be(
    height: int, screens: int
) -> None:
    entry = rail_entry(height, screens)
    assert 0 < entry <= RAIL_ENTRY
    assert 16 + screens * entry + 2 * (screens - 1) <= height
