"""Amounts of bytes in the officer's words."""

from __future__ import annotations

from fractions import Fraction

from ntm_desktop.facts.numerals import show_number
from ntm_desktop.i18n import gettext as _

_GIGABYTE = 1024 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_KILOBYTE = 1024


def size_words(size: int) -> str:
    """Return "3,1 GB", "18,4 MB" or "412 KB"."""
    if size >= _GIGABYTE:
        return _("{amount} GB").format(amount=show_number(Fraction(round(size * 10 / _GIGABYTE), 10)))
    if size >= _MEGABYTE:
        return _("{amount} MB").format(amount=show_number(Fraction(round(size * 10 / _MEGABYTE), 10)))
    return _("{amount} KB").format(amount=show_number(Fraction(max(1, round(size / _KILOBYTE)))))
