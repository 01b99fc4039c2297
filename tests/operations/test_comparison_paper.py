"""A comparison in words, on paper and in a workbook."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import comparison_paper as papers
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.comparison import Comparison, Earliest, Part, compare_sets
from ntm_desktop.operations.comparison_paper import Shown
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.targets import NoPlaceForFiles
from ntm_desktop.sheets.read import read
from tests.support.desks import NANG_CAO, NTM, fresh_desk
from tests.support.pdf import flowing_text_of, needs_poppler

FILED, ONLINE = "ho_so_giai_quyet", "ho_so_truc_tuyen"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NTM) as made:
        for name, text in ((FILED, "2.382"), (ONLINE, "612")):
            answer(made, FactKey(name, "", year_period(2023)), text)
        yield made


@pytest.fixture
def found(desk: Desk) -> Comparison:
    assert desk.dossier is not None
    return compare_sets(desk, desk.dossier, NANG_CAO)


def _part(found: Comparison, code: str) -> Part:
    return next(one for one in found.parts if one.change.new_code == code)


def test_only_what_differs_or_only_digital_transformation_is_shown(found: Comparison) -> None:
    every = papers.shown(found.parts, Shown.ALL)
    different = papers.shown(found.parts, Shown.DIFFERENT)
    digital = papers.shown(found.parts, Shown.DIGITAL)
    assert every == found.parts
    assert 0 < len(digital) < len(different) < len(every)
    assert all(one.differs for one in different)
    assert all("chuyen_doi_so" in one.tags for one in digital)


def test_a_part_that_only_one_set_has_says_so(desk: Desk, found: Comparison) -> None:
    new = papers.part_words(desk, found, _part(found, "8.5"))
    assert new.gap == "Chỉ có ở bộ sau"
    gone = next(one for one in found.parts if one.change.after is None)
    assert papers.part_words(desk, found, gone).whole() == "Chỉ có ở bộ trước"


def test_a_part_that_is_the_same_says_where_the_commune_stands(desk: Desk, found: Comparison) -> None:
    same = next(one for one in found.parts if not one.differs and one.change.after is Verdict.UNDETERMINED)
    words = papers.part_words(desk, found, same)
    assert words.gap == ""
    assert words.rest


def test_codes_name_the_other_where_it_differs(found: Comparison) -> None:
    assert papers.code_words(_part(found, "14.1")) == "14.1 (bộ trước: 15.1)"
    assert papers.code_words(_part(found, "1.1")) == "1.1"
    conditions = [one for one in found.parts if one.change.condition]
    assert {papers.code_words(one) for one in conditions} == {""}


def test_when_it_can_be_met_is_told_within_and_after_the_years_of_the_set(found: Comparison) -> None:
    part = _part(found, "8.4")
    within = dataclasses.replace(part, earliest=Earliest(2025, (2022, 2021)))
    after = dataclasses.replace(part, earliest=Earliest(2027, (2022,)))
    assert papers.earliest_words(found, part) == ""
    assert (
        papers.earliest_words(found, within)
        == "Còn tính số liệu năm 2021, 2022 đã qua: sớm nhất năm 2025 mới đạt được."
    )
    assert papers.earliest_words(found, after).endswith("khi bộ này đã hết thời hạn (đến 2025).")


def test_notes_say_how_parts_were_matched_and_what_was_not_compared(desk: Desk, found: Comparison) -> None:
    notes = list(papers.notes(found))
    assert notes[0].startswith("Chỉ tiêu của hai bộ được ghép theo số liệu")
    assert any("chưa đối chiếu" in note for note in notes)
    assert desk.dossier is not None
    own = compare_sets(desk, desk.dossier, NTM)
    clean = dataclasses.replace(own, unchecked=0)
    assert list(papers.notes(clean)) == []
    unfinished = compare_sets(desk, desk.dossier, "vn-xa-ntm-2026-2030")
    assert "Bộ sau chưa đủ nội dung." in list(papers.notes(unfinished))


def test_what_falls_is_counted_first_and_what_stays_last(found: Comparison) -> None:
    pairs = [pair for pair, _count in papers.counted(found)]
    kinds = [pair[0] is pair[1] for pair in pairs]
    assert kinds == sorted(kinds)
    assert papers.verdict_words(None) == "Không có"


@needs_poppler
def test_the_paper_holds_the_counts_and_every_row(desk: Desk, found: Comparison, tmp_path: Path) -> None:
    target = tmp_path / "so-sanh.pdf"
    papers.write_paper(desk, found, target, Shown.DIFFERENT)
    text = flowing_text_of(target)
    assert "SO SÁNH BỘ TIÊU CHÍ" in text
    assert "Cùng số liệu năm 2023, tính theo hai bộ tiêu chí." in text
    assert "Có ứng dụng công nghệ thông tin trong công tác quản lý" in text


def test_the_workbook_has_a_row_for_each(desk: Desk, found: Comparison, tmp_path: Path) -> None:
    target = tmp_path / "so-sanh.xlsx"
    papers.write_paper(desk, found, target, Shown.DIGITAL)
    (sheet,) = read(target).sheets
    codes = [row[0].text for row in sheet.rows if row]
    assert "14.4 (bộ trước: 15.4)" in codes
    rows = len(papers.shown(found.parts, Shown.DIGITAL))
    assert codes.index("Số") + rows == len(codes) - 1


def test_nothing_is_written_into_the_workspace(desk: Desk, found: Comparison) -> None:
    with pytest.raises(NoPlaceForFiles):
        papers.write_paper(desk, found, desk.workspace.folder / "so-sanh.pdf")
