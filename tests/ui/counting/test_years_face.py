from __future__ import annotations

import dataclasses

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations.review_counts import Count, CountRow, CountTable
from ntm_desktop.operations.review_desk import Case
from ntm_desktop.ui.counting.years_face import YearsFace, some_of
from tests.workspace.test_review_folder import FIRST


def row(number: int, verdict: Verdict) -> CountRow:
    one = dataclasses.replace(FIRST, commune=f"{number}", commune_name=f"Xã {number}")
    return CountRow(Case(f"{number}", f"Xã {number}", (one,)), {"8": verdict}, frozenset())


def test_chosen_code_is_drawn_over_the_years_with_who_does_not_meet_it(dressed, shown):
    face = YearsFace()
    shown(face, 1100, 400)
    rows = (row(1, Verdict.MET), row(2, Verdict.NOT_MET), CountRow(Case("3", "Xã 3"), {}, frozenset()))
    table = CountTable(("8",), rows, {"8": Count(1, 3)})
    face.show_tables(
        {2023: CountTable(("8",), (), {"8": Count(0, 3)}), 2024: table}, 2024, {"8": "Thông tin"}
    )
    assert face.chart.accessibleName() == "2023: 0 trong 3, 2024: 1 trong 3"
    assert face.words.text() == "8 Thông tin: 1/3 xã đạt năm 2024. 1 xã đã gửi mà chưa đạt: Xã 2"
    assert face.card.x() > face.codes.x()
    face.resize(700, 400)
    assert face.card.maximumWidth() > 1000
    face.show_tables({2024: CountTable(("8",), rows[:1], {"8": Count(1, 1)})}, 2024, {})
    assert face.words.text() == "8: 1/1 xã đạt năm 2024."
    face.show_tables({}, 2024, {})
    assert face.words.text() == ""
    assert face.card.isHidden()


def test_many_names_are_cut_off():
    assert some_of([str(n) for n in range(9)]) == "0, 1, 2, 3, 4, 5, 6, 7, …"
