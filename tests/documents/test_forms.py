"""Papers drawn from forms: the usual list, and whatever a set prescribes instead."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pytest

from ntm_desktop.criteria.model import Basis, PaperForm, PaperLayout, PaperPart
from ntm_desktop.criteria.papers import BLOCKS, PLACES, misfits
from ntm_desktop.documents.forms import (
    _BLOCKS,
    ANNEX,
    forms_of,
    paper_of,
    places_of,
    sections_of,
    usual_forms,
    write_form,
)
from ntm_desktop.documents.page import write_paper
from ntm_desktop.documents.plain_tables import plain_tables
from ntm_desktop.i18n import Text
from tests.support.papers import usual_form
from tests.support.pdf import flowing_text_of, needs_poppler, pages_of
from tests.support.sample_set import make_set
from tests.support.snapshots import LONG_COMMUNE, make_snapshot


def form(*parts: PaperPart, **fields: object) -> PaperForm:
    plain = PaperForm("giay", Text("Giấy"), "GIẤY", "Về {commune}", parts, symbol="G-UBND")
    return dataclasses.replace(plain, **fields)  # type: ignore[arg-type]


def text_of(one: PaperForm, folder: Path, snapshot: object = None) -> str:
    target = folder / f"{one.id}.pdf"
    write_form(one, snapshot or make_snapshot(), target)  # type: ignore[arg-type]
    return flowing_text_of(target)


def test_every_place_and_block_a_form_may_name_can_be_filled() -> None:
    assert places_of(make_snapshot()).keys() == PLACES
    assert {*_BLOCKS, ANNEX} == BLOCKS


def test_the_usual_list_names_only_what_there_is_and_says_that_nobody_compared_it() -> None:
    forms = usual_forms()
    plain = tuple(
        dataclasses.replace(one, parts=tuple(dataclasses.replace(part, figures=()) for part in one.parts))
        for one in forms
    )
    assert not list(misfits(plain, make_set().catalogue))
    assert {one.basis for one in forms} == {Basis.MISSING}
    assert [one.id for one in forms if one.id.startswith("bieu_")] == [f"bieu_{n}" for n in range(10, 14)]


def test_a_set_with_papers_of_its_own_has_those_and_no_others() -> None:
    own = (form(),)
    assert forms_of(make_set(papers=own)) == own
    assert forms_of(make_set()) == usual_forms()


@needs_poppler
@pytest.mark.parametrize("one", usual_forms(), ids=lambda one: one.id)
def test_every_usual_paper_has_its_head_its_mark_and_its_end_within_the_margins(
    one: PaperForm, tmp_path: Path
) -> None:
    target = tmp_path / "giay.pdf"
    snapshot = make_snapshot(commune=LONG_COMMUNE)
    pages = write_form(one, snapshot, target)
    text = flowing_text_of(target)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert f"/{one.symbol}" in text
    assert "(Mẫu chưa đối chiếu với văn bản gốc)" in text
    assert "TM. ỦY BAN NHÂN DÂN" in text
    assert "./." in text
    assert "{" not in text
    drawn = pages_of(target)
    assert len(drawn) == pages
    for page in drawn:
        assert max(word.right for word in page.words) <= page.width - 14.9
    assert (drawn[0].width > drawn[0].height) == (one.layout is PaperLayout.LANDSCAPE)


@needs_poppler
def test_a_form_compared_with_the_official_text_carries_no_mark(tmp_path: Path) -> None:
    text = text_of(form(PaperPart(text="Một câu."), basis=Basis.OFFICIAL), tmp_path)
    assert "chưa đối chiếu" not in text
    assert "Kính gửi" not in text


@needs_poppler
def test_parts_come_in_order_with_their_headings_and_the_annex_behind_the_signature(tmp_path: Path) -> None:
    parts = (
        PaperPart(block="evidence", heading="BẢNG KÊ"),
        PaperPart("I. MỞ ĐẦU", "Câu một.\n\nCâu hai về {set}."),
        PaperPart("II. SỐ", figures=("dan_so", "co_cho", "khong_co", "ho_so_giai_quyet")),
        PaperPart(block="legal_basis"),
        PaperPart("III. CĂN CỨ", block="legal_basis"),
    )
    text = text_of(form(*parts, addressed="{province}."), tmp_path)
    places = [
        text.index(one)
        for one in ("Kính gửi:", "I. MỞ ĐẦU", "Câu hai", "II. SỐ", "Căn cứ", "TM. ỦY", "BẢNG KÊ")
    ]
    assert places == sorted(places)
    assert "8.298 Bộ phận một cửa" in text
    assert "Không Bộ phận một cửa" in text
    assert "(Kèm theo Giấy số /G-UBND ngày" in text


@needs_poppler
def test_figures_nobody_entered_and_figures_there_are_none_of_are_said_as_such(tmp_path: Path) -> None:
    snapshot = dataclasses.replace(make_snapshot(), facts=())
    assert "chưa có" in text_of(form(PaperPart(figures=("dan_so",))), tmp_path, snapshot)
    assert "Không có nội dung." in text_of(form(PaperPart(figures=("khong_co",))), tmp_path, snapshot)


def test_what_officers_type_line_by_line_becomes_a_table_and_nothing_of_it_is_lost() -> None:
    columns = ("Tên", "Việc")
    typed = "Bình\tchủ trì\n\nBé | ghi | biên bản\nAn"
    snapshot = make_snapshot(remarks={"people": typed})
    free = paper_of(form(PaperPart(section="people", columns=columns)), snapshot)
    (table,) = plain_tables(free)
    assert table.rows == (
        ("TT", "Tên", "Việc"),
        ("1", "Bình", "chủ trì"),
        ("2", "Bé", "ghi biên bản"),
        ("3", "An", ""),
    )
    given = PaperPart(section="people", columns=columns, rows=("Chủ tọa {year}",))
    (table,) = plain_tables(paper_of(form(given), snapshot))
    assert table.rows[1:] == (
        ("1", "Chủ tọa 2023", "Bình chủ trì"),
        ("2", "", "Bé ghi biên bản"),
        ("3", "", "An"),
    )


def test_a_table_with_given_first_cells_is_drawn_empty_for_the_clerk() -> None:
    part = PaperPart(section="x", columns=("Nguồn", "Số"), rows=("Tỉnh", "Xã"))
    (table,) = plain_tables(paper_of(form(part), make_snapshot()))
    assert table.rows[1:] == (("1", "Tỉnh", ""), ("2", "Xã", ""))


@needs_poppler
def test_an_empty_section_says_so_and_explanations_stand_under_the_difficulties(tmp_path: Path) -> None:
    parts = (PaperPart(section="people", columns=("Tên",)), PaperPart(section="difficulties"))
    text = text_of(form(*parts), tmp_path, make_snapshot(remarks={"8.4.d": "Đường truyền yếu."}))
    assert text.count("Không có nội dung.") == 1
    assert "- 8.4.d, Tỷ lệ hồ sơ" in text


def test_sections_are_named_once_in_the_order_of_the_paper() -> None:
    report = usual_form("bao_cao_ket_qua")
    assert [part.section for part in sections_of(report)] == ["results", "difficulties", "proposals"]


def test_a_form_without_parts_is_still_a_paper() -> None:
    assert write_paper(paper_of(form(), make_snapshot()), io.BytesIO()) == 1
