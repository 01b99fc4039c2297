"""What runs out next: deadlines, thresholds, the set; hidden while nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.expiring import Expiring, Limit, expiring
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.words import Words
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_SHOWN = 4
_SOON = 60
"""Days."""


class ExpiringCard(TitledCard):
    """The nearest few, each with its last day and the days left."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Runs out soon"), parent=parent)
        self.session = session
        self.body.setSpacing(0)
        self.rows: list[ListRow] = []

    def refresh(self) -> None:
        """Show what runs out for the chosen dossier."""
        for row in self.rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = expiring(self.session.desk)[:_SHOWN]
        self.rows = [_row(one) for one in shown]
        for row in self.rows:
            row.set_divided(divided=row is not self.rows[-1])
            self.body.addWidget(row)
        self.setVisible(bool(shown))


def _row(one: Expiring) -> ListRow:
    row = ListRow(title(one), _second(one))
    soon = one.days <= _SOON
    row.set_icon("warn" if soon else "clock", _ink(one))
    row.add_right(Words(left(one.days), TextRole.SMALL_STRONG if soon else TextRole.SMALL, _ink(one)))
    return row


def _ink(one: Expiring) -> Ink:
    if one.days < 0:
        return Ink.NOT_MET
    return Ink.UND if one.days <= _SOON else Ink.TEXT2


def title(one: Expiring) -> str:
    """Return what runs out."""
    return {
        Limit.DEADLINE: _("Deadline of criterion {code}: {name}"),
        Limit.THRESHOLD: _("Threshold of {code}: {name}"),
        Limit.SET: _("The criterion set {name}"),
        Limit.LINE: _("{code}: {name}"),
        Limit.CERTIFICATE: _("Signing certificate of {name}"),
    }[one.limit].format(code=one.code, name=one.name)


def _second(one: Expiring) -> str:
    day = _("Until {day}").format(day=f"{one.day:%d/%m/%Y}")
    return f"{one.who} \u00b7 {day}" if one.who else day


def left(days: int) -> str:
    """Return how many days are left, or past."""
    if days < 0:
        return _("{days} days past").format(days=-days)
    return _("{days} days left").format(days=days)
