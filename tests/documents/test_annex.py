"""The annex of evidence."""

from __future__ import annotations

import dataclasses

from tests.documents.conftest import Write
from tests.support.pdf import flowing_text_of, needs_poppler
from tests.support.snapshots import make_snapshot, with_spots

pytestmark = needs_poppler


def test_it_refers_to_the_report_and_lists_what_each_piece_is_for(written: Write) -> None:
    text = flowing_text_of(written(make_snapshot()))
    assert "Phụ lục DANH MỤC MINH CHỨNG" in text
    assert "(Kèm theo Báo cáo số /BC-UBND ngày tháng năm 2024 của Ủy ban nhân dân xã Vĩnh An)" in text
    assert "1 Minh chứng số 2 0328f464628c_anh_diem_buu_dien_van_hoa.jpg 8.1.a 02/12/2023 30" in text


def test_evidence_without_links_comes_last_and_without_a_date_is_left_blank(written: Write) -> None:
    snapshot = make_snapshot()
    loose = dataclasses.replace(snapshot.evidence[1], links=(), dated=None, title="Ảnh rời")
    kept = (loose, snapshot.evidence[0], snapshot.evidence[2])
    text = flowing_text_of(written(dataclasses.replace(snapshot, evidence=kept)))
    assert "3 Ảnh rời 0328f464628c_anh_diem_buu_dien_van_hoa.jpg 30" in text


def test_page_or_cell_of_each_figure_is_printed_below_the_file(written: Write) -> None:
    text = flowing_text_of(written(with_spots(make_snapshot())))
    assert "Số hồ sơ giải quyết trực tuyến: trang 3 <b>" in text
    assert "(Vĩnh Thành): Sheet1!B7" in text
