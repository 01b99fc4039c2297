"""Boundaries are read as areas on a grid; what is no map in degrees is refused with a reason."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ntm_desktop.errors import FileUnreadable
from ntm_desktop.media import boundaries as module
from ntm_desktop.media.boundaries import GRID, Area, read_boundaries, read_job
from ntm_desktop.media.child import CannotError
from ntm_desktop.media.limits import MOST_BOUNDARY_BYTES
from ntm_desktop.media.refusals import (
    BoundariesBroken,
    BoundariesElsewhere,
    BoundariesEmpty,
    BoundariesTooLarge,
)
from tests.support.maps import feature, geojson, square


def job(path: Path, document: object) -> dict[str, object]:
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    made: dict[str, object] = json.loads(read_job(str(path)).content)
    return made


def of(kind: str, coordinates: object, **properties: object) -> dict[str, object]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": properties or None, "geometry": geometry}],
    }


def test_areas_come_over_the_pipe_with_what_the_file_says_of_them(tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "xã.geojson", [feature(0, ma=30604, ten="Xã Vĩnh An", dien_tich=12.5), feature(1)]
    )
    found = read_boundaries(path)
    assert found.areas[0].properties == {"ma": "30604", "ten": "Xã Vĩnh An"}
    assert found.areas[1].properties == {}
    assert (found.width, found.height) == (GRID, round(GRID / 2 / 0.98475))  # the cosine of ten degrees
    right = max(dot[0] for dot in found.areas[0].rings[0])
    assert right == min(dot[0] for dot in found.areas[1].rings[0]) == GRID // 2


def test_file_larger_than_any_province_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "cả nước.geojson"
    with path.open("wb") as file:
        os.ftruncate(file.fileno(), 200 << 20)
    assert path.stat().st_size > MOST_BOUNDARY_BYTES
    with pytest.raises(BoundariesTooLarge) as caught:
        read_boundaries(path)
    assert caught.value.limit == "file"
    with pytest.raises(FileUnreadable):
        read_boundaries(tmp_path / "không có.geojson")


@pytest.mark.parametrize(
    ("reason", "refusal"),
    [
        ("broken", BoundariesBroken),
        ("elsewhere", BoundariesElsewhere),
        ("empty", BoundariesEmpty),
        ("memory", BoundariesTooLarge),
    ],
)
def test_each_reason_of_the_child_has_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str, refusal: type[Exception]
) -> None:
    def refuse(*_what: object) -> None:
        raise CannotError(reason)

    monkeypatch.setattr(module, "in_child", refuse)
    with pytest.raises(refusal):
        read_boundaries(geojson(tmp_path / "a.geojson", []))


def test_dots_on_a_straight_line_and_on_the_same_place_go(tmp_path: Path) -> None:
    ring = [
        [104, 10],
        [104.5, 10],
        [104.5, 10.000001],
        [105, 10],
        [105, 11],
        [104, 11],
        [104, 10.5],
        [104, 10],
    ]
    made = job(tmp_path / "a.geojson", of("Polygon", [ring, [[104.2, 10.2]] * 5]))
    assert made["areas"] == [
        [{}, [[0, made["height"], made["width"], made["height"], made["width"], 0, 0, 0]]]
    ]


def test_a_spike_that_turns_back_is_kept(tmp_path: Path) -> None:
    ring = [[104, 10], [106, 10], [105, 10], [105, 11], [104, 10]]
    ((_said, (flat,)),) = job(tmp_path / "a.geojson", of("Polygon", [ring]))["areas"]  # type: ignore[misc]
    assert len(flat) == 8


def test_holes_and_islands_are_rings_and_a_single_feature_is_a_map(tmp_path: Path) -> None:
    hole = [[104.02, 10.02], [104.05, 10.02], [104.05, 10.05], [104.02, 10.02]]
    collection = of("MultiPolygon", [[square(0), hole], [square(5)]], ten="Thổ Châu")
    (single,) = collection["features"]  # type: ignore[misc]
    for document in (collection, single):
        ((said, rings),) = job(tmp_path / "a.geojson", document)["areas"]  # type: ignore[misc]
        assert said == {"ten": "Thổ Châu"}
        assert len(rings) == 3


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (of("Polygon", [[[580_000, 1_150_000], [581_000, 1_150_000], [581_000, 1_151_000]]]), "elsewhere"),
        (of("Polygon", [[[10, 104], [11, 104], [11, 105]]]), "elsewhere"),  # latitude first
        (json.dumps(of("Polygon", [[[104, 10]]])).replace("104", "NaN"), "elsewhere"),
        (of("Point", [104, 10]), "empty"),
        (of("Polygon", [[[104, 10], [104, 10], [104, 11]]]), "empty"),
        ({"type": "FeatureCollection", "features": [{"geometry": None}]}, "empty"),
        (json.dumps(of("Polygon", [square(0)]))[:-9], "broken"),
        (of("Polygon", [[["a", "b"]]]), "broken"),
        (of("Polygon", [[[104]]]), "broken"),
        ([], "broken"),
        ("[" * 100_000, "broken"),
        ({"type": "FeatureCollection", "features": 7}, "broken"),
    ],
)
def test_what_is_no_map_in_degrees_says_why(tmp_path: Path, document: object, reason: str) -> None:
    with pytest.raises(CannotError) as caught:
        job(tmp_path / "a.geojson", document)
    assert caught.value.reason == reason


def test_more_areas_than_communes_ever_were_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_AREAS", 2)
    path = geojson(tmp_path / "a.geojson", [feature(place) for place in range(3)])
    with pytest.raises(CannotError) as caught:
        read_job(str(path))
    assert caught.value.reason == "areas"


def test_area_compares_by_what_it_is() -> None:
    assert Area({}, (((0, 0), (1, 0), (1, 1)),)) == Area({}, (((0, 0), (1, 0), (1, 1)),))
