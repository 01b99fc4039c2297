"""The lines under a table name the hamlets; many are counted."""

from __future__ import annotations

from ntm_desktop.i18n import set_language
from ntm_desktop.ui.entry.sheet import Sheet
from ntm_desktop.ui.hamlets.page import HamletsPage
from tests.ui.hamlets.conftest import paste, put


def test_missing_and_wrong_cells_are_named_with_their_columns(page: HamletsPage, sheet: Sheet) -> None:
    put(sheet, 0, 0)
    paste(sheet, "\n".join(["1\tx\tx\tx\tx\tx\t1\tx"] * 3 + ["1\tx\tx\tx\tx\tx\t?"]))
    said = page.foot.words()
    assert "1 ô sai: Vĩnh Lợi (Số cụm loa)" in said
    assert "1 ô chưa có: Vĩnh Lợi (Loa hoạt động tốt)" in said


def test_a_hamlet_with_many_gaps_says_how_many_and_english_is_english(page: HamletsPage) -> None:
    assert "Vĩnh Thành (7 cột)" in page.foot.words()
    set_language("en")
    page._show_totals(set())
    assert "28 cells not entered yet: Vĩnh Thành (7 columns)" in page.foot.words()
    set_language("vi")
