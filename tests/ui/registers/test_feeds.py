from __future__ import annotations

from ntm_desktop.operations import register_figures
from ntm_desktop.ui.registers.feeds import offer_spans
from ntm_desktop.ui.registers.page import RegistersPage
from tests.support.register_desks import TRAINING, add, trained


def test_a_line_leads_to_the_requirement_it_feeds(page: RegistersPage) -> None:
    asked: list[tuple[str, str]] = []
    page.session.go_to.connect(lambda name, place: asked.append((name, place)))
    page.feeds.lines[0].go.click()
    assert asked == [("entry", "8.4.d")]


def test_lines_stay_the_same_widgets_while_figures_change(page: RegistersPage) -> None:
    before = list(page.feeds.lines)
    page.model.setData(page.model.index(1, page.model.names().index("ocop_quang_ba")), "có")
    assert page.feeds.lines == before


def test_lines_that_could_not_be_counted_are_told(page: RegistersPage) -> None:
    add(page.session.desk, TRAINING, trained("Võ C", day=""))
    (offer,) = register_figures.offers(page.session.desk, TRAINING)
    said = "".join(span.text for span in offer_spans(offer))
    assert "theo sổ 2" in said
    assert "1 dòng chưa tính" in said


def test_a_register_that_feeds_nothing_shows_no_card(page: RegistersPage) -> None:
    page.show_register("van_ban")
    assert page.feeds.isHidden()
