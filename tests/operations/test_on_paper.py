"""What is asked of hamlets goes on paper and back; what was found goes on a sheet to copy from."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.operations import on_paper
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.form import NoSuchHamlet
from ntm_desktop.sheets.read import read
from tests.support.desks import HAMLETS
from tests.support.pdf import page_texts


def test_paper_asks_each_hamlet_the_questions_of_the_quick_entry_in_their_order(
    desk: Desk, tmp_path: Path
) -> None:
    first = desk.book.hamlets[0]
    asked = on_paper.questions(desk, first.id)
    assert asked
    answer(desk, asked[0].key._replace(period=Period("2023")), "1")
    on_paper.write_collection(desk, tmp_path / "giấy.pdf")
    pages = page_texts(tmp_path / "giấy.pdf")
    text = " ".join(" ".join(pages).split())
    assert all(f"Ấp {name}, năm 2024" in text for name in HAMLETS)
    assert on_paper.write_collection(desk, tmp_path / "một.pdf", first.id) <= len(pages)
    with pytest.raises(NoSuchHamlet):
        on_paper.write_collection(desk, tmp_path / "x.pdf", "khong-co")


def test_copy_sheet_is_the_set_in_order_as_excel_and_pdf(desk: Desk, tmp_path: Path) -> None:
    answer(desk, FactKey("ho_so_giai_quyet", "", Period("2024")), "2.382")
    on_paper.write_copy_sheet(desk, tmp_path / "chép.xlsx")
    sheet = read(tmp_path / "chép.xlsx").sheets[0]
    codes = [cells[0].text for cells in sheet.lines() if cells[0].text][1:]
    parts = [
        code
        for one in desk.compiled.source.criteria
        for code in (one.code, *(i.code for i in one.indicators))
    ]
    assert codes == parts
    assert "2.382" in {cells[2].text for cells in sheet.lines()}
    on_paper.write_copy_sheet(desk, tmp_path / "chép.pdf")
    assert "2.382" in " ".join(page_texts(tmp_path / "chép.pdf"))


def test_without_a_dossier_there_is_nothing_to_print(desk: Desk, tmp_path: Path) -> None:
    desk.choose(None)
    for write in (on_paper.write_collection, on_paper.write_copy_sheet):
        with pytest.raises(NoDossierChosen):
            write(desk, tmp_path / "x.pdf")
