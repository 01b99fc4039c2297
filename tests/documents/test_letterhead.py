"""Head, closing, recipients and signature."""

from __future__ import annotations

from ntm_desktop.facts.subject import Commune
from tests.documents.conftest import Write
from tests.support.pdf import flowing_text_of, needs_poppler, page_texts, text_of
from tests.support.snapshots import make_snapshot

pytestmark = needs_poppler


def test_a_deputy_signs_for_the_chairman(written: Write) -> None:
    text = flowing_text_of(written(make_snapshot(signatory_title="Phó Chủ tịch")))
    assert "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in text


def test_the_date_is_left_to_the_clerk_and_the_year_is_that_of_vietnam(written: Write) -> None:
    eve = make_snapshot(taken_at="2024-12-31T17:30:00Z", place="Vĩnh An")
    text = text_of(written(eve))
    assert "Vĩnh An, ngày tháng năm 2025" in text
    assert "Số: /BC-UBND" in text


def test_recipients_closing_and_signature_stay_on_one_page(written: Write) -> None:
    for lines in range(0, 40, 3):
        remarks = {"results": "\n".join(["Một dòng."] * lines)}
        texts = page_texts(written(make_snapshot(remarks=remarks, evidence=0)))
        (last,) = [text for text in texts if "Nơi nhận:" in text]
        assert "Trên đây là báo cáo" in last
        assert "TM. ỦY BAN NHÂN DÂN" in last
        assert "Nguyễn Văn Bình" in last


def test_a_commune_of_any_kind_is_named_with_a_small_letter_in_sentences(written: Write) -> None:
    ward = Commune("00004", "Ba Đình", "Phường", "Thành phố Hà Nội")
    text = flowing_text_of(written(make_snapshot(commune=ward)))
    assert "Ủy ban nhân dân phường Ba Đình báo cáo" in text
    assert "UBND THÀNH PHỐ HÀ NỘI ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH" in text
