"""Widths and heights at which a window changes its shape, in logical pixels.

Font scaling and small screens are one case, because only logical sizes are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from ntm_desktop.ui.look.tokens import RAIL_ENTRY

MINIMUM_WIDTH = 512
MINIMUM_HEIGHT = 340
LOW = 620
"""Under this client height the rail shows icons only."""
_MARGIN_FULL = 1100


class Breadth(IntEnum):
    """Name a class of window widths by its lower end; compare with `<`."""

    STACKED = 0
    """Under 760: the tree is a drawer too, labels and inputs stack in one column."""
    NARROW = 760
    """760-959: rail of icons, narrow cards."""
    DRAWER = 960
    """960-1199: the side panel is a drawer."""
    FULL = 1200
    """From 1200: everything beside each other."""


@dataclass(frozen=True, slots=True)
class Room:
    """Say what fits into a window of this many logical pixels."""

    width: int
    height: int

    @property
    def breadth(self) -> Breadth:
        """Return the class of the width."""
        return max(breadth for breadth in Breadth if self.width >= breadth)

    @property
    def rail_of_icons(self) -> bool:
        """Say whether the rail shows icons only."""
        return self.breadth < Breadth.DRAWER or self.height < LOW

    @property
    def side_panel_is_drawer(self) -> bool:
        """Say whether guidance and evidence fold into two buttons."""
        return self.breadth < Breadth.FULL

    @property
    def tree_is_drawer(self) -> bool:
        """Say whether the tree opens over the page."""
        return self.breadth < Breadth.NARROW

    @property
    def tree_width(self) -> int:
        """Return the width of the tree, as long as nobody dragged it."""
        if self.breadth >= Breadth.FULL:
            return 262
        return 240 if self.breadth >= Breadth.DRAWER else 226

    @property
    def page_margin(self) -> int:
        """Return the margin around a page."""
        if self.breadth < Breadth.DRAWER:
            return 14
        return 16 if self.width < _MARGIN_FULL else 20


def rail_entry(height: int, screens: int) -> int:
    """Return how high each of so many entries is in a rail of this height: all are in view, 2 apart, 8 at the ends."""
    return min(RAIL_ENTRY, (height - 16 + 2) // max(screens, 1) - 2)
