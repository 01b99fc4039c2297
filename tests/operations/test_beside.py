"""What a job has stored is taken over by the desk: figures, verdicts, undo."""

from __future__ import annotations

import pytest

from ntm_desktop.operations import beside, history
from ntm_desktop.operations.answer import answer, claim_state
from ntm_desktop.operations.desk import Desk
from ntm_desktop.workspace.errors import StoringBeside
from tests.support.windows import key

FIGURE = key("ho_so_giai_quyet")


def test_figures_and_verdicts_come_with_the_taking_over_and_nothing_is_stored_before(desk: Desk) -> None:
    stored = beside.record(desk, [claim_state(desk, FIGURE, "2.382")], "fill")
    assert FIGURE not in desk.book.values
    with pytest.raises(StoringBeside):
        answer(desk, FIGURE, "5")
    change = beside.take_over(desk, stored)
    assert desk.book.values[FIGURE] == 2382
    assert (change.label, change.facts) == ("fill", (FIGURE,))
    history.undo(desk)
    assert FIGURE not in desk.book.values
