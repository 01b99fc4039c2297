from __future__ import annotations

import pytest

from ntm_desktop.operations import history, paper_sections, papers
from ntm_desktop.operations.desk import NoDossierChosen
from tests.support.sealing import SIGNATORY, desk_to_seal


@pytest.fixture
def desk(tmp_path):
    with desk_to_seal(tmp_path) as made:
        yield made


def sections(desk, name):
    form = next(one for one in paper_sections.listed(desk) if one.id == name)
    found = paper_sections.sections(desk, form, papers.freeze_to_look_at(desk, SIGNATORY))
    return {one.name: one for one in found}


def test_what_is_written_is_stored_frozen_and_taken_back_by_undo(desk):
    change = paper_sections.write_section(desk, "debts", "Cầu\t1\n\n")
    assert (change.label, change.structure) == ("section", False)
    assert sections(desk, "no_dong_xay_dung")["debts"].text == "Cầu\t1"
    assert papers.freeze_to_look_at(desk, SIGNATORY).snapshot.remarks["debts"] == "Cầu\t1"
    history.undo(desk)
    assert sections(desk, "no_dong_xay_dung")["debts"].text == ""


def test_an_empty_text_takes_a_section_away(desk):
    paper_sections.write_section(desk, "results", "Tốt")
    paper_sections.write_section(desk, "results", " \n ")
    assert "results" not in desk.workspace.remarks(desk.dossier.id)


def test_headings_columns_and_first_cells_are_filled_for_the_dossier(desk):
    found = sections(desk, "bieu_11")["resources"]
    year = desk.dossier.year
    assert found.columns[1] == f"Đến 31/12/{year - 1}"
    assert found.given[-1] == "Cộng đồng: ngày công, hiện vật"
    assert sections(desk, "bao_cao_ket_qua")["results"].heading == "III. KẾT QUẢ NỔI BẬT"


def test_nothing_is_written_without_a_dossier(desk):
    form, prepared = paper_sections.listed(desk)[0], papers.freeze_to_look_at(desk, SIGNATORY)
    desk.choose(None)
    with pytest.raises(NoDossierChosen):
        paper_sections.write_section(desk, "results", "Tốt")
    with pytest.raises(NoDossierChosen):
        paper_sections.sections(desk, form, prepared)
