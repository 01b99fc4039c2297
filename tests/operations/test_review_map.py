"""Communes are found in a boundary file by code, else by name; the workspace keeps the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.errors import FileUnwritable
from ntm_desktop.media.boundaries import Area, Boundaries
from ntm_desktop.operations.review_map import keep_boundaries, kept_boundaries, match, read_boundaries
from tests.support.maps import feature, geojson
from tests.support.reviewers import review_desk

NAMES = {"00103": "Vĩnh An", "30589": "An Châu", "30600": "Long Phú", "30601": "Long Phú"}


def areas(*said: dict[str, str]) -> Boundaries:
    return Boundaries(tuple(Area(one, ()) for one in said), 1, 1)


def test_codes_come_first_with_or_without_their_zeros() -> None:
    found = match(
        areas({"ma": "103", "dan_so": "30589"}, {"ma": "30589", "dan_so": "1"}, {"ma": "30600"}, {"ma": "7"}),
        NAMES,
    )
    assert found.communes == ("00103", "30589", "30600", "")
    assert found.missing == ("30601",)


def test_names_are_found_without_marks_and_kind_and_twice_the_same_says_nothing() -> None:
    found = match(areas({"TEN": "XA VINH AN"}, {"TEN": "xã An  Châu"}, {"TEN": "Long Phú"}, {}), NAMES)
    assert found.communes == ("00103", "30589", "", "")
    assert found.missing == ("30600", "30601")


def test_code_wins_over_the_name_of_another_area() -> None:
    found = match(areas({"ma": "00103", "ten": "An Châu"}, {"ma": "x", "ten": "Vĩnh An"}), NAMES)
    assert found.communes == ("00103", "")


def test_file_without_properties_names_no_commune() -> None:
    assert match(areas({}), NAMES).missing == tuple(NAMES)


def test_boundaries_are_kept_with_the_workspace(tmp_path: Path) -> None:
    with review_desk(tmp_path, believing=False) as desk:
        assert kept_boundaries(desk) is None
        keep_boundaries(desk, geojson(tmp_path / "a.geojson", [feature(0, ma="30604")]))
        kept = kept_boundaries(desk)
        assert kept is not None
        assert len(read_boundaries(kept).areas) == 1
        with pytest.raises(FileUnwritable):
            keep_boundaries(desk, tmp_path / "không có")
        assert kept_boundaries(desk) == kept
