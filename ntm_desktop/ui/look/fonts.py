"""The letters: Open Sans Regular and Semibold, bundled, so that every machine shows the same ones.

Liberation Serif lies beside them for the papers; the window never uses it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase

from ntm_desktop.paths import resources_folder

if TYPE_CHECKING:
    from pathlib import Path

    from ntm_desktop.ui.look.tokens import TextRole

FAMILY = "Open Sans"
_FILES = ("OpenSans-Regular.ttf", "OpenSans-Semibold.ttf")


def folder() -> Path:
    """Return the folder of the bundled font files."""
    return resources_folder() / "fonts"


@cache
def install() -> None:
    """Load the bundled letters into the running program.

    Raises FileUnreadable when a font file is missing or broken: the window would show boxes, not letters.
    """
    for name in _FILES:
        path = folder() / name
        if QFontDatabase.addApplicationFont(str(path)) == -1:
            from ntm_desktop.errors import (
                FileUnreadable,
            )  # before the first paint nothing is loaded for a fault

            raise FileUnreadable(str(path), "font")


def font(role: TextRole) -> QFont:
    """Return the letters of the role."""
    return QFont(letters(role.size, role.weight))


@cache
def letters(size: int, weight: int) -> QFont:
    """Return the letters of a size in pixels and a weight, not to be changed."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    return made
