"""The line above a table: the chosen cell in words, with who entered it and when."""

from __future__ import annotations

from ntm_desktop.facts.fact import Claim, Fact, FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.ui.entry.sheet import Sheet
from ntm_desktop.ui.hamlets.cell_line import entered_words
from ntm_desktop.ui.hamlets.page import HamletsPage
from tests.ui.hamlets.conftest import paste, put

KEY = FactKey("so_ho", "", year_period(2024))


def test_it_tells_of_the_chosen_cell_and_of_none(page: HamletsPage, sheet: Sheet) -> None:
    put(sheet, 1, 6)
    paste(sheet, "4")
    assert not page.line.hint.isVisible()
    assert page.line.place.text() == "Vĩnh Hòa · Số cụm loa"
    assert page.line.value.text() == "4"
    assert page.line.problem.text() == ""
    assert "Vĩnh Hòa, Số cụm loa: 4" in page.line.accessibleDescription()
    page.line.show_cell(sheet.table, sheet.rootIndex())
    assert page.line.hint.isVisible()
    assert not page.line.value.isVisible()


def test_who_and_when_are_told_as_far_as_they_are_known() -> None:
    assert entered_words(None) == ""
    assert entered_words(Fact(KEY, (Claim("c", "4", None, who="Lê Văn Hậu", at="?"),))) == "Lê Văn Hậu"
    at = "2024-12-01T18:00:00.000Z"
    assert entered_words(Fact(KEY, (Claim("c", "4", None, at=at),))) == "nhập 02/12/2024"
