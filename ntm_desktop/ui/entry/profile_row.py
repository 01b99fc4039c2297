"""What the commune is, asked right where a threshold depends on it: region, zone, group."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ntm_desktop.criteria.verdicts import Reason
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import profile
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.choice import ChoiceInput, Option
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_WIDTH = 320


class ProfileRow(QWidget):
    """Offer the choices of the property that is not known yet; hidden while everything is known."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._name = ""
        self.choice: ChoiceInput | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_reason(self, reason: Reason | None) -> None:
        """Ask for the property this reason names, if it names one."""
        name = (
            dict(reason.facts).get("attribute", "")
            if reason is not None and reason.code == "profile_unknown"
            else ""
        )
        if name == self._name:
            return
        self._name = name
        self._clear()
        attribute = self.session.desk.compiled.source.catalogue.profile.get(name)
        self.setVisible(attribute is not None)
        if attribute is None:
            return
        options = [Option(choice.code, str(choice.label)) for choice in attribute.choices]
        self.choice = ChoiceInput(str(attribute.label), options, label=str(attribute.label), width=_WIDTH)
        self.choice.set_placeholder(_("Choose\u2026"))
        self.choice.hide_below()
        self.choice.committed.connect(self._chosen)
        self.choice.setEnabled(self.session.desk.editable)
        self._column.addWidget(self.choice)
        words = Words(
            _("Holds for the whole commune; it can be changed later in Overview."),
            TextRole.SMALL,
            Ink.TEXT2,
            fit=Fit.WRAP,
        )
        self._column.addWidget(words)

    def _chosen(self, code: str) -> None:
        if code:
            self.session.publish(profile.set_profile(self.session.desk, {self._name: code}))

    def _clear(self) -> None:
        self.choice = None
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
