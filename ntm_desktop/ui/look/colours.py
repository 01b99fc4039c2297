"""The palette in use as Qt colours.

The choice lives in the application's own `QPalette` (its accent), so there is no second state to keep in
step.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtGui import QColor, QGuiApplication, QPalette

from ntm_desktop.ui.look.tokens import DARK, LIGHT, Ink, Palette, palette_named


def current() -> Palette:
    """Return the palette that was applied last; light before any was."""
    return _palette(QGuiApplication.palette().cacheKey())


def colour(ink: Ink) -> QColor:
    """Return the ink in the palette in use."""
    return QColor(_tint(current().name, ink.name))


def faded(ink: Ink, percent: int) -> QColor:
    """Return the ink with the given opacity."""
    tint = colour(ink)
    tint.setAlpha(percent * 255 // 100)
    return tint


@lru_cache(maxsize=8)
def _palette(_key: int) -> Palette:
    """Look the palette in use up, once for each that Qt was given: every paint asks dozens of times."""
    accent = QGuiApplication.palette().color(QPalette.ColorRole.Accent)
    return DARK if accent == QColor(DARK.accent) else LIGHT


@cache
def _tint(palette: str, ink: str) -> QColor:
    return QColor(palette_named(palette).hex(Ink[ink]))
