from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit, QWidget

from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.scroll import CardColumn, scrolled


def filled(count: int) -> tuple[CardColumn, list[QLineEdit]]:
    column, lines = CardColumn(), []
    for _ in range(count):
        card, line = Card(), QLineEdit()
        card.body.addWidget(line)
        column.add(card)
        lines.append(line)
    return column, lines


def test_cards_grow_to_860_and_stop_at_the_left(shown):
    column, _lines = filled(2)
    shown(column, 1200, 400)
    assert column.cards()[0].width() == 860
    assert column.cards()[0].mapTo(column, QPoint(0, 0)).x() == 0
    column.resize(600, 400)
    shown.settle()
    assert 580 <= column.cards()[0].width() <= 600


def test_problem_is_brought_to_the_middle(shown):
    column, lines = filled(30)
    shown(column, 600, 300)
    column.centre(lines[15])
    middle = lines[15].mapTo(column.viewport(), QPoint(0, 16)).y()
    assert abs(middle - column.viewport().height() / 2) <= 2


def test_what_is_in_view_is_not_scrolled(shown):
    column, lines = filled(30)
    shown(column, 600, 300)
    column.uncover(lines[1])
    assert column.verticalScrollBar().value() == 0
    column.uncover(lines[20])
    assert column.viewport().rect().contains(lines[20].mapTo(column.viewport(), QPoint(0, 0)))


def test_clearing_takes_all_cards_away(shown):
    column, _lines = filled(3)
    shown(column, 600, 300)
    column.set_margins(20, 0, 0, 0)
    column.clear()
    assert column.cards() == ()


def test_a_page_larger_than_its_room_scrolls_down_and_sideways_only_where_it_may(shown):
    for sideways in (False, True):
        inside = QWidget()
        inside.setFixedSize(400, 400)
        area = scrolled(inside, sideways=sideways)
        shown(area, 200, 200)
        assert area.verticalScrollBar().maximum() > 0
        assert area.horizontalScrollBar().isVisible() == sideways
        assert not inside.autoFillBackground()
