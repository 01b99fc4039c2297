from __future__ import annotations

import json
from fractions import Fraction

import pytest

from ntm_desktop.criteria.load import PackUnreadable
from ntm_desktop.criteria.registers import Keeping, Sample, dump_registers, is_register_book, load_registers
from ntm_desktop.i18n import Text
from ntm_desktop.packs.shipped import content_of, shipped_packs, shipped_registers


def test_a_book_is_written_and_read_back_the_same() -> None:
    book = shipped_registers()
    assert load_registers(dump_registers(book)) == book
    assert dump_registers(load_registers(dump_registers(book))) == dump_registers(book)


@pytest.mark.parametrize(
    "content", [b"{}", b'{"format": 2}', b'{"format": 1}', b'{"format": 1, "id": "x", "else": 1}', b"[]"]
)
def test_what_is_no_book_is_refused(content: bytes) -> None:
    with pytest.raises(PackUnreadable):
        load_registers(content)


def test_a_book_of_another_format_is_refused_for_that_alone() -> None:
    content = dump_registers(shipped_registers())
    with pytest.raises(PackUnreadable) as refused:
        load_registers(content.replace(b'"format":1', b'"format":2'))
    assert (refused.value.place, refused.value.problem) == ("format", "unknown_format")


def test_the_bytes_are_in_order_and_can_be_read_by_people() -> None:
    content = dump_registers(shipped_registers()).decode()
    assert "hội" in content
    assert content == json.dumps(
        json.loads(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def test_how_a_register_is_kept_and_what_is_proposed_are_found_by_name() -> None:
    book = shipped_registers()
    keeping = book.keeping("san_pham_ocop")
    assert keeping is not None
    assert (keeping.due, keeping.months) == ("ocop_ngay_cap", 36)
    assert book.keeping("none") is None
    assert book.proposals_for()["cbcc_tap_huan_so"].table == "tap_huan"


def test_every_name_of_a_person_and_every_telephone_is_personal() -> None:
    elements = shipped_registers().catalogue.elements
    assert {name for name, one in elements.items() if one.personal} == {
        "th_nguoi",
        "tcn_nguoi",
        "tcn_dien_thoai",
    }


@pytest.mark.parametrize(
    ("share", "count", "households", "needed"),
    [
        ("3/5", 0, 140, 84),
        ("3/5", 0, 141, 85),
        ("3/5", 100, 140, 100),
        ("3/5", 200, 140, 140),
        ("0", 50, None, 50),
        ("3/5", 50, None, None),
    ],
)
def test_a_sample_is_the_larger_of_share_and_count_and_never_more_than_all(
    share, count, households, needed
) -> None:
    assert Sample(Fraction(share), count).needed(households) == needed


def test_a_register_says_a_time_limit_of_its_own_only_if_it_has_one() -> None:
    assert Keeping("so", Text("Sổ")).months == 0


def test_a_book_is_told_from_a_set_by_its_bytes() -> None:
    assert is_register_book(dump_registers(shipped_registers()))
    assert not any(is_register_book(content_of(pack)) for pack in shipped_packs())
