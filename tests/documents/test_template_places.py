"""The places of a paper: names that stay whatever the figures, and what each of them says."""

from __future__ import annotations

import dataclasses

import pytest

from ntm_desktop.criteria.model import Basis
from ntm_desktop.documents.forms import usual_forms
from ntm_desktop.documents.template_places import PARAGRAPH, Places, content_name, drawn_content, places_for
from tests.support.papers import usual_form
from tests.support.snapshots import LONG_COMMUNE, make_snapshot


def named(places: Places) -> list[str]:
    return [one.name for one in places.parts]


def test_parts_are_named_by_their_headings_without_numbers_and_years() -> None:
    snapshot = make_snapshot()
    assert named(places_for(usual_form("no_dong_xay_dung"), snapshot)) == [
        "loi_van_1",
        "ket_qua_chung",
        "bang_ket_qua_chung",
        "tung_cong_trinh",
        "bang_tung_cong_trinh",
        "nguyen_nhan_phuong_an_tra_no",
        "loi_van_5",
    ]
    half_year = places_for(usual_form("bieu_10"), snapshot)
    columns = next(one.columns for one in half_year.parts if one.is_table)
    assert [name for name, _head in columns] == [
        "so",
        "tieu_chi_chi_tieu_noi_dung",
        "den",
        "danh_gia",
        "muc_6_thang_nam",
        "danh_gia_2",
        "ke_hoach_6_thang_cuoi_nam",
        "danh_gia_3",
    ]
    assert named(places_for(usual_form("danh_muc_minh_chung"), snapshot)) == [
        "loi_van_1",
        "bang_danh_muc_minh_chung",
    ]


@pytest.mark.parametrize("form", usual_forms(), ids=lambda form: form.id)
def test_names_are_names_are_there_once_and_do_not_change_with_the_figures(form) -> None:
    first = places_for(form, make_snapshot())
    other = dataclasses.replace(
        make_snapshot(evidence=0), commune=LONG_COMMUNE, year=2026, remarks={"debts": "Đường | 1 | 2 | 3 | 4"}
    )
    assert list(first.values) == list(places_for(form, other).values)
    assert all(name.isidentifier() and name.isascii() for name in first.values)
    assert content_name() not in first.values
    assert len(first.values) == len(first.about) + len(first.parts)


def test_a_typed_table_is_rows_and_an_empty_section_says_so() -> None:
    snapshot = dataclasses.replace(make_snapshot(), remarks={"debts": "Đường ấp | 10 | 8 | 6 | 2"})
    values = places_for(usual_form("no_dong_xay_dung"), snapshot).values
    (row,) = values["bang_tung_cong_trinh"]
    assert (row["cong_trinh"], row["con_no_trieu_dong"]) == ("Đường ấp", "2")
    assert values["tung_cong_trinh"] == ""
    empty = places_for(usual_form("no_dong_xay_dung"), dataclasses.replace(snapshot, remarks={})).values
    assert (empty["bang_tung_cong_trinh"], empty["tung_cong_trinh"]) == ((), "Không có nội dung.")


def test_office_frame_and_counts_have_places() -> None:
    snapshot = make_snapshot()
    values = places_for(usual_form("to_trinh"), snapshot).values
    assert values["ten_xa"] == "xã Vĩnh An"
    assert values["ten_co_quan"] == "ỦY BAN NHÂN DÂN XÃ VĨNH AN"
    assert str(values["chuc_vu_nguoi_ky"]).split(PARAGRAPH)[0] == "TM. ỦY BAN NHÂN DÂN"
    assert str(values["noi_nhan"]).count(PARAGRAPH) == 3
    assert values["ghi_chu_mau"] == "(Mẫu chưa đối chiếu với văn bản gốc)"
    official = dataclasses.replace(usual_form("to_trinh"), basis=Basis.OFFICIAL)
    assert places_for(official, snapshot).values["ghi_chu_mau"] == ""


def test_the_whole_content_is_drawn_without_the_annex() -> None:
    snapshot = make_snapshot()
    drawn = drawn_content(usual_form("danh_muc_minh_chung"), snapshot)
    assert "tệp minh chứng" in drawn.xml
    assert "w:tbl" not in drawn.xml
    assert any('w:styleId="NTMbody"' in style for style in drawn.styles)
