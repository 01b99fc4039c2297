"""110 planted communes in every face of the counts and in every file."""

from __future__ import annotations

from collections import Counter

import duckdb
import openpyxl
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.errors import FileUnwritable
from ntm_desktop.media.refusals import BoundariesElsewhere
from ntm_desktop.operations.review_map import kept_boundaries
from ntm_desktop.ui.counting.page import CountsPage
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import State
from ntm_desktop.ui.tasks import Tasks
from tests.support.desks import NTM
from tests.support.maps import feature, geojson, units_of_110
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import settle


@pytest.fixture
def page(dressed, shown, province, qtbot):
    tasks = Tasks()
    made = CountsPage(province, tasks, ScriptedAsk())
    shown(made, 1280, 600)
    with qtbot.waitSignal(made.shown, timeout=20_000):
        made.show_set(NTM, 2024)
    yield made
    assert tasks.close() == ()
    settle(QApplication.instance())
    kept = kept_boundaries(province)
    if kept is not None:
        kept.unlink()


def done(qtbot, page, act):
    with qtbot.waitSignal(page.shown, timeout=20_000):
        act()
    settle(QApplication.instance())


def boundaries(province, path, count=110):
    units = units_of_110(province)[:count]
    return geojson(path, [feature(place, ma=int(unit.code)) for place, unit in enumerate(units)])


def test_table_says_what_was_planted_and_the_years_stand_side_by_side(page):
    lines = page.years.codes.lines
    assert lines.years == (2023, 2024)
    counts = [[lines.words(row, column) for column in (0, 4, 5)] for row in range(3)]
    assert counts == [
        ["1", "110/110", "100\u00a0%"],
        ["2", "105/110", "95,45\u00a0%"],
        ["3", "100/110", "90,9\u00a0%"],
    ]
    page.years.codes.choose("2")
    assert "5 xã đã gửi mà chưa đạt" in page.years.words.text()
    assert page.years.chart.accessibleName().endswith("2024: 105 trong 110")


def test_communes_are_ordered_by_what_they_miss_and_narrowed(page):
    page.faces.choose("communes")
    assert len(page.communes.communes.rows) == 110
    assert page.foot.accessibleName().startswith("Tiêu chí 1: 110/110")
    page.order.set_key("least")
    page.order.chosen.emit("least")
    words = [page.communes.communes.second_words(row) for row in page.communes.communes.rows]
    assert Counter(words) == {"thiếu 0": 100, "thiếu 1": 5, "thiếu 2": 5}
    assert words == sorted(words)
    page.group.setCurrentIndex(1)
    page.group.commit()
    assert page.communes.communes.codes == ("1",)
    page.tag.set_key("chuyen_doi_so")
    page.tag.chosen.emit("chuyen_doi_so")
    assert page.communes.communes.codes == ()  # nothing is of that group and that tag


def test_map_has_the_planted_colours(page, province, qtbot, tmp_path):
    page.faces.choose("map")
    assert not page.picture.isEnabled()
    page._ask.answer_with(boundaries(province, tmp_path / "xã.geojson"))
    done(qtbot, page, page.boundaries.click)
    assert page.map.missing.text() == ""
    for code, met in (("1", 110), ("2", 105), ("3", 100)):
        page.code.set_key(code)
        page.code.chosen.emit(code)
        expected = Counter({Verdict.MET: met, Verdict.NOT_MET: 110 - met})
        assert page.map.map.counted() == expected
        page._ask.answer_with(tmp_path / "a")
        page.picture.click()
        picture = QImage(str(tmp_path / "a.png"))
        assert Counter(ground(picture, place) for place in range(110)) == +Counter(
            {State.MET: met, State.NOT_MET: 110 - met}
        )
    assert page.map.words.text() == "3 Thủy lợi, thiên tai, năm 2024: 100/110 xã đạt, 90,9\u00a0%"


def ground(picture: QImage, place: int) -> State:
    """Return the state whose ground fills most of a square; 11 squares in a row, 10 rows, on 1180 x 818 dots."""
    step = 818 / 10
    left = 10 + (1180 - 11 * step * 0.98) / 2
    corner = QPointF(left + (place % 11 + 0.1) * step * 0.98, 44 + (9 - place // 11 + 0.15) * step)
    seen = Counter(
        picture.pixelColor(int(corner.x() * 2) + x, int(corner.y() * 2) + y).name()
        for x in range(0, 24, 3)
        for y in range(0, 24, 3)
    )
    return next(state for state in State if colour(state.ground).name() == seen.most_common(1)[0][0])


def test_map_that_was_chosen_once_is_there_again(page, province, qtbot, tmp_path):
    page._ask.answer_with(boundaries(province, tmp_path / "xã.geojson", 107))
    done(qtbot, page, page._choose_boundaries)
    again = CountsPage(province, page._tasks, page._ask)
    done(qtbot, again, lambda: again.show_set(NTM, 2024))
    done(qtbot, again, lambda: again.faces.choose("map"))
    assert again.map.missing.text().startswith("Tệp ranh giới không có 3 xã:")
    with qtbot.waitSignal(again.opened) as caught:
        again.map.map.opened.emit("30604")
    assert caught.args == ["30604", "1"]
    again.close()
    again.deleteLater()


def test_boundaries_in_metres_are_said_and_the_map_before_stays(page, qtbot, tmp_path):
    page.faces.choose("map")
    metres = feature(0)
    metres["geometry"] = {"type": "Polygon", "coordinates": [[[580_000, 1], [580_001, 1], [580_000, 2]]]}
    page._ask.answer_with(geojson(tmp_path / "vn2000.geojson", [metres]))
    with qtbot.waitSignal(page.failed, timeout=20_000) as caught:
        page.boundaries.click()
    assert isinstance(caught.args[0], BoundariesElsewhere)
    assert not page.map.has_map
    page._ask.answer_with(None)
    page.boundaries.click()


def test_files_are_written_as_they_are_shown(page, qtbot, tmp_path):
    heard = []
    page.told.connect(heard.append)
    page._ask.answer_with(tmp_path / "đếm")
    done(qtbot, page, page.excel.click)
    rows = list(openpyxl.load_workbook(tmp_path / "đếm.xlsx")["2024"].iter_rows(values_only=True))
    assert [row[3:6] for row in rows[-2:]] == [
        ("110/110", "105/110", "100/110"),
        ("100\u00a0%", "95,45\u00a0%", "90,9\u00a0%"),
    ]
    page._ask.answer_with(tmp_path / "đếm.parquet")
    done(qtbot, page, page.parquet.click)
    asked = "SELECT code, count(*) FILTER (met), count(*) FROM read_parquet(?) WHERE year = 2024 GROUP BY 1 ORDER BY 1"
    found = duckdb.execute(asked, [str(tmp_path / "đếm.parquet")]).fetchall()
    assert found == [("1", 110, 110), ("2", 105, 110), ("3", 100, 110)]
    page._ask.answer_with(tmp_path / "hình.svg")
    page.years.save_asked.emit()
    assert (tmp_path / "hình.svg").stat().st_size
    assert [one[0] for one in heard] == ["Đã lưu bảng tổng hợp."] * 3


def test_what_cannot_be_written_is_said(page, qtbot, qtlog, tmp_path):
    page._ask.answer_with(tmp_path / "không có" / "a.png")
    with qtlog.disabled(), qtbot.waitSignal(page.failed) as caught:
        page.years.save_asked.emit()
    assert isinstance(caught.args[0], FileUnwritable)
    page._ask.answer_with(None, None)
    page.excel.click()
    page.years.save_asked.emit()


def test_level_is_counted_anew_and_an_unknown_set_has_codes_alone(page, qtbot):
    page.level.set_key("indicator")
    done(qtbot, page, lambda: page.level.chosen.emit("indicator"))
    assert page.years.codes.lines.codes == ()
    page.level.set_key("criterion")
    done(qtbot, page, lambda: page.show_set("khong-co", 2024))
    assert not page.tag.isEnabled()
