from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from ntm_desktop.i18n import set_language
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.search import Hit, HitKind, SearchIndex


@pytest.fixture
def index(desk: Desk) -> SearchIndex:
    return SearchIndex(desk.compiled.source)


def places(hits: tuple[Hit, ...]) -> list[tuple[HitKind, str]]:
    return [(hit.kind, hit.code) for hit in hits]


@pytest.mark.parametrize(
    "query",
    [
        "8.1",
        "8.1.",
        " 8.1 ",
        "tieu chi 8.1",
        "tiêu chí 8.1",
        "chỉ tiêu 8.1",
        "CHI TIEU SO 8.1",
        "nội dung 8.1",
    ],
)
def test_an_indicator_is_found_by_its_number_whatever_stands_before_it(
    index: SearchIndex, query: str
) -> None:
    assert places(index.find(query)) == [(HitKind.INDICATOR, "8.1"), (HitKind.REQUIREMENT, "8.1.a")]


def test_decomposed_typing_finds_the_same(index: SearchIndex) -> None:
    query = unicodedata.normalize("NFD", "chỉ tiêu 8.4")
    assert index.find(query) == index.find("8.4")


def test_a_criterion_is_not_mistaken_for_those_that_begin_with_its_digit(index: SearchIndex) -> None:
    codes = [hit.code for hit in index.find("1", limit=50)]
    assert codes[0] == "1"
    assert all(code == "1" or code.startswith("1.") for code in codes)


def test_a_requirement_is_found_by_its_letter(index: SearchIndex) -> None:
    assert places(index.find("8.4.d")) == [(HitKind.REQUIREMENT, "8.4.d")]


@pytest.mark.parametrize(
    "query", ["hồ sơ giải quyết trực tuyến", "ho so giai quyet truc tuyen", "truc tuyen ho so"]
)
def test_words_are_found_with_and_without_marks_in_any_order(index: SearchIndex, query: str) -> None:
    assert (HitKind.REQUIREMENT, "8.4.d") in places(index.find(query))


def test_english_words_are_found_as_well(index: SearchIndex) -> None:
    assert (HitKind.REQUIREMENT, "8.4.d") in places(index.find("files solved online"))


def test_a_figure_leads_to_the_requirement_that_asks_for_it(index: SearchIndex) -> None:
    figures = [hit for hit in index.find("internet co dinh") if hit.kind is HitKind.ELEMENT]
    assert [hit.code for hit in figures] == ["8.2.b"]
    assert figures[0].detail == "Ấp có dịch vụ internet"


def test_the_communes_word_for_hamlet_finds_what_the_pack_calls_otherwise(index: SearchIndex) -> None:
    assert (HitKind.REQUIREMENT, "8.2.a") in places(index.find("ap co dich vu dien thoai"))
    assert (HitKind.REQUIREMENT, "8.2.a") in places(index.find("thon co dich vu dien thoai"))


def test_titles_that_begin_with_the_words_come_first(index: SearchIndex) -> None:
    hits = index.find("thông tin", limit=30)
    starting = [hit.title.casefold().startswith("thông tin") for hit in hits]
    assert starting == sorted(starting, reverse=True)


@pytest.mark.parametrize("query", ["", "   ", "8.9", "99", "xyzzy", "%_'\""])
def test_nothing_is_found_for_nothing_and_for_what_is_not_there(index: SearchIndex, query: str) -> None:
    assert index.find(query) == ()


def test_no_more_hits_than_asked_for(index: SearchIndex) -> None:
    assert len(index.find("xã", limit=4)) == 4


def test_a_field_the_catalogue_does_not_explain_is_passed_over(desk: Desk) -> None:
    bare = replace(desk.compiled.source, catalogue=replace(desk.compiled.source.catalogue, elements={}))
    assert not [hit for hit in SearchIndex(bare).find("ho so", limit=99) if hit.kind is HitKind.ELEMENT]


def test_titles_follow_the_language(desk: Desk) -> None:
    set_language("en")
    try:
        (hit,) = SearchIndex(desk.compiled.source).find("8.4.d")
        assert hit.title == "Files solved online"
    finally:
        set_language("vi")
