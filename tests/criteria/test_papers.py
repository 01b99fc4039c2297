"""What the forms of papers may name."""

from __future__ import annotations

import dataclasses

import pytest

from ntm_desktop.criteria.load import PackUnreadable, dump, load
from ntm_desktop.criteria.model import PaperForm, PaperLayout, PaperPart
from ntm_desktop.criteria.papers import BLOCKS, PLACES, fill, misfits
from ntm_desktop.i18n import Text
from tests.support.sample_set import make_set


def form(*parts: PaperPart, **fields: object) -> PaperForm:
    plain = PaperForm("to_trinh", Text("Tờ trình"), "TỜ TRÌNH", "Về {commune}", parts)
    return dataclasses.replace(plain, **fields)  # type: ignore[arg-type]


def wrong(*forms: PaperForm) -> list[tuple[str, str, str]]:
    return [tuple(one) for one in misfits(forms, make_set().catalogue)]


def test_a_form_that_names_only_what_there_is_has_nothing_wrong() -> None:
    parts = (
        PaperPart("I. {set}", "{body} kính trình.", "criteria", ("dan_so",), "results"),
        PaperPart(section="debts", columns=("Công trình",), rows=("Cầu",)),
    )
    assert wrong(form(*parts, addressed="{province}.", recipients=("- Lưu: VT.",))) == []


@pytest.mark.parametrize(
    ("part", "code", "found"),
    [
        (PaperPart(text="Kính gửi {tinh}"), "unknown_place", "tinh"),
        (PaperPart(heading="{nam}"), "unknown_place", "nam"),
        (PaperPart(section="a", columns=("{cot}",)), "unknown_place", "cot"),
        (PaperPart(section="a", columns=("A",), rows=("{dong}",)), "unknown_place", "dong"),
        (PaperPart(block="bang"), "unknown_block", "bang"),
        (PaperPart(section="Nợ đọng"), "wrong_name", "Nợ đọng"),
        (PaperPart(columns=("A",)), "table_without_section", ""),
        (PaperPart(section="a", rows=("A",)), "table_without_section", "a"),
        (PaperPart(figures=("khong_co",)), "unknown_figure", "khong_co"),
        (PaperPart(figures=("ap_co_loa",)), "unknown_figure", "ap_co_loa"),
        (PaperPart(figures=("ocop_chu_the",)), "unknown_figure", "ocop_chu_the"),
    ],
)
def test_what_there_is_not_is_named_with_its_place(part: PaperPart, code: str, found: str) -> None:
    ((place, problem, piece),) = wrong(form(part))
    assert (problem, piece) == (code, found)
    assert place.startswith("papers[0].parts[0].")


def test_names_of_papers_are_plain_and_stand_once() -> None:
    assert wrong(form(id="../to_trinh"))[0][1:] == ("wrong_name", "../to_trinh")
    assert [problem for _place, problem, _found in wrong(form(), form())] == ["duplicate", "duplicate"]


def test_texts_of_the_whole_paper_are_looked_at_too() -> None:
    found = wrong(form(abstract="{a}", addressed="{b}", recipients=("x", "{c}")))
    assert [(place, piece) for place, _code, piece in found] == [
        ("papers[0].abstract", "a"),
        ("papers[0].addressed", "b"),
        ("papers[0].recipients[1]", "c"),
    ]


def test_filling_evaluates_nothing() -> None:
    text = "{commune} {commune.__class__} {0} {} {{year}} {commune!r}"
    filled = "xã {body} {commune.__class__} {0} {} {2023} {commune!r}"
    assert fill(text, {"commune": "xã {body}", "year": "2023"}) == filled
    with pytest.raises(KeyError):
        fill("{khong_co}", {})


def test_a_pack_keeps_its_papers_and_is_refused_when_they_name_what_there_is_not() -> None:
    papers = (form(PaperPart(block="criteria"), layout=PaperLayout.LANDSCAPE, sent=False),)
    built = make_set(papers=papers)
    assert load(dump(built)).papers == papers
    with pytest.raises(PackUnreadable) as caught:
        load(dump(make_set(papers=(form(PaperPart(text="{xa}")),))))
    assert (caught.value.place, caught.value.problem) == ("papers[0].parts[0].text", "unknown_place")


def test_a_pack_without_papers_has_the_same_bytes_as_before() -> None:
    assert b'"papers"' not in dump(make_set())
    assert PLACES
    assert BLOCKS
