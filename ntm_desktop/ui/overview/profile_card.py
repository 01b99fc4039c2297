"""What the commune is, as thresholds look at it: region, zone, group; chosen here at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import profile
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.choice import ChoiceInput, Option
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ProfileCard(TitledCard):
    """Show each property the chosen set looks at, with its choices; hidden while the set looks at none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("The commune"), _("thresholds depend on it"), parent=parent)
        self.session = session
        self._names: tuple[str, ...] = ()
        self.choices: dict[str, ChoiceInput] = {}
        self.refresh()

    def refresh(self) -> None:
        """Show the properties of the chosen set and what is chosen."""
        desk = self.session.desk
        asked = desk.set.catalogue.profile if desk.set is not None else {}
        if tuple(asked) != self._names:
            self._names = tuple(asked)
            self._rebuild()
        if bool(asked) == self.isHidden():
            self.setVisible(bool(asked))
        values = {entry.attribute: entry.value for entry in profile.entries(desk)}
        for name, choice in self.choices.items():
            choice.set_text(values.get(name, ""))
            choice.setEnabled(not desk.workspace.read_only)

    def _rebuild(self) -> None:
        for old in self.choices.values():
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.choices = {}
        asked = self.session.desk.compiled.source.catalogue.profile if self._names else {}
        for name, attribute in asked.items():
            label = str(attribute.label)
            options = [Option(one.code, str(one.label)) for one in attribute.choices]
            choice = ChoiceInput(label, options, label=label)
            choice.set_placeholder(_("Choose\u2026"))
            choice.hide_below()
            choice.setObjectName(name)
            choice.committed.connect(self._chosen)
            self.choices[name] = choice
            self.body.addWidget(choice)

    def _chosen(self, code: str) -> None:
        sender = self.sender()
        if code and sender is not None:
            self.session.publish(profile.set_profile(self.session.desk, {sender.objectName(): code}))
