"""The sentences of papers, kept as data: papers are Vietnamese by law, whatever language the window speaks.

An id names a table and a key of resources/papers/vi.toml: `report.opening`. Every entry is one whole sentence.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Final

from ntm_desktop.paths import resources_folder

GAP: Final = "\N{NO-BREAK SPACE}" * 8
"""Room for the clerk to write a number or a day."""
VIETNAM: Final = timezone(timedelta(hours=7))
_FEBRUARY: Final = 2


def say(sentence: str, /, **facts: object) -> str:
    """Return a sentence with its places filled; `{gap}` is filled by itself."""
    text = _texts()[sentence]
    if not isinstance(text, str):
        raise TypeError(sentence)
    return text.format(gap=GAP, **facts)


def lines(name: str, /, **facts: object) -> tuple[str, ...]:
    """Return the lines of a list with their places filled."""
    texts = _texts()[name]
    if isinstance(texts, str):
        raise TypeError(name)
    return tuple(text.format(gap=GAP, **facts) for text in texts)


def has(sentence: str) -> bool:
    """Say whether there is such a sentence."""
    return sentence in _texts()


def long_date(day: date) -> str:
    """Return `ngay 08 thang 3 nam 2022`: days under 10 and the months 1 and 2 get a zero (Nghi dinh 30/2020)."""
    month = f"{day.month:02d}" if day.month <= _FEBRUARY else str(day.month)
    return say("date.long", day=f"{day.day:02d}", month=month, year=day.year)


def short_date(day: date | None) -> str:
    """Return `08/03/2022`; nothing for no date."""
    if day is None:
        return ""
    return say("date.short", day=f"{day.day:02d}", month=f"{day.month:02d}", year=day.year)


def in_vietnam(moment: str) -> datetime:
    """Return a moment of ISO 8601 with `Z` in +07:00, whatever the machine's own zone."""
    return datetime.fromisoformat(moment).astimezone(VIETNAM)


@cache
def _texts() -> Mapping[str, str | list[str]]:
    content = tomllib.loads((resources_folder() / "papers" / "vi.toml").read_text(encoding="utf-8"))
    return {f"{table}.{key}": text for table, entries in content.items() for key, text in entries.items()}
