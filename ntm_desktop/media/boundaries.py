"""Boundaries of communes from a GeoJSON file (RFC 7946) that an office supplies, made small enough to draw.

Every dot is put on a grid laid over the whole map and what falls onto the same place is dropped: a picture needs no
more, and neighbours keep their common border, which simplifying each area alone would tear open. The file is read in
a child process with limits.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ntm_desktop.disk import fault_name
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.media.child import Answer, CannotError, in_child
from ntm_desktop.media.limits import MOST_AREAS, MOST_BOUNDARY_BYTES
from ntm_desktop.media.refusals import (
    BoundariesBroken,
    BoundariesElsewhere,
    BoundariesEmpty,
    BoundariesTooLarge,
)

GRID: Final = 4096
"""Steps across the longer side of the map: some dots more than a large screen has."""
_MOST_PROPERTIES: Final = 40
_LONGEST_PROPERTY: Final = 200
_EAST, _NORTH = 180, 90
_FEWEST_DOTS: Final = 3

Ring = tuple[tuple[int, int], ...]
"""Places on the grid, to the right and down; closed by itself."""


@dataclass(frozen=True, slots=True)
class Area:
    """One thing on the map that has an extent."""

    properties: Mapping[str, str]
    """What the file says of it, as text."""
    rings: tuple[Ring, ...]
    """Outer edges and holes alike: what an odd number of them goes around is inside."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """A map, as wide and high as it is on the grid."""

    areas: tuple[Area, ...]
    width: int
    height: int


def read_boundaries(path: Path) -> Boundaries:
    """Read the areas of a GeoJSON file in degrees (WGS 84); points and lines are passed over.

    Raises FileUnreadable, BoundariesTooLarge, BoundariesBroken, BoundariesElsewhere, BoundariesEmpty.
    """
    try:
        size = path.stat().st_size
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
    if size > MOST_BOUNDARY_BYTES:
        raise BoundariesTooLarge(path.name, "file")
    try:
        found = json.loads(in_child(read_job, str(path)).content)
    except CannotError as cannot:
        if cannot.reason in {"memory", "time", "areas"}:
            raise BoundariesTooLarge(path.name, cannot.reason) from cannot
        refusal = {"elsewhere": BoundariesElsewhere, "empty": BoundariesEmpty}.get(
            cannot.reason, BoundariesBroken
        )
        raise refusal(path.name) from cannot
    areas = (Area(properties, tuple(map(_ring, rings))) for properties, rings in found["areas"])
    return Boundaries(tuple(areas), found["width"], found["height"])


def _ring(flat: list[int]) -> Ring:
    return tuple(zip(flat[::2], flat[1::2], strict=True))


# ------------------------------------------------------------ in the child


def read_job(path: str) -> Answer:
    """Read a file and put it on the grid."""
    try:
        features = list(_features(json.loads(Path(path).read_bytes())))
        if len(features) > MOST_AREAS:
            raise CannotError("areas")
        dots = [dot for _properties, rings in features for ring in rings for dot in ring]
        grid = _Grid(_extent(dots))
        areas = [(properties, grid.rings(rings)) for properties, rings in features]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError) as fault:
        raise CannotError("broken") from fault
    content = {"areas": areas, "width": grid.width, "height": grid.height}
    return Answer(content=json.dumps(content).encode())


def _features(document: object) -> Iterator[tuple[dict[str, str], list[Sequence[Sequence[float]]]]]:
    """Give what every feature with an extent says of itself, and its rings."""
    if not isinstance(document, dict):
        raise TypeError
    for feature in document["features"] if document["type"] == "FeatureCollection" else [document]:
        geometry = feature["geometry"]
        if geometry is None or geometry["type"] not in {"Polygon", "MultiPolygon"}:
            continue
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        yield _said(feature.get("properties") or {}), [ring for polygon in polygons for ring in polygon]


def _said(properties: dict[str, object]) -> dict[str, str]:
    kept = [(name, said) for name, said in properties.items() if isinstance(said, str | int)]
    return {name: str(said)[:_LONGEST_PROPERTY] for name, said in kept[:_MOST_PROPERTIES]}


def _extent(dots: Iterable[Sequence[float]]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of everything; refuse what are no degrees."""
    east, north = [], []
    for dot in dots:
        if not (abs(dot[0]) <= _EAST and abs(dot[1]) <= _NORTH):
            raise CannotError("elsewhere")
        east.append(dot[0])
        north.append(dot[1])
    if not east or min(east) == max(east) or min(north) == max(north):
        raise CannotError("empty")
    return min(east), min(north), max(east), max(north)


class _Grid:
    """Turns degrees into places; a degree of longitude is as short as it is in the middle of the map."""

    def __init__(self, extent: tuple[float, float, float, float]) -> None:
        west, south, east, north = extent
        self._west, self._north = west, north
        self._narrow = math.cos(math.radians((south + north) / 2))
        across, down = (east - west) * self._narrow, north - south
        self._steps = GRID / max(across, down)
        self.width, self.height = (max(1, round(one * self._steps)) for one in (across, down))

    def rings(self, rings: Iterable[Sequence[Sequence[float]]]) -> list[list[int]]:
        """Return the rings that are still something on the grid, as x, y, x, y."""
        made = [self._thinned(ring) for ring in rings]
        return [[step for dot in ring for step in dot] for ring in made if len(ring) >= _FEWEST_DOTS]

    def _thinned(self, ring: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
        """Return the dots where a ring turns."""
        kept: list[tuple[int, int]] = []
        for one in ring:
            dot = (
                round((one[0] - self._west) * self._narrow * self._steps),
                round((self._north - one[1]) * self._steps),
            )
            if kept and dot == kept[-1]:
                continue
            if len(kept) > 1 and _straight(kept[-2], kept[-1], dot):
                kept[-1] = dot
            else:
                kept.append(dot)
        if len(kept) > 1 and kept[0] == kept[-1]:
            kept.pop()
        return kept


def _straight(before: tuple[int, int], between: tuple[int, int], after: tuple[int, int]) -> bool:
    across, down = between[0] - before[0], between[1] - before[1]
    on, below = after[0] - between[0], after[1] - between[1]
    return across * below == down * on and across * on + down * below > 0
