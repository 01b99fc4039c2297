"""The results report: what it says."""

from __future__ import annotations

import dataclasses
import unicodedata
from datetime import date

import pytest

from ntm_desktop.criteria.model import DocumentReference
from ntm_desktop.criteria.verdicts import Reason, Verdict, WholeResult
from ntm_desktop.i18n import Text, set_language
from tests.documents.conftest import Write
from tests.support.pdf import flowing_text_of, needs_poppler, text_of
from tests.support.sample_set import make_set
from tests.support.snapshots import make_snapshot

pytestmark = needs_poppler


def test_every_sentence_comes_back_as_text_in_nfc(written: Write) -> None:
    text = flowing_text_of(written(make_snapshot()))
    assert unicodedata.is_normalized("NFC", text)
    for sentence in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "UBND TỈNH AN GIANG ỦY BAN NHÂN DÂN XÃ VĨNH AN",
        "BÁO CÁO Kết quả xây dựng nông thôn mới năm 2023 của xã Vĩnh An",
        "(số 318/QĐ-TTg, ngày 08 tháng 3 năm 2022, Thủ tướng Chính phủ);",
        "đánh giá đến ngày 31 tháng 12 năm 2023, như sau:",
        "2. Số tiêu chí đạt: 1 trên 6 tiêu chí; 1 tiêu chí không áp dụng.",
        (
            "3. Trong 8 chỉ tiêu: 3 chỉ tiêu đạt, 2 chỉ tiêu chưa đạt, 2 chỉ tiêu chưa đủ số liệu, "
            "1 chỉ tiêu không áp dụng."
        ),
        "Các tiêu chí chưa có đủ nội dung: 19.",
        "9 nội dung có mức đạt hoặc cách tính chưa đối chiếu với văn bản gốc",
        "Bộ phận một cửa làm việc cả sáng thứ Bảy.",
        "Đề nghị tỉnh hỗ trợ đường truyền & thiết bị cho 02 ấp xa trung tâm.",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
        "Nguyễn Văn Bình",
        "xem xét./.",
        "- Lưu: VT.",
    ):
        assert sentence in text


def test_a_set_that_is_not_complete_says_so_and_is_not_met(written: Write) -> None:
    snapshot = make_snapshot()
    unknown = dataclasses.replace(
        snapshot.evaluation,
        overall=WholeResult("set", Verdict.UNDETERMINED, 1, 5, Reason("incomplete_set")),
    )
    incomplete = dataclasses.replace(snapshot, set=make_set(complete=False), evaluation=unknown)
    text = flowing_text_of(written(incomplete))
    assert "Nội dung của bộ tiêu chí đưa vào máy chưa đủ, vì vậy chưa thể kết luận xã đạt bộ tiêu chí" in text
    assert "chưa đủ số liệu để kết luận xã Vĩnh An đạt hay chưa đạt" in text


def test_empty_sections_say_so(written: Write) -> None:
    bare = make_snapshot(remarks={"results": "  \n "}, confirmations=(), evidence=0)
    text = flowing_text_of(written(bare))
    assert text.count("Không có nội dung.") == 3
    assert "4. Hồ sơ chưa có tệp minh chứng nào." in text
    assert "Phụ lục" not in text


def test_the_paper_is_vietnamese_whatever_the_window_speaks(written: Write) -> None:
    snapshot = make_snapshot(indicators=8)
    english = dataclasses.replace(
        snapshot, set=dataclasses.replace(snapshot.set, title=Text("Bộ A", "Set A"))
    )
    set_language("en")
    try:
        text = text_of(written(english))
    finally:
        set_language("vi")
    assert "Bộ A" in text
    assert "Set A" not in text


def test_nothing_in_a_text_is_markup(written: Write) -> None:
    odd = "<b>đậm</b> & <img src='file:///etc/passwd'/> {year} %s"
    snapshot = make_snapshot(remarks={"results": odd}, signatory="Lê <i> & Ân")
    text = flowing_text_of(written(snapshot))
    assert odd in text
    assert "Lê <i> & Ân" in text


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("precondition_not_met", "Điều kiện để xét chưa đạt, ghi ở cuối bảng."),
        ("precondition_undetermined", "Điều kiện để xét chưa đủ số liệu, ghi ở cuối bảng."),
    ],
)
def test_a_precondition_that_stands_in_the_way_is_said(written: Write, code: str, sentence: str) -> None:
    snapshot = make_snapshot()
    overall = dataclasses.replace(snapshot.evaluation.overall, reason=Reason(code))
    evaluation = dataclasses.replace(snapshot.evaluation, overall=overall)
    assert sentence in flowing_text_of(written(dataclasses.replace(snapshot, evaluation=evaluation)))


def test_a_document_may_lack_date_or_issuer_and_an_unknown_one_is_left_out(written: Write) -> None:
    documents = {
        "a": DocumentReference("a", "1/QĐ", Text("Quyết định A"), None, "Bộ X"),
        "b": DocumentReference("b", "2/QĐ", Text("Quyết định B"), date(2024, 2, 3)),
    }
    known = make_set(documents=documents, legal_basis=("a", "b", "c"))
    text = flowing_text_of(written(dataclasses.replace(make_snapshot(), set=known)))
    assert "Căn cứ Quyết định A (số 1/QĐ, Bộ X);" in text
    assert "Căn cứ Quyết định B (số 2/QĐ, ngày 03 tháng 02 năm 2024);" in text
    assert text.count("Căn cứ") == 2
