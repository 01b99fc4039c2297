"""What a JSON value from anywhere must be before anything is done with it."""

from __future__ import annotations

import re

from ntm_desktop.snapshot.canonical import Json


def as_table(value: Json) -> dict[str, Json]:
    """Return an object. Raises TypeError."""
    if not isinstance(value, dict):
        raise TypeError
    return value


def as_list(value: Json) -> list[Json]:
    """Return a list. Raises TypeError."""
    if not isinstance(value, list):
        raise TypeError
    return value


def as_text(value: Json) -> str:
    """Return a text; one with a NUL is none, because no name and no column holds it. Raises TypeError."""
    if not isinstance(value, str) or "\0" in value:
        raise TypeError
    return value


def as_text_or_none(value: Json) -> str | None:
    """Return a text, or None. Raises TypeError."""
    return None if value is None else as_text(value)


def as_texts(value: Json) -> list[str]:
    """Return a list of texts. Raises TypeError."""
    return [as_text(each) for each in as_list(value)]


def as_count(value: Json) -> int:
    """Return a whole number that is not negative. Raises TypeError."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value


def as_matching(shape: re.Pattern[str], value: Json) -> str:
    """Return a text of this shape. Raises TypeError, ValueError."""
    text = as_text(value)
    if shape.fullmatch(text) is None:
        raise ValueError(text)
    return text
