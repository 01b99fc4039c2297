"""The words of a merger: rules, reasons, cells spoken with their heads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.i18n import set_language
from ntm_desktop.ui.look.tokens import State
from ntm_desktop.ui.merger.lines import STATE_ROLE, Kind, Line, Lines, rule_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("sum", "Added"),
        ("average", "Average"),
        ("average:dan_so", "Average weighed by: People"),
        ("ask", "Asked again"),
        ("new one", "Asked again"),
    ],
)
def test_every_rule_has_words(rule: str, words: str) -> None:
    set_language("en")
    assert rule_words(rule, {"dan_so": "People"}) == words


def test_a_line_is_spoken_with_the_head_of_each_column() -> None:
    set_language("en")
    lines = Lines()
    key = FactKey("dan_so", "", year_period(2024), plan=True)
    lines.show_lines(
        [Line(key, Kind.ASKED, {"1": "5"}, "People", "Added", "", "why")], [("1", "A"), ("2", "B")]
    )
    index = lines.index(0, 2)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Figure: People, Period: 2024, plan, A: 5, B: \u2013, Rule: Added, To know: why"
    )
    assert index.data(STATE_ROLE) is State.UND
    assert lines.data(QModelIndex()) is None
    assert lines.headerData(0, Qt.Orientation.Vertical) is None
    lines.filter("2")
    assert lines.rowCount() == 0
