from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.operations import answer as answering
from ntm_desktop.operations.fill import fill
from ntm_desktop.operations.form import NoSuchHamlet, file_name, form, write_form, write_hamlet_forms
from ntm_desktop.sheets.read import read
from tests.support.desks import HAMLETS, NANG_CAO, NTM, fresh_desk


def test_form_asks_everything_the_set_asks_of_the_commune(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        asked = {one.key.element for band in form(desk).bands for one in band.asked}
        fields = {
            field.element
            for requirement in desk.compiled.source.requirements()
            for field in requirement.fields
        }
        assert asked == fields
        assert {band.code for band in form(desk).bands} >= {"8", "8.4", "15.4"}


def test_all_that_is_asked_by_hamlet_is_one_table(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        tables = form(desk).tables
        assert [table.name for table in tables] == ["Ấp"]
        assert [subject.name for subject in tables[0].subjects] == list(HAMLETS)
        assert {asked.key.element for asked in tables[0].cells[0]} >= {
            "thon_internet_di_dong",
            "thon_loa_hoat_dong",
        }
        assert all(asked.key.subject == tables[0].subjects[1].id for asked in tables[0].cells[1])


def test_registers_with_lines_have_a_sheet_of_their_own(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NANG_CAO) as desk:
        assert len(form(desk).tables) == 1
        answering.add_record(desk, "san_pham_ocop")
        record = desk.book.records[0].id
        answering.answer(desk, FactKey("ocop_ten", record, Period("-")), "Xoài sấy")
        write_form(desk, tmp_path / "phieu.xlsx")
        assert fill(desk, tmp_path / "phieu.xlsx").taken == 0
        texts = {
            cell.text
            for sheet in read(tmp_path / "phieu.xlsx").sheets
            for line in sheet.lines()
            for cell in line
        }
        assert "Xoài sấy" in texts


def test_form_of_one_hamlet_asks_only_about_it(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        hamlet = desk.book.hamlets[1]
        asked = [one for band in form(desk, hamlet.id).bands for one in band.asked]
        assert {one.key.subject for one in asked} == {hamlet.id}
        assert form(desk, hamlet.id).tables == ()
        assert hamlet.name in form(desk, hamlet.id).title
        with pytest.raises(NoSuchHamlet):
            form(desk, "nobody")


def test_last_year_stands_beside_the_input(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        answering.answer(desk, FactKey("dan_so", "", Period("2022")), "16.790")
        asked = next(one for band in form(desk).bands for one in band.asked if one.key.element == "dan_so")
        assert (asked.fact, asked.last_year) == (None, 16790)


def test_without_a_dossier_there_is_no_form(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk, pytest.raises(LookupError):
        form(desk)


def test_each_hamlet_gets_a_workbook_under_its_name(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        (tmp_path / "phiếu").mkdir()
        written = write_hamlet_forms(desk, tmp_path / "phiếu")
        assert [path.name for path in written] == [
            "01 Vĩnh Thành.xlsx",
            "02 Vĩnh Thạnh.xlsx",
            "03 Vĩnh Lợi.xlsx",
        ]
        assert fill(desk, written[1]).problems == ()


def test_file_names_are_such_as_every_system_takes() -> None:
    taken: set[str] = set()
    names = [file_name(wanted, taken) for wanted in ('Ấp 1/2: "A"', "ấp 1 2 a", "...")]
    assert names == ["Ấp 1 2 A", "ấp 1 2 a 2", "1"]
