"""The rows of totals: sums, yeses, gaps, and the requirement that needs work first."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations.hamlet_tables import Total, Use
from ntm_desktop.ui.entry.sheet import Sheet
from ntm_desktop.ui.hamlets.page import HamletsPage
from ntm_desktop.ui.hamlets.totals import use_words
from tests.support.windows import settle
from tests.ui.hamlets.conftest import paste, put


def test_a_column_is_summed_or_counted_or_said_to_be_incomplete(page: HamletsPage, sheet: Sheet) -> None:
    assert page.strip.total_words(0) == "1.206", "households were given with the list of hamlets"
    assert page.strip.total_words(1) == "chưa đủ"
    put(sheet, 0, 1)
    paste(sheet, "x\nx\nkhông\nx")
    assert page.strip.total_words(1) == "3/4"
    page.strip.show_totals({1: Total(4, 4, None)}, {})
    assert page.strip.total_words(1) == "\u2013"


def test_several_uses_and_narrow_columns_are_drawn(
    page: HamletsPage, sheet: Sheet, qapp: QApplication
) -> None:
    uses = (Use("8.2.a", Verdict.MET), Use("8.2.b", Verdict.NOT_MET))
    assert use_words(uses[1]) == "8.2.b Chưa đạt"
    page.strip.show_totals({}, {1: uses, 2: uses[1:], 3: ()})
    for width in (1366, 1024, 600):
        page.window().resize(width, 697)
        settle(qapp)
        assert not page.strip.grab().isNull()
    page.strip.forget()
    assert page.strip.spoken() == []
