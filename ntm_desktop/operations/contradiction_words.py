"""The sentence for a threshold that the commune confirmed and the pack gives otherwise."""

from __future__ import annotations

from ntm_desktop.criteria.contradictions import Contradiction
from ntm_desktop.criteria.model import Requirement
from ntm_desktop.criteria.verdicts import ChosenThreshold
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.distances import Sentence
from ntm_desktop.operations.thresholds import threshold_value


def contradiction_sentence(one: Contradiction, requirement: Requirement) -> Sentence:
    """Return that both differ, and which of them counts."""
    confirmed = one.confirmed
    own = ChosenThreshold(one.pack.operator, confirmed.value, one.pack.basis)
    gap = _("The commune confirmed {own} ({document}), the pack says {pack}.").format(
        own=threshold_value(requirement, own),
        document=confirmed.document,
        pack=threshold_value(requirement, one.pack),
    )
    if one.official:
        return Sentence(gap, _("The pack's was compared with the official text and counts; yours is kept."))
    return Sentence(gap, _("Yours counts. Take it back if the pack is right."))
