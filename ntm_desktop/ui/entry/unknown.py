"""What stands in the place of cards for a criterion whose indicators are not known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_desktop.criteria.model import Criterion
from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.empty import EmptyState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def unknown_indicators(criterion: Criterion) -> QWidget:
    """Return the empty state of a criterion: what is missing, and that nothing has to be done for it."""
    card = Card()
    state = EmptyState(
        "info",
        _("The indicators of this criterion are not known yet."),
        _(
            "The criterion \u201c{name}\u201d stands in the decision, its indicators and thresholds do not. "
            "Until they come in a newer set it cannot be met, and nothing has to be entered here."
        ).format(name=criterion.name),
    )
    card.body.addWidget(state)
    return card
