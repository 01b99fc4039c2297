"""What a year would give: lasting things ticked, numbers not; nothing ticked, nothing to press."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ntm_desktop.operations import answer, years
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.figures.carry_view import CarryView
from tests.support.windows import key


def test_lasting_things_are_ticked_and_all_can_be(shown, desk: Desk) -> None:
    answer.answer(desk, key("dai_cong_nghe", 2023), "fm")
    answer.answer(desk, key("so_may_tinh", 2023), "20")
    answer.answer(desk, key("so_may_tinh"), "")
    view = CarryView()
    shown(view, 600, 400)
    proposals = years.propose(desk, 2024)
    view.show_proposals(proposals, {}, 2024)
    assert [one.key.element for one in view.chosen()] == ["dai_cong_nghe"]
    assert view.take.words() == "Chuyển 1 số liệu"
    view.all.click()
    assert len(view.chosen()) == 2
    for number in range(view.model.rowCount()):
        view.model.item(number).setCheckState(Qt.CheckState.Unchecked)
    assert not view.take.isEnabled()
    view.show_proposals((), {}, 2024)
    assert view.title.text() == "Năm 2024 đã có mọi số liệu của năm 2023"
    assert view.view.accessibleName() == "Số liệu sẽ chuyển"
