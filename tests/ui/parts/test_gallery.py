from __future__ import annotations

import pytest

from ntm_desktop.ui.look import style
from ntm_desktop.ui.look.tokens import LIGHT, PALETTES
from tests.ui.parts import gallery


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_every_part_is_painted_in_both_palettes(dressed, palette):
    try:
        picture = gallery.draw(dressed, palette).toImage()
    finally:
        style.apply(dressed, LIGHT)
    colours = {picture.pixelColor(x, y).name().upper() for x in range(0, 1366, 3) for y in range(0, 1200, 3)}
    assert {palette.window, palette.surface, palette.accent, palette.not_met, palette.und_bg} <= colours
