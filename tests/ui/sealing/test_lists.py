from __future__ import annotations

from ntm_desktop.ui.look.tokens import State
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.sealing.finding_words import Line
from ntm_desktop.ui.sealing.lists import PlaceRow, PlacesCard, ThresholdsCard

LINES = [Line(f"Việc {number}", "", f"8.{number}") for number in range(9)]


def rows(card):
    return [row for row in card.findChildren(PlaceRow) if not row.isHidden()]


def test_six_rows_then_all_on_request(bench, shown):
    card = PlacesCard(bench.session, "Nên xem lại")
    shown(card, 600, 500)
    card.show_lines(LINES, "Xem", State.NOT_MET)
    shown.settle()
    assert len(rows(card)) == 6
    more = next(button for button in card.findChildren(Button) if button.words() == "Xem cả 9")
    more.click()
    shown.settle()
    assert len(rows(card)) == 9


def test_a_row_leads_to_its_place(bench, shown):
    card = PlacesCard(bench.session, "Nên xem lại")
    shown(card, 600, 500)
    card.show_lines(LINES[:2], "Xem")
    shown.settle()
    rows(card)[1].link.click()
    assert bench.places == [("entry", "8.1")]


def test_the_same_lines_build_nothing_anew(bench, shown):
    card = PlacesCard(bench.session, "Nên xem lại")
    shown(card, 600, 500)
    card.show_lines(LINES[:2], "Xem")
    shown.settle()
    before = rows(card)
    card.show_lines(list(LINES[:2]), "Xem")
    assert rows(card) == before
    card.show_lines((), "Xem")
    assert card.isHidden()


def test_thresholds_open_to_a_row_each(bench, shown):
    card = ThresholdsCard(bench.session)
    shown(card, 800, 600)
    card.show_desk(bench.desk)
    shown.settle()
    assert rows(card) == []
    card.open_list()
    card.open_list()
    shown.settle()
    count = int(card.title.text().split()[0])
    assert len(rows(card)) == count > 40
