"""A map of the province's communes from a boundary file that the office supplies; the reviewer's workspace keeps it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.facts.folding import fold
from ntm_desktop.media.boundaries import Area, Boundaries, read_boundaries
from ntm_desktop.operations.review_desk import ReviewDesk

__all__ = [
    "Area",
    "Boundaries",
    "CommuneMap",
    "keep_boundaries",
    "kept_boundaries",
    "match",
    "read_boundaries",
]

_NAME: Final = "boundaries.geojson"
_LOOKED_AT: Final = 50
"""Areas whose properties are looked at to find out which of them name communes."""
_KIND: Final = re.compile(r"(xa|phuong|thi tran|dac khu) (?=\S)")
_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class CommuneMap:
    """The areas of a file, each with the commune it is."""

    boundaries: Boundaries
    communes: tuple[str, ...]
    """Code of the commune of each area; empty: none of this province."""
    missing: tuple[str, ...]
    """Codes of communes that have no area."""


def match(boundaries: Boundaries, names: Mapping[str, str]) -> CommuneMap:
    """Find the commune of each area by its code, else by its name; `names` has the communes' names by code.

    A name that two communes have says nothing. Kind and marks of a name do not matter.
    """
    areas = boundaries.areas
    by_code = _best(areas, lambda said: said.zfill(_DIGITS) if said.zfill(_DIGITS) in names else "")
    count = Counter(map(_bare, names.values()))
    codes = {_bare(name): code for code, name in names.items() if count[_bare(name)] == 1}
    by_name = _best(areas, lambda said: codes.get(_bare(said), ""))
    known = frozenset(by_code.values())
    named = {place: code for place, code in by_name.items() if code not in known}
    found = named | by_code
    there = frozenset(found.values())
    return CommuneMap(
        boundaries,
        tuple(found.get(place, "") for place in range(len(areas))),
        tuple(code for code in names if code not in there),
    )


def _best(areas: Sequence[Area], meant: Callable[[str], str]) -> dict[int, str]:
    """Return the commune of each area by the one property that names the most of them."""
    properties = dict.fromkeys(name for area in islice(areas, _LOOKED_AT) for name in area.properties)
    tried = (
        {
            place: code
            for place, area in enumerate(areas)
            if (code := meant(area.properties.get(one, "").strip()))
        }
        for one in properties
    )
    return max(tried, key=lambda found: len(set(found.values())), default={})


def _bare(name: str) -> str:
    return _KIND.sub("", fold(name), count=1) if name else ""


def kept_boundaries(desk: ReviewDesk) -> Path | None:
    """Return the boundary file this workspace keeps; None before one was chosen."""
    path = desk.folder.folder / _NAME
    return path if path.is_file() else None


def keep_boundaries(desk: ReviewDesk, path: Path) -> None:
    """Keep a boundary file that could be read. Raises DiskFull, FileUnwritable; then the one before stays."""
    target = desk.folder.folder / _NAME
    beside = target.with_name(f"{_NAME}.part")
    try:
        shutil.copyfile(path, beside)
        Disk().rename(beside, target)
    except OSError as fault:
        raise unwritable(target, fault) from fault
