"""The table per indicator: threshold with its mark, result, verdict, and what is missing."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from ntm_desktop.criteria.verdicts import Reason, Verdict, WholeResult
from ntm_desktop.i18n import Text
from tests.documents.conftest import Write
from tests.support.pdf import flowing_text_of, needs_poppler, page_texts, text_of
from tests.support.sample_set import make_set
from tests.support.snapshots import estimated, make_snapshot

pytestmark = needs_poppler


def test_the_table_says_threshold_mark_result_and_verdict(written: Write) -> None:
    text = flowing_text_of(written(make_snapshot()))
    assert "> 30 % chưa đối chiếu 25,69 % (612/2.382) Chưa đạt" in text
    assert "≥ 100 % chưa đối chiếu, xã tự xác nhận 100 % (4/4) Đạt" in text
    assert "≥ 48 triệu đồng chưa đối chiếu 52,5 triệu đồng Đạt" in text
    assert (
        "8.4 Xã có ứng dụng công nghệ thông tin trong công tác quản lý, điều hành 3 trên 4 nội dung đạt"
        in text
    )
    assert "8.1 Xã có điểm phục vụ bưu chính Có ít nhất 01 điểm phục vụ bưu chính Đạt Có Đạt" in text, (
        "official"
    )


def test_undetermined_is_said_as_missing_figures_and_never_as_failure(written: Write) -> None:
    text = flowing_text_of(written(make_snapshot()))
    row = text[text.index("15.4 Sổ khám") : text.index("TC 7")]
    assert "Chưa có: Số người có sổ khám chữa bệnh điện tử" in row
    assert "Chưa đủ số liệu" in row
    assert "Chưa đạt" not in row
    assert "Chưa có: Ấp có dịch vụ internet (Vĩnh Quới)" in text


def test_the_head_of_a_table_stands_on_every_page_it_runs_over(big: Path) -> None:
    texts = page_texts(big)
    running = [
        text for text in texts if re.search(r"^ *20\.\d+ ", text, re.MULTILINE) and "II. KẾT QUẢ" not in text
    ]
    assert len(running) > 4
    assert all("Mức đạt" in text and "Tự đánh giá" in text for text in running)
    annex = [text for text in texts if ".pdf" in text or ".xlsx" in text]
    assert all("Tên tệp" in text for text in annex)


def test_all_indicators_and_all_evidence_are_there(big: Path) -> None:
    text = flowing_text_of(big)
    assert all(f"Chỉ tiêu làm đầy số {number}:" in text for number in range(1, 68))
    assert "4. Hồ sơ có 200 tệp minh chứng" in text
    assert text.count("_anh_diem_buu_dien_van_hoa.jpg") + text.count(".pdf ") + text.count(".xlsx ") >= 200


def test_a_cell_longer_than_a_page_is_cut_rather_than_refused(written: Write) -> None:
    snapshot = make_snapshot()
    first = snapshot.set.criteria[0]
    long = dataclasses.replace(first.indicators[0], name=Text("rất dài " * 1500))
    criteria = (
        dataclasses.replace(first, indicators=(long, *first.indicators[1:])),
        *snapshot.set.criteria[1:],
    )
    target = written(dataclasses.replace(snapshot, set=dataclasses.replace(snapshot.set, criteria=criteria)))
    assert text_of(target).count("dài") == 1500


def test_a_set_without_criteria_says_so(written: Write) -> None:
    snapshot = make_snapshot()
    empty = dataclasses.replace(snapshot, set=make_set(criteria=(), conditions=()))
    text = flowing_text_of(written(empty))
    assert "Bộ tiêu chí chưa có tiêu chí nào." in text
    assert "3. Bộ tiêu chí chưa có chỉ tiêu nào." in text


def test_an_indicator_without_requirements_is_listed_with_the_reason(written: Write) -> None:
    snapshot = make_snapshot()
    health = next(one for one in snapshot.set.criteria if one.code == "15")
    bare = dataclasses.replace(
        health, indicators=(dataclasses.replace(health.indicators[0], requirements=()),)
    )
    evaluation = snapshot.evaluation
    result = WholeResult("15.4", Verdict.UNDETERMINED, 0, 0, Reason("no_requirements"))
    evaluation = dataclasses.replace(evaluation, indicators=evaluation.indicators | {"15.4": result})
    text = flowing_text_of(
        written(dataclasses.replace(snapshot, set=make_set(criteria=(bare,)), evaluation=evaluation))
    )
    assert "15.4 Sổ khám chữa bệnh điện tử Chưa có nội dung nào trong bộ tiêu chí Chưa đủ số liệu" in text


def test_conditions_stand_below_the_criteria_but_not_those_of_revocation(written: Write) -> None:
    snapshot = make_snapshot()
    text = flowing_text_of(written(snapshot))
    assert "Không có nợ đọng xây dựng cơ bản Điều kiện công nhận Đạt chưa đối chiếu Có Đạt" in text
    (condition,) = snapshot.set.conditions
    revoked = make_set(conditions=(dataclasses.replace(condition, stage="revocation"),))
    assert "Không có nợ đọng" not in flowing_text_of(written(dataclasses.replace(snapshot, set=revoked)))


def test_what_rests_on_an_estimate_is_marked_and_named_under_the_table(written: Write) -> None:
    assert "ước tính" not in flowing_text_of(written(make_snapshot()))
    text = flowing_text_of(written(estimated(make_snapshot(), "ho_so_truc_tuyen", "nguoi_co_so_dien_tu")))
    assert "25,69 % (612/2.382) ước tính (*) Chưa đạt dựa trên số ước tính (*)" in text
    assert "(*) Số liệu ước tính: Số hồ sơ giải quyết trực tuyến (nội dung 8.4.d)" in text
    assert "Kết quả của 1 chỉ tiêu dựa trên số liệu ước tính: 8.4;" in text
    assert text.count("dựa trên số ước tính (*)") == 2, (
        "the requirement and its indicator; not what is undetermined"
    )


def test_a_figure_the_set_no_longer_knows_is_named_as_it_is(written: Write) -> None:
    from ntm_desktop.documents.indicator_table import estimates_note
    from ntm_desktop.facts.fact import FactKey
    from ntm_desktop.facts.period import year_period

    (note,) = estimates_note(make_snapshot(), {"8.4.d": (FactKey("x_la", "", year_period(2023)),)})
    assert "x_la (nội dung 8.4.d)" in note.text
