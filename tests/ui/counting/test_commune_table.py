from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations.review_counts import Count, CountRow, CountTable
from ntm_desktop.operations.review_desk import Case, Standing
from ntm_desktop.ui.counting.commune_table import CommuneTable, CountFoot, came_words, is_ready
from tests.workspace.test_review_folder import FIRST

CAME = dataclasses.replace(FIRST, received_at="2026-03-02T08:30:00.000Z")
ROWS = (
    CountRow(Case("30604", "Vĩnh An", (CAME,)), {"1": Verdict.MET, "8": Verdict.NOT_MET}, frozenset({"8"})),
    CountRow(Case("30589", "An Châu"), {}, frozenset()),
)


@pytest.fixture
def table(dressed, shown):
    made = CommuneTable()
    shown(made, 700, 300)
    made.communes.show_rows(("1", "8"), ROWS)
    return made


def test_each_cell_says_commune_criterion_verdict_and_remark(table):
    said = table.communes.spoken
    assert said(0, 2) == "Vĩnh An, tiêu chí 1, đạt"
    assert said(0, 3) == "Vĩnh An, tiêu chí 8, chưa đạt, có ý kiến"
    assert said(1, 2) == "An Châu, tiêu chí 1, chưa gửi"
    assert said(0, 0) == "Vĩnh An, lần 1 · 02/03"
    assert came_words(ROWS[1]) == "chưa gửi"
    back = dataclasses.replace(
        ROWS[0], case=Case("1", "A", (dataclasses.replace(CAME, state=Standing.RETURNED),))
    )
    assert came_words(back) == "trả 02/03"


def test_enter_opens_the_dossier_at_the_criterion_under_the_arrow_keys(table, qtbot):
    table.choose("30604")
    for _step in range(3):
        QTest.keyClick(table, Qt.Key.Key_Right)
    with qtbot.waitSignal(table.opened) as caught:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert caught.args == ["30604", "8"]


def test_foot_counts_all_communes_in_words_too(table, shown):
    foot = CountFoot(table)
    shown(foot, 700, 46)
    foot.show_counts(CountTable(("1",), ROWS, {"1": Count(105, 110)}))
    assert foot.accessibleName() == "Tiêu chí 1: 105/110, 95,45\u00a0%"
    assert not foot.grab().isNull()


def test_commune_is_ready_when_every_criterion_that_applies_is_met():
    assert not is_ready(ROWS[0])
    assert not is_ready(ROWS[1])
    verdicts = {"1": Verdict.MET, "2": Verdict.NOT_APPLICABLE}
    assert is_ready(dataclasses.replace(ROWS[0], verdicts=verdicts))
