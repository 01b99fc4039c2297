"""Colours, type roles, spacing and heights: the only place with hex values.

Rules:
* A colour is named by its use (`Ink`), never by its hue; both palettes fill every name.
* A state is icon + word + colour, never colour alone: `State` names the three inks and the icon that belong
  together.
* A text line is at least size x 1.5 high (`TextRole.line`): stacked Vietnamese accents rise above the
  font's ascent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final


class Ink(StrEnum):
    """Name a colour by its use; the value is the field of `Palette`."""

    WINDOW = "window"
    SURFACE = "surface"
    SUNKEN = "sunken"
    LINE = "line"
    LINE_STRONG = "line_strong"
    INPUT_LINE = "input_line"
    TRACK = "track"
    TEXT = "text"
    TEXT2 = "text2"
    TEXT3 = "text3"
    ACCENT = "accent"
    ACCENT_HOVER = "accent_hover"
    ACCENT_SOFT = "accent_soft"
    ACCENT_LINE = "accent_line"
    ON_ACCENT = "on_accent"
    MET = "met"
    MET_BG = "met_bg"
    MET_FILL = "met_fill"
    NOT_MET = "not_met"
    NOT_MET_BG = "not_met_bg"
    NOT_MET_FILL = "not_met_fill"
    UND = "und"
    UND_BG = "und_bg"
    UND_FILL = "und_fill"
    NA = "na"
    NA_BG = "na_bg"
    NA_FILL = "na_fill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Hold one hex value per ink."""

    name: str
    window: str
    surface: str
    sunken: str
    line: str
    line_strong: str
    input_line: str
    track: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    accent_soft: str
    accent_line: str
    on_accent: str
    met: str
    met_bg: str
    met_fill: str
    not_met: str
    not_met_bg: str
    not_met_fill: str
    und: str
    und_bg: str
    und_fill: str
    na: str
    na_bg: str
    na_fill: str

    def hex(self, ink: Ink) -> str:
        """Return the colour as `#RRGGBB`."""
        return str(getattr(self, ink.value))


LIGHT = Palette(
    name="light",
    window="#F3F4F6",
    surface="#FFFFFF",
    sunken="#F8F9FA",
    line="#E1E4E8",
    line_strong="#CDD2D9",
    input_line="#868E9A",
    track="#DDE1E6",
    text="#1A1F26",
    text2="#4F5864",
    text3="#666F7B",
    accent="#1F5FA8",
    accent_hover="#184D8A",
    accent_soft="#E8F0FA",
    accent_line="#A9C6E8",
    on_accent="#FFFFFF",
    met="#1B6B3A",
    met_bg="#E6F4EB",
    met_fill="#2E8B57",
    not_met="#B3261E",
    not_met_bg="#FCECEA",
    not_met_fill="#C8473D",
    und="#855300",
    und_bg="#FFF3D6",
    und_fill="#B7791F",
    na="#56606C",
    na_bg="#ECEFF2",
    na_fill="#868E9A",
)

DARK = Palette(
    name="dark",
    window="#16191D",
    surface="#1E2227",
    sunken="#1A1D22",
    line="#2E343B",
    line_strong="#414952",
    input_line="#77818E",
    track="#343B43",
    text="#E8EBEF",
    text2="#B3BBC6",
    text3="#98A1AD",
    accent="#7FB2EE",
    accent_hover="#9CC4F3",
    accent_soft="#1F3148",
    accent_line="#3D618C",
    on_accent="#1E2227",
    met="#7CCB97",
    met_bg="#1B3325",
    met_fill="#5DB37C",
    not_met="#FF9C92",
    not_met_bg="#3F2220",
    not_met_fill="#E3776D",
    und="#F0BF5B",
    und_bg="#392C12",
    und_fill="#D19B3C",
    na="#AEB7C2",
    na_bg="#2A3037",
    na_fill="#77818E",
)

PALETTES = (LIGHT, DARK)


def palette_named(name: str) -> Palette:
    """Return the palette of that name; the light one for a name nobody knows."""
    return next((palette for palette in PALETTES if palette.name == name), LIGHT)


class State(Enum):
    """Name the four states a thing can be in; parts show them, screens decide them."""

    MET = "met"
    NOT_MET = "not_met"
    UND = "und"
    NA = "na"

    @property
    def ink(self) -> Ink:
        """Return the colour of its word and icon."""
        return Ink(self.value)

    @property
    def ground(self) -> Ink:
        """Return the pale ground of its chip."""
        return Ink(f"{self.value}_bg")

    @property
    def fill(self) -> Ink:
        """Return the colour of its part of a bar."""
        return Ink(f"{self.value}_fill")

    @property
    def icon(self) -> str:
        """Return the id of its icon."""
        return self.value


REGULAR = 400
SEMIBOLD = 600


class TextRole(Enum):
    """Name a size and weight by what is written in it."""

    VERDICT = (22, SEMIBOLD)
    FIGURE = (20, SEMIBOLD)
    PAGE_TITLE = (18, SEMIBOLD)
    CARD_TITLE = (14, SEMIBOLD)
    TYPED = (14, REGULAR)
    STRONG = (13, SEMIBOLD)
    BODY = (13, REGULAR)
    SMALL_STRONG = (12, SEMIBOLD)
    SMALL = (12, REGULAR)

    def __init__(self, size: int, weight: int) -> None:
        """Keep what is asked for many times in every paint."""
        self.size: Final = size
        """Of the letters, in logical pixels."""
        self.weight: Final = weight
        """400 or 600."""
        self.line: Final = math.ceil(size * 1.5)
        """Height of one text line, rounded up."""


SPACING = (2, 4, 6, 8, 10, 12, 16, 20, 24, 28)
LABEL_TO_INPUT = 5
CARD_MARGINS = (16, 12, 16, 10)
"""Left, top, right, bottom inside a card."""
BETWEEN_CARDS = 10
BETWEEN_CARDS_OVERVIEW = 14
FOCUS_ROOM = 6
"""Free room around anything that can have the focus, so that the ring cuts no accent."""

RADIUS_CONTROL = 4
RADIUS_CARD = 6
RADIUS_TICK = 3

TOP_BAR = 52
STATUS_BAR = 30
RAIL_ENTRY = 52
RAIL_WIDTH = 84
RAIL_WIDTH_NARROW = 52
TREE_ROW = 28
TABLE_ROW = 34
TABLE_HEADER = 44
CONTROL = 32
CONTROL_SMALL = 28
CHIP = 24
CHIP_HEADER = 26
MARK = 20
TICK_BOX = 16
TICK_ROW = 24
LIST_ROW = 52
GROUP_HEAD = 30
BAR = 6
BAR_DOSSIER = 8
NUMBER_WIDTHS = (104, 120, 184)
CARD_WIDTH_MOST = 860
