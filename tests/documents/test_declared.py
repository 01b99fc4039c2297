"""What the commune confirmed itself is listed as such."""

from __future__ import annotations

from ntm_desktop.criteria.verdicts import Confirmation
from ntm_desktop.facts.subject import Profile, ProfileEntry
from tests.documents.conftest import Write
from tests.support.pdf import flowing_text_of, needs_poppler
from tests.support.snapshots import make_snapshot

pytestmark = needs_poppler


def test_what_the_commune_declares_is_listed(written: Write) -> None:
    text = flowing_text_of(written(make_snapshot()))
    assert "8.3.a Tỷ lệ ấp có loa hoạt động ≥ 100 % 12/QĐ-UBND 30/06/2022 Trần Thị Bé" in text
    assert "Vùng Đồng bằng sông Cửu Long Quyết định 861/QĐ-TTg 01/01/2021" in text


def test_nothing_declared_is_said_in_a_sentence(written: Write) -> None:
    text = flowing_text_of(written(make_snapshot(confirmations=(), profile=Profile())))
    assert "Không có mức đạt nào do xã tự xác nhận." in text


def test_a_property_and_a_requirement_the_set_does_not_know_are_still_listed(written: Write) -> None:
    entry = ProfileEntry("khu_vuc", "iii", document="QĐ 33")
    confirmation = Confirmation("99.1.a", True, "Công văn 7")
    text = flowing_text_of(written(make_snapshot(profile=Profile((entry,)), confirmations=(confirmation,))))
    assert "khu_vuc iii QĐ 33" in text
    assert "99.1.a Có Công văn 7" in text
