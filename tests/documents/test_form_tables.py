"""Tables that forms name."""

from __future__ import annotations

import dataclasses

from ntm_desktop.criteria.model import CriterionSet, PaperForm, PaperPart
from ntm_desktop.documents.forms import paper_of
from ntm_desktop.documents.plain_tables import PlainTable, plain_tables
from ntm_desktop.i18n import Text, set_language
from ntm_desktop.snapshot.model import Snapshot
from tests.support.snapshots import estimated, make_evaluation, make_snapshot


def tables(snapshot: Snapshot, **part: object) -> tuple[PlainTable, ...]:
    one = PaperPart(heading="Bảng", **part)  # type: ignore[arg-type]
    return plain_tables(paper_of(PaperForm("g", Text("G"), "G", "G", (one,)), snapshot))


def table(snapshot: Snapshot, **part: object) -> tuple[tuple[str, ...], ...]:
    (one,) = tables(snapshot, **part)
    assert one.name == "Bảng"
    return one.rows


def without_indicators() -> Snapshot:
    snapshot = make_snapshot()
    bare: CriterionSet = dataclasses.replace(snapshot.set, criteria=(), conditions=())
    empty = dataclasses.replace(make_evaluation(), requirements={}, indicators={}, criteria={})
    return dataclasses.replace(snapshot, set=bare, evaluation=empty)


def test_criteria_are_counted_without_what_does_not_apply() -> None:
    rows = table(make_snapshot(), block="criteria")
    assert rows[0] == ("Số", "Tiêu chí, chỉ tiêu, nội dung", "Chỉ tiêu đạt", "Tự đánh giá")
    by_code = {row[0]: row[2:] for row in rows}
    assert by_code["8"] == ("2/4", "Chưa đạt")
    assert by_code["7"] == ("0/0", "Không áp dụng")


def test_a_criterion_nobody_judged_is_not_a_failure() -> None:
    snapshot = make_snapshot()
    bare = dataclasses.replace(make_evaluation(), criteria={}, indicators={}, requirements={})
    rows = table(dataclasses.replace(snapshot, evaluation=bare), block="criteria")
    assert {row[3] for row in rows[1:]} == {"Chưa đủ số liệu"}
    assert tables(dataclasses.replace(snapshot, evaluation=bare), block="unmet") == ()


def test_what_is_not_met_or_open_is_listed_with_what_is_lacking_and_explained() -> None:
    rows = {row[0]: row for row in table(make_snapshot(), block="unmet")}
    assert set(rows) == {"Số", "8.2.a", "8.4.d", "13.1.a", "15.4.a"}
    assert rows["8.4.d"][2].startswith("> 30")
    assert rows["8.4.d"][4].startswith("Hồ sơ tăng mạnh")
    assert rows["8.2.a"][3:] == ("Chưa đủ số liệu", "Chưa có: Ấp có dịch vụ internet (Vĩnh Quới)")


def test_conditions_are_those_that_come_before_recognition() -> None:
    assert table(make_snapshot(), block="conditions")[1][-1] == "Đạt"
    assert tables(without_indicators(), block="conditions") == ()


def test_the_review_counts_evidence_once_for_an_indicator_and_marks_what_was_not_compared() -> None:
    rows = {row[0]: row for row in table(make_snapshot(evidence=6), block="reviewed")}
    assert (rows["8.1"][3], rows["8.4"][3], rows["10.1"][3]) == ("2", "4", "0")
    assert rows["8.4"][1].endswith("\nchưa đối chiếu")
    assert rows["8.4"][4] == ""


def test_half_a_year_has_the_results_now_and_room_for_the_rest() -> None:
    rows = {row[0]: row for row in table(make_snapshot(), block="half_year")}
    assert rows["Số"][2] == "Đến 31/12/2022"
    assert rows["8.4"][2:4] == ("", "")
    assert rows["8.4"][4].count("\n") == 3
    assert rows["8.4"][5:] == ("Chưa đạt", "", "")
    assert rows["15.4"][4:6] == ("Chưa đủ số liệu", "Chưa đủ số liệu")


def test_what_rests_on_an_estimate_is_marked_in_the_review_and_in_the_half_year() -> None:
    snapshot = estimated(make_snapshot(), "ho_so_truc_tuyen")
    reviewed = {row[0]: row for row in table(snapshot, block="reviewed")}
    assert reviewed["8.4"][2] == "Chưa đạt\ndựa trên số ước tính (*)"
    assert "ước tính" not in reviewed["8.1"][2]
    half = {row[0]: row for row in table(snapshot, block="half_year")}
    assert half["8.4"][4].count("ước tính (*)") == 1
    assert half["8.4"][5].endswith("dựa trên số ước tính (*)")
    unmet = {row[0]: row for row in table(snapshot, block="unmet")}
    assert unmet["8.4.d"][3].endswith("ước tính (*)")


def test_a_set_without_indicators_has_a_sentence_in_place_of_tables() -> None:
    for block in ("criteria", "unmet", "reviewed", "half_year"):
        assert tables(without_indicators(), block=block) == ()


def test_figures_are_vietnamese_whatever_the_window_speaks() -> None:
    set_language("en")
    try:
        rows = table(make_snapshot(), figures=("co_cho", "dan_so"))
    finally:
        set_language("vi")
    assert [row[1] for row in rows[1:]] == ["Không", "8.298"]
