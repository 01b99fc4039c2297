"""How each verdict looks: the one table every screen shares."""

from __future__ import annotations

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations.wording import verdict_word
from ntm_desktop.ui.look.tokens import State
from ntm_desktop.ui.parts.chip import StateWord

STATES = {
    Verdict.MET: State.MET,
    Verdict.NOT_MET: State.NOT_MET,
    Verdict.UNDETERMINED: State.UND,
    Verdict.NOT_APPLICABLE: State.NA,
}


def shown_verdict(verdict: Verdict | None, missing: str) -> StateWord:
    """Return a verdict as icon and word; `missing` says what stands where there is none."""
    if verdict is None:
        return StateWord(State.NA, missing)
    return StateWord(STATES[verdict], verdict_word(verdict))
