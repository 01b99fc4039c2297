from __future__ import annotations

import pytest

from ntm_desktop.dossier.pace import Pace
from ntm_desktop.errors import Cancelled


def test_progress_never_passes_the_whole() -> None:
    steps: list[tuple[int, int]] = []
    pace = Pace(10, lambda done, total: steps.append((done, total)))
    for count in (4, 4, 4):
        pace.advance(count)
    assert steps == [(4, 10), (8, 10), (10, 10)]


def test_work_stops_at_the_next_step_after_it_was_asked_to() -> None:
    wish = [False]
    pace = Pace(10, cancelled=lambda: wish[0])
    pace.advance(1)
    wish[0] = True
    with pytest.raises(Cancelled):
        pace.advance(1)
    assert pace.done == 1
