from __future__ import annotations

from ntm_desktop.ui.packets.cutting import CutCard


def test_something_must_be_ticked_before_a_packet_is_written(dressed, shown, desk, qtbot):
    card = CutCard()
    shown(card, 900, 500)
    card.show_desk(desk)
    assert not card.write.isEnabled()
    card.criteria["8"].setChecked(True)
    (hamlet, *_others) = card.hamlets
    card.hamlets[hamlet].setChecked(True)
    assert card.ticked() == (("8",), (hamlet,))
    with qtbot.waitSignal(card.asked):
        card.write.click()
    card.show_desk(desk)
    assert card.ticked() == ((), ())
