"""The table of administrative units shipped with the program, read when a commune is looked for."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from typing import Final

from ntm_desktop.facts.folding import fold
from ntm_desktop.facts.units import Unit
from ntm_desktop.paths import resources_folder

_COMMUNE_DIGITS: Final = 5


@cache
def load_units() -> tuple[Unit, ...]:
    """Return the communes, wards and special zones since July 2025, in the order of their codes.

    Raises FileNotFoundError when the program is not installed completely.
    """
    day = cache(_day)
    with (resources_folder() / "administrative-units.csv").open(encoding="utf-8", newline="") as table:
        rows = csv.reader(table)
        next(rows)
        return tuple(
            Unit(code, name, kind, province, day(since), day(until), decree, fold(name))
            for code, name, kind, province, since, until, decree in rows
            if len(code) == _COMMUNE_DIGITS
        )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
