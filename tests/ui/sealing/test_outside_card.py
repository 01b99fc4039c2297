"""What the card of papers signed elsewhere shows at each step."""

from __future__ import annotations

from ntm_desktop.operations.outside import OutsideStep, PaperState, Standing
from ntm_desktop.snapshot.outside import Confirmed
from ntm_desktop.ui.sealing.outside_card import OutsideCard

NAMED = (("01_to_trinh.pdf", "Tờ trình"), ("02_danh_muc_tep.pdf", "Danh mục tệp"))


def words(card):
    return [card._column.itemAt(place).widget().row.second.text() for place in range(card._column.count())]


def test_each_step_offers_its_button_and_every_paper_says_how_it_stands(dressed):
    card = OutsideCard()
    card.show_step(OutsideStep.GIVE_OUT, NAMED, (), busy=False)
    card._numbers[0].number.set_text("12")
    assert card.numbers() == {"01_to_trinh.pdf": "12"}
    assert (card.give.isHidden(), card.take.isHidden()) == (False, True)
    standing = (
        Standing("01_to_trinh.pdf"),
        Standing("02_danh_muc_tep.pdf", True, True, None, PaperState.BODY),
        Standing("03.pdf", True, False, None, PaperState.PERSON),
        Standing("04.pdf", True, False, Confirmed("Bé", "2026-01-01T00:00:00Z", "in lại"), PaperState.PERSON),
    )
    card.show_step(OutsideStep.TAKE_BACK, NAMED, standing, busy=True)
    assert words(card) == [
        "chưa ký · đã xuất, chưa nhận lại",
        "đã ký cơ quan · đã chứng minh đúng là giấy đã xuất",
        "đã ký cá nhân · không chứng minh được là giấy đã xuất",
        "đã ký cá nhân · không chứng minh được; Bé xác nhận: in lại",
    ]
    assert (card.give.isHidden(), card.take.isEnabled()) == (True, False)
    card.show_step(OutsideStep.GIVE_OUT_INDEX, NAMED, standing[1:2], busy=False)
    assert card.give.words() == "Xuất danh mục tệp để ký…"
