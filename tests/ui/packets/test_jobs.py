from __future__ import annotations

import pytest

from ntm_desktop.errors import Cancelled
from ntm_desktop.ui.packets.jobs import LookJob


def test_packet_is_compared_and_a_stopped_look_shows_nothing(shared):
    assert len(LookJob(shared.office, shared.back).run(print, lambda: False).cells) == 2
    with pytest.raises(Cancelled):
        LookJob(shared.office, shared.back).run(print, lambda: True)
