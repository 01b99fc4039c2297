"""What was kept stands in the report with its reason; without any there is no section."""

from __future__ import annotations

from tests.documents.conftest import Write
from tests.support.pdf import flowing_text_of, needs_poppler
from tests.support.snapshots import make_snapshot

pytestmark = needs_poppler


def test_every_kind_of_kept_problem_is_named(written: Write) -> None:
    snapshot = make_snapshot()
    requirement = next(one for one in snapshot.set.requirements() if one.evidence)
    element, evidence = next(iter(snapshot.set.catalogue.elements.values())), snapshot.evidence[0]
    rule = requirement.evidence[0]
    who = "\nTrần Thị Mai, 03/01/2024"
    told = {
        f"kept/unusual_change/8.4.d/{element.name}||2023|": "Sáp nhập hai hợp tác xã" + who,
        f"kept/evidence_missing/{requirement.code}/{rule.code}": "Đã nộp bản giấy" + who,
        f"kept/evidence_shared/8.4.d/{evidence.sha256}": "Biên bản họp chung" + who,
        "kept/check/8.4.d/khong_con_quy_tac": "Quy tắc nhầm" + who,
        "kept/check/99.1.a/x": "Bộ cũ" + who,
    }
    text = flowing_text_of(written(make_snapshot(remarks=told)))
    assert "VII. NỘI DUNG GIỮ NGUYÊN SAU RÀ SOÁT" in text
    for reason in (
        "Sáp nhập hai hợp tác xã",
        "Đã nộp bản giấy",
        "Biên bản họp chung",
        "Quy tắc nhầm",
        "Bộ cũ",
    ):
        assert reason in text
    assert f"Minh chứng bắt buộc chưa có: {rule.label.vi}" in text
    assert text.count("Điểm cần xem lại") == 2


def test_nothing_kept_makes_no_section(written: Write) -> None:
    assert "GIỮ NGUYÊN" not in flowing_text_of(written(make_snapshot()))
