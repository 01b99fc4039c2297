"""Where an officer types the address of a server; nothing is asked of any network before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.inputs import TextInput
from ntm_desktop.ui.parts.words import Fit, Words

_LABEL = 23
"""Line of the label above the input and the space below it: the buttons stand beside the input."""


class AddressCard(Card):
    """One line and one button; hidden until it is asked for."""

    asked = Signal(str)
    """Carries the address."""

    def __init__(self, label: str = "", action: str = "", note: str = "") -> None:
        super().__init__(follows_focus=True)
        label = label or _("Address of the publisher's packs")
        self.line = TextInput(label, label=label)
        self.line.set_placeholder("https://")
        self.look = Button(action or _("See what is there"))
        self.close_button = Button(_("Close"), ButtonKind.QUIET)
        self.note = Words(
            note or _("Only this button uses the network, and only to read from this address."),
            TextRole.SMALL,
            Ink.TEXT2,
            fit=Fit.WRAP,
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.line, 1)
        for button in (self.look, self.close_button):
            beside = QVBoxLayout()
            beside.setContentsMargins(0, _LABEL, 0, 0)
            beside.addWidget(button)
            beside.addStretch(1)
            row.addLayout(beside)
        self.body.addLayout(row)
        self.body.addWidget(self.note)
        self.look.clicked.connect(self._ask)
        self.line.advanced.connect(self._ask)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def open(self) -> None:
        """Show it and put the focus on the line."""
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        address = self.line.text().strip()
        if address:
            self.asked.emit(address if "://" in address else f"https://{address}")
