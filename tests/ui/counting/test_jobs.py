from __future__ import annotations

import openpyxl
import pytest

from ntm_desktop.errors import Cancelled
from ntm_desktop.operations.review_map import kept_boundaries
from ntm_desktop.ui.counting.jobs import CountJob, MapJob, WriteJob
from tests.support.desks import NTM
from tests.support.maps import feature, geojson


def test_year_that_is_looked_at_comes_first_and_then_all_of_them(province):
    told = []
    counted = CountJob(province, NTM, 2024, "criterion").run(told.append, lambda: False)
    assert list(told[0].tables) == [2024]
    assert list(counted.tables) == [2023, 2024]
    assert counted.set.id == NTM
    assert counted.tables[2024].counts["2"].words() == "105/110"


def test_counting_can_be_stopped_between_years_and_does_without_the_set(province):
    with pytest.raises(Cancelled):
        CountJob(province, NTM, 2024, "criterion").run(lambda _value: None, lambda: True)
    assert CountJob(province, "khong-co", 2024, "criterion").run(print, lambda: False).set is None


def test_map_is_kept_when_it_was_chosen_now(province, dressed, tmp_path):
    path = geojson(tmp_path / "a.geojson", [feature(0, ma="30604")])
    found, paths = MapJob(province, path, {"30604": "Vĩnh An"}, keep=False).run(print, lambda: False)
    assert found.communes == ("30604",)
    assert len(paths) == 1
    assert kept_boundaries(province) is None
    MapJob(province, path, {}, keep=True).run(print, lambda: False)
    kept_boundaries(province).unlink()


def test_ending_says_what_is_written(province, tmp_path):
    tables = CountJob(province, NTM, 2024, "criterion").run(print, lambda: False).tables
    for name in ("a.xlsx", "a.parquet"):
        assert WriteJob(tables, NTM, "An Giang", tmp_path / name).run(print, lambda: False).stat().st_size
    assert openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True).sheetnames == ["2023", "2024"]
