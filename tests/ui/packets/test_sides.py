from __future__ import annotations

import dataclasses

from ntm_desktop.operations import packets
from ntm_desktop.operations.packet_words import Side
from ntm_desktop.ui.packets.cells import lines_of
from ntm_desktop.ui.packets.sides import Sides


def test_either_figure_can_be_used_and_the_used_one_says_so(dressed, shown, shared, qtbot):
    sides = Sides()
    shown(sides, 700, 200)
    line = lines_of(shared.office, packets.preview(shared.office, shared.back))[0]
    sides.show_line(line, None, can_choose=True)
    assert (sides.ours.value.text(), sides.theirs.value.text()) == ("650", "720")
    assert "Nguyễn Văn An" in sides.theirs.second.text()
    for box, state in ((sides.ours, line.cell.ours), (sides.theirs, line.cell.theirs)):
        with qtbot.waitSignal(sides.chosen) as caught:
            box.use.click()
        assert caught.args == [state]
    sides.show_line(line, line.cell.theirs, can_choose=True)
    assert sides.theirs.second.text().endswith("dùng số này")
    assert not sides.theirs.use.isEnabled()
    assert sides.ours.use.isEnabled()
    sides.show_line(line, None, can_choose=False)
    assert not sides.ours.use.isEnabled()


def test_figure_that_was_taken_away_cannot_be_used(dressed, shown, shared):
    sides = Sides()
    shown(sides, 700, 200)
    line = lines_of(shared.office, packets.preview(shared.office, shared.back))[0]
    gone = dataclasses.replace(
        line, cell=dataclasses.replace(line.cell, theirs=None), theirs=Side("chưa có", "An", "hôm qua")
    )
    sides.show_line(gone, None, can_choose=True)
    assert not sides.theirs.use.isEnabled()
    assert sides.theirs.second.text() == "An · hôm qua"
    sides._use_theirs()
    sides.show_line(None, None, can_choose=True)
    assert sides.isHidden()
    sides._use_ours()
