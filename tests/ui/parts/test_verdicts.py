from __future__ import annotations

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.ui.look.tokens import State
from ntm_desktop.ui.parts.verdicts import STATES, shown_verdict


def test_every_verdict_has_a_look_of_its_own():
    assert set(STATES) == set(Verdict)
    assert len(set(STATES.values())) == len(Verdict)


def test_no_verdict_says_what_stands_there_instead(shown):
    none, met = shown_verdict(None, "Không có"), shown_verdict(Verdict.MET, "Không có")
    shown(none)
    shown(met)
    assert (none.state, none.text()) == (State.NA, "Không có")
    assert (met.state, met.text()) == (State.MET, "Đạt")
