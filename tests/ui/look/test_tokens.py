from __future__ import annotations

import re

import pytest

from ntm_desktop.ui.look.tokens import DARK, LIGHT, SPACING, Ink, Palette, State, TextRole, palette_named

TEXT_LIMIT = 4.5
EDGE_LIMIT = 3.0

# The table of the design paper: ink, ground, light, dark.
TEXT_PAIRS = """
text surface 16.56 13.37|text window 15.05 14.75|text sunken 15.71 14.13|text accent_soft 14.41 11.04
text2 surface 7.21 8.25|text2 window 6.55 9.10|text2 sunken 6.84 8.72|text2 accent_soft 6.28 6.81
text3 surface 5.09 6.12|text3 sunken 4.83 6.47|text3 window 4.63 6.75
accent surface 6.44 7.24|accent window 5.85 7.98|accent accent_soft 5.61 5.97|accent sunken 6.11 7.65
on_accent accent 6.44 7.24|on_accent accent_hover 8.51 8.84
met surface 6.54 8.26|met met_bg 5.76 7.01|met window 5.94 9.11|met accent_soft 5.69 6.82
not_met surface 6.54 7.94|not_met not_met_bg 5.70 7.13|not_met window 5.94 8.75|not_met accent_soft 5.69 6.55
not_met sunken 6.20 8.39|und surface 6.49 9.37|und und_bg 5.89 7.98|und window 5.90 10.34
und accent_soft 5.65 7.74|und sunken 6.16 9.90|na surface 6.39 7.88|na na_bg 5.54 6.57
text not_met_bg 14.45 12.02|text und_bg 15.02 11.38|text2 und_bg 6.54 7.03|text2 not_met_bg 6.29 7.42
"""
EDGE_PAIRS = """
input_line surface 3.31 4.05|input_line window 3.01 4.46|met_fill surface 4.25 6.25
not_met_fill surface 4.75 5.43|und_fill surface 3.64 6.45|na_fill surface 3.31 4.05
"""


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.1."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(palette: Palette, ink: str, ground: str) -> float:
    one, other = luminance(palette.hex(Ink(ink))), luminance(palette.hex(Ink(ground)))
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def cases(table: str, limit: float) -> list[tuple[str, str, Palette, float, float]]:
    rows = [row.split() for row in table.replace("\n", "|").split("|") if row.strip()]
    return [
        (ink, ground, palette, float(printed), limit)
        for ink, ground, light, dark in rows
        for palette, printed in ((LIGHT, light), (DARK, dark))
    ]


@pytest.mark.parametrize(
    ("ink", "ground", "palette", "printed", "limit"),
    cases(TEXT_PAIRS, TEXT_LIMIT) + cases(EDGE_PAIRS, EDGE_LIMIT),
    ids=lambda value: value.name if isinstance(value, Palette) else str(value),
)
def test_every_pair_of_the_contrast_table_holds(ink, ground, palette, printed, limit):
    ratio = contrast(palette, ink, ground)
    assert ratio >= limit
    assert ratio == pytest.approx(printed, abs=0.006)


def test_on_a_selected_row_words_are_text2_and_edges_text3():
    assert contrast(LIGHT, "text3", "accent_soft") == pytest.approx(4.43, abs=0.006)
    assert contrast(LIGHT, "input_line", "accent_soft") == pytest.approx(2.88, abs=0.006)
    assert contrast(LIGHT, "text3", "accent_soft") >= EDGE_LIMIT


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_every_ink_is_a_hex_value(palette):
    assert all(re.fullmatch(r"#[0-9A-F]{6}", palette.hex(ink)) for ink in Ink)


def test_states_differ_in_icon_and_in_all_three_inks():
    for part in ("icon", "ink", "ground", "fill"):
        assert len({getattr(state, part) for state in State}) == len(State)


def test_nothing_is_smaller_than_12_and_every_line_is_half_as_high_again():
    assert min(role.size for role in TextRole) == 12
    assert all(role.line * 2 >= role.size * 3 for role in TextRole)
    assert TextRole.BODY.line == 20


def test_spacing_scale_is_the_one_of_the_design():
    assert SPACING == (2, 4, 6, 8, 10, 12, 16, 20, 24, 28)


def test_palettes_are_found_by_name_and_light_is_the_default():
    assert palette_named("dark") is DARK
    assert palette_named("no such thing") is LIGHT
