"""A chosen certificate: whose it is, whether it holds today, how long still."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.seal import SigningKey
from ntm_desktop.ui.look.tokens import Ink, State
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.sealing import outcome, wizard


class CertificateRows(QWidget):
    """Two rows and a warning; hidden while nothing is chosen."""

    details_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._who = ListRow("", strong=True, action=_("See the certificate"))
        self._who.pressed.connect(self.details_asked)
        self._who.set_icon("pen", Ink.TEXT2)
        self._valid = ListRow("", strong=True)
        self._valid.set_divided(divided=False)
        self._warning = Banner(BannerKind.WARNING, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._who, self._valid, self._warning):
            column.addWidget(part)

    def show_key(self, key: SigningKey | None, now: datetime) -> None:
        """Show the certificate of a key."""
        self.setVisible(key is not None)
        if key is None:
            return
        self._warning.hide()
        certificate = key.certificate
        second = (
            _("{office} \u00b7 issued by {issuer}") if certificate.organisation else _("issued by {issuer}")
        )
        words = second.format(office=certificate.organisation, issuer=outcome.issuer_name(certificate))
        self._who.title.set_text(certificate.subject)
        self._who.set_second(words)
        span = _("{first} to {last}").format(
            first=outcome.day_words(certificate.valid_from), last=outcome.day_words(certificate.valid_to)
        )
        hindrance = wizard.certificate_hindrance(key, now)
        self._valid.set_second(span)
        if hindrance is not None:
            self._valid.title.set_text(hindrance)
            self._valid.set_icon(State.NOT_MET.icon, State.NOT_MET.ink)
            return
        self._valid.title.set_text(_("The certificate is valid today"))
        self._valid.set_icon(State.MET.icon, State.MET.ink)
        left = wizard.days_left(key, now)
        if left is not None:
            self._warning.say(
                ngettext(
                    "The certificate of {signer} expires on {day}, {count} day left.",
                    "The certificate of {signer} expires on {day}, {count} days left.",
                    left,
                ).format(signer=certificate.subject, day=outcome.day_words(certificate.valid_to), count=left),
                _("Ask the certificate authority for a new one in good time."),
            )
            self._warning.show()
