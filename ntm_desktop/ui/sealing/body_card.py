"""The signature of the office, which follows that of the person: its key, and the picture of its seal."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look.tokens import Ink
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.sealing.certificate_rows import CertificateRows
from ntm_desktop.ui.sealing.wizard import Draft


class BodyCard(TitledCard):
    """Shown once the person's key is chosen."""

    key_asked = Signal()
    token_asked = Signal()
    picture_asked = Signal()
    details_asked = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__(_("Signature of the office"), _("when the office has a certificate of its own"))
        self.body.setSpacing(4)
        self._words = Words(
            _(
                "The papers are then signed twice with one work: first the person, then the office with its seal."
            ),
            ink=Ink.TEXT2,
            fit=Fit.WRAP,
        )
        self.certificate = CertificateRows()
        self.certificate.details_asked.connect(self.details_asked)
        self._shown = ListRow("", action=_("Choose a picture\u2026"))
        self._shown.set_icon("eye")
        self._shown.set_divided(divided=False)
        self._shown.pressed.connect(self.picture_asked)
        self.token = Button(_("Sign with a USB token\u2026"), icon="usb")
        self.choose = Button(_("Choose a key file\u2026"), icon="folder")
        self.drop = Button(_("Without the office's signature"), ButtonKind.LINK)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        for button, asked in (
            (self.token, self.token_asked),
            (self.choose, self.key_asked),
            (self.drop, self.dropped),
        ):
            button.clicked.connect(asked)
            button.setAccessibleDescription(self.title.text())
            buttons.addWidget(button)
        buttons.addStretch(1)
        for part in (self._words, self.certificate, self._shown):
            self.body.addWidget(part)
        self.body.addLayout(buttons)
        self.body.addSpacing(2)

    def show_draft(self, draft: Draft, now: datetime) -> None:
        """Show what was chosen."""
        self.setVisible(draft.key is not None)
        chosen = draft.body is not None
        self.certificate.show_key(draft.body, now)
        self._words.setVisible(not chosen)
        self._shown.setVisible(chosen)
        self.drop.setVisible(chosen)
        self._shown.title.set_text(
            _("On the papers the picture of the seal stands over the left of the signature")
            if draft.seal_picture
            else _("On the papers the office's name stands in red beside the signature")
        )
        self.choose.set_words(_("Choose another key file\u2026") if chosen else _("Choose a key file\u2026"))
