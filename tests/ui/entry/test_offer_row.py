from __future__ import annotations

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import registers
from ntm_desktop.ui.entry.offer_row import OfferRow
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.parts.buttons import Button
from tests.support.windows import entry_of

COMPUTERS = FactKey("so_may_tinh", "", year_period(2024))


def row(window: MainWindow) -> OfferRow:
    cards = entry_of(window).cards
    cards._show_offers()
    card = next(one for one in cards.shown if COMPUTERS in one.inputs)
    assert card._offers is not None
    return card._offers


def machines(window: MainWindow, count: int) -> None:
    line = {"ts_loai": "Máy tính", "ts_noi_lan": "có"}
    lines = [{"ts_ten": f"Máy {number}", **line} for number in range(count)]
    window.session.publish(registers.add(window.session.desk, "tai_san", lines))


def test_nothing_is_proposed_while_no_register_has_a_line(window: MainWindow) -> None:
    assert row(window).isHidden()


def test_a_register_s_figure_is_shown_beside_the_typed_one_and_taken_over_by_one_press(
    window: MainWindow,
) -> None:
    machines(window, 2)
    shown = row(window)
    assert shown.isVisible()
    said = shown.words()
    assert len(said) == 2
    assert "Theo sổ Tài sản, thiết bị: 2" in said[0]
    assert "đang ghi 23" in said[0]
    fact = window.session.desk.book.fact(COMPUTERS)
    assert fact is not None
    assert fact.value == 23
    next(one for one in shown.findChildren(Button) if "Dùng số" in one.accessibleName()).click()
    now = window.session.desk.book.fact(COMPUTERS)
    assert now is not None
    assert now.value == 2
    assert "Máy" not in "".join(row(window).words()) or len(row(window).words()) >= 1


def test_the_register_is_one_press_away(window: MainWindow) -> None:
    machines(window, 1)
    asked: list[tuple[str, str]] = []
    window.session.go_to.disconnect(window.go_to)
    window.session.go_to.connect(lambda page, place: asked.append((page, place)))
    buttons = [one for one in row(window).findChildren(Button) if one.words() == "Mở sổ"]
    buttons[0].click()
    assert asked == [("registers", "tai_san")]
