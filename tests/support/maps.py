"""Boundary files of made-up communes: squares side by side, and dossiers of 110 communes planted for counting."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from ntm_desktop.facts.units import Unit
from ntm_desktop.operations.review_desk import ReviewDesk
from ntm_desktop.workspace.units import load_units
from tests.support.desks import NTM
from tests.workspace.test_review_folder import FIRST, take_in

ACROSS = 11
"""Squares in a row."""
PLANTED = {"1": 110, "2": 105, "3": 100}


def square(place: int, size: float = 0.1) -> list[list[float]]:
    """Return the ring of a square, the first in the lower left corner."""
    west, south = 104 + place % ACROSS * size, 10 + place // ACROSS * size
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(place: int, **properties: object) -> dict[str, object]:
    """Return an area as GeoJSON has it."""
    geometry = {"type": "Polygon", "coordinates": [square(place)]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(path: Path, features: Sequence[object]) -> Path:
    """Write a file of boundaries."""
    document = {"type": "FeatureCollection", "features": list(features)}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def units_of_110(desk: ReviewDesk) -> list[Unit]:
    """Return all communes of the province and as many of elsewhere as make 110."""
    units = [unit for unit in load_units() if unit.until is None]
    own = [unit for unit in units if unit.province == desk.folder.province]
    return [*own, *(unit for unit in units if unit.province != desk.folder.province)][:110]


def plant(desk: ReviewDesk, years: Sequence[int] = (2024,), planted: Mapping[str, int] = PLANTED) -> None:
    """Take in a dossier of each of the 110 for each year; the first ones meet each code."""
    for year in years:
        for number, unit in enumerate(units_of_110(desk)):
            one = dataclasses.replace(
                FIRST,
                identity=f"{year}{number:060}",
                dossier=f"{year}-{number}",
                commune=unit.code,
                commune_name=unit.name,
                set_id=NTM,
                year=year,
            )
            verdicts = [
                ("criterion", code, "MET" if number < met else "NOT_MET") for code, met in planted.items()
            ]
            take_in(desk.folder, one, verdicts)
