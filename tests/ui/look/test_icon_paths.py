from __future__ import annotations

import pytest

from ntm_desktop.ui.look import icon_paths


@pytest.mark.parametrize("name", icon_paths.SHAPES)
def test_shape_is_drawn_inside_the_grid(name):
    bounds = icon_paths.path(name).boundingRect()
    assert not icon_paths.path(name).isEmpty()
    assert bounds.left() >= 0.5
    assert bounds.top() >= 0.5
    assert bounds.right() <= 15.5
    assert bounds.bottom() <= 15.5


def test_unknown_icon_is_an_error():
    with pytest.raises(KeyError):
        icon_paths.path("smiley")
