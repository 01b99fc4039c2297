"""How an office is named."""

from __future__ import annotations

import pytest

from ntm_desktop.documents.office import office_of
from ntm_desktop.facts.subject import Commune
from tests.support.snapshots import LONG_COMMUNE, make_snapshot


@pytest.mark.parametrize(
    ("commune", "in_sentence", "province"),
    [
        (Commune("1", "Vĩnh An", "Xã", "Tỉnh An Giang"), "xã Vĩnh An", "tỉnh An Giang"),
        (Commune("1", "Ba Đình", "Phường", "Thành phố Hà Nội"), "phường Ba Đình", "thành phố Hà Nội"),
        (Commune("1", "Xã Đàn", "Phường", "Hà Nội"), "phường Xã Đàn", "Hà Nội"),
        (Commune("1", "Côn Đảo", "Đặc khu", "Thành phố Huế"), "đặc khu Côn Đảo", "thành phố Huế"),
    ],
)
def test_only_the_kind_of_a_unit_gets_a_small_letter(
    commune: Commune, in_sentence: str, province: str
) -> None:
    office = office_of(make_snapshot(commune=commune))
    assert (office.commune, office.province) == (in_sentence, province)


def test_the_head_is_in_capitals_with_their_marks() -> None:
    office = office_of(make_snapshot(commune=LONG_COMMUNE))
    assert office.superior == "UBND THÀNH PHỐ HỒ CHÍ MINH"
    assert office.head_lines == ("ỦY BAN NHÂN DÂN", "ĐẶC KHU VĂN MIẾU - QUỐC TỬ GIÁM NGUYỄN TRƯỜNG TỘ THƯỢNG")


def test_the_place_is_the_commune_where_no_other_was_given() -> None:
    assert office_of(make_snapshot(place="")).place == "Vĩnh An"
    assert office_of(make_snapshot(place="Vĩnh Thành")).place == "Vĩnh Thành"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("CHỦ TỊCH", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("Phó Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("", ("TM. ỦY BAN NHÂN DÂN", "")),
    ],
)
def test_a_deputy_signs_for_the_chairman(title: str, lines: tuple[str, ...]) -> None:
    assert office_of(make_snapshot(signatory_title=title)).signing_lines == lines
