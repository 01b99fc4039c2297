"""The groups of a comparison: counts with words, one Tab stop, arrows move inside."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.ui.compare.groups import ALL, Group, GroupList, pair_key, pair_words
from tests.ui.conftest import Shown

MET, NOT_MET = Verdict.MET, Verdict.NOT_MET
GROUPS = (
    Group(ALL, "tất cả", 7),
    Group(pair_key((MET, NOT_MET)), pair_words(MET, NOT_MET), 5, (MET, NOT_MET)),
    Group(pair_key((None, MET)), pair_words(None, MET), 2, (None, MET)),
)


def _list(shown: Shown) -> tuple[GroupList, list[str]]:
    made, chosen = GroupList(), list[str]()
    made.chosen.connect(chosen.append)
    made.show_groups(GROUPS, ALL)
    shown(made, 300, 120)
    made.setFocus()
    return made, chosen


def test_each_pair_has_its_words() -> None:
    assert pair_words(MET, NOT_MET) == "đạt bộ trước, chưa đạt bộ sau"
    assert pair_words(MET, MET) == "đạt ở cả hai bộ"
    assert pair_words(None, MET) == "chỉ có ở bộ sau: đạt"
    assert pair_words(NOT_MET, None) == "chỉ có ở bộ trước: chưa đạt"


def test_rows_say_count_and_words(shown: Shown) -> None:
    made, _chosen = _list(shown)
    assert made.words() == ["7 tất cả", "5 đạt bộ trước, chưa đạt bộ sau", "2 chỉ có ở bộ sau: đạt"]


def test_arrows_choose_and_stop_at_the_ends(shown: Shown) -> None:
    made, chosen = _list(shown)
    top = made.ring_area().top()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left):
        QTest.keyClick(made, key)
    assert chosen == [GROUPS[1].key, GROUPS[2].key]
    assert made.ring_area().top() > top


def test_a_click_chooses(shown: Shown) -> None:
    made, chosen = _list(shown)
    QTest.mouseClick(made.rows[2], Qt.MouseButton.LeftButton)
    assert chosen == [GROUPS[2].key]


def test_without_a_chosen_row_the_ring_goes_around_all(shown: Shown) -> None:
    made, _chosen = _list(shown)
    made.show_groups((), "")
    assert made.ring_area() == made.rect()
