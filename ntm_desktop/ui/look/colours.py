"""The palette in use as Qt colours.

The choice lives in the application's own `QPalette` (its accent), so there is no second state to keep in
step.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QGuiApplication, QPalette

from ntm_desktop.ui.look.tokens import DARK, LIGHT, Ink, Palette


def current() -> Palette:
    """Return the palette that was applied last; light before any was."""
    accent = QGuiApplication.palette().color(QPalette.ColorRole.Accent)
    return DARK if accent == QColor(DARK.accent) else LIGHT


def colour(ink: Ink) -> QColor:
    """Return the ink in the palette in use."""
    return QColor(current().hex(ink))


def faded(ink: Ink, percent: int) -> QColor:
    """Return the ink with the given opacity."""
    tint = colour(ink)
    tint.setAlpha(percent * 255 // 100)
    return tint
