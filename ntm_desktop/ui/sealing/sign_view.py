"""The step "digital signature": who signs, and with which key; or an export without a signature."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.outside import OutsideStep
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import Ink
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.inputs import TextInput
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.sealing import wizard
from ntm_desktop.ui.sealing.body_card import BodyCard
from ntm_desktop.ui.sealing.certificate_rows import CertificateRows
from ntm_desktop.ui.sealing.check_view import PAGE_WIDTH
from ntm_desktop.ui.sealing.outside_card import OutsideCard
from ntm_desktop.ui.sealing.wizard import Draft


class SignatoryCard(TitledCard):
    """Name, office and place as they are printed."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__(_("Who signs"), _("as printed on the papers"))
        self.name = TextInput(_("Full name"), label=_("Full name"))
        self.office = TextInput(_("Office"), label=_("Office"))
        self.place = TextInput(_("Place"), label=_("Place"))
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        for field in (self.name, self.office, self.place):
            field.hide_below()
            field.edit.textChanged.connect(self.edited)
            self._row.addWidget(field, 1)
        self.body.addLayout(self._row)
        self.body.addSpacing(4)

    def stack(self, *, stacked: bool) -> None:
        """Stand the inputs below each other, or side by side."""
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)


class KeyCard(TitledCard):
    """The key file with its certificate, or that there will be no signature."""

    key_asked = Signal()
    token_asked = Signal()
    unsigned_asked = Signal()
    outside_asked = Signal()
    picture_asked = Signal()
    details_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Digital signature"))
        self.body.setSpacing(4)
        self._words = Words("", ink=Ink.TEXT2, fit=Fit.WRAP)
        self.certificate = CertificateRows()
        self.certificate.details_asked.connect(self.details_asked)
        self._differs = Banner(BannerKind.INFO, "")
        self.choose = Button(_("Choose a key file\u2026"), icon="folder")
        self.choose.clicked.connect(self.key_asked)
        self.token = Button(_("Sign with a USB token\u2026"), icon="usb")
        self.token.clicked.connect(self.token_asked)
        self.unsigned = Button(_("Export without a signature"), ButtonKind.LINK)
        self.unsigned.clicked.connect(self.unsigned_asked)
        self.outside = Button(_("Sign with another program"), ButtonKind.LINK)
        self.outside.clicked.connect(self.outside_asked)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.token)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.outside)
        buttons.addWidget(self.unsigned)
        buttons.addStretch(1)
        self._shown = ListRow("", action=_("Choose a picture\u2026"))
        self._shown.set_icon("eye")
        self._shown.set_divided(divided=False)
        self._shown.pressed.connect(self.picture_asked)
        for part in (self._words, self.certificate, self._shown, self._differs):
            self.body.addWidget(part)
        self.body.addSpacing(4)
        self.body.addLayout(buttons)
        self.body.addSpacing(2)

    def show_draft(self, draft: Draft, now: datetime) -> None:
        """Show what was chosen."""
        key = draft.key
        self.setVisible(draft.outside is None)
        self.certificate.show_key(key, now)
        self._shown.setVisible(key is not None)
        self._shown.title.set_text(
            _("On the papers the picture of the signature stands above the name")
            if draft.picture
            else _("On the papers the name and the time of signing stand above the name, in blue")
        )
        self._differs.setVisible(wizard.name_differs(draft))
        self._words.setVisible(key is None)
        self.unsigned.setVisible(not draft.unsigned)
        self.choose.set_words(
            _("Choose another key file\u2026") if key is not None else _("Choose a key file\u2026")
        )
        self._differs.say(
            _("The name to be printed is not the one in the certificate."),
            _("Right where the certificate is that of the office; otherwise look at the name again."),
        )
        if draft.unsigned:
            self._words.set_text(
                _(
                    "The file will carry no signature. Whoever verifies it is told: not enough to conclude. "
                    "The figures and results in it can be recomputed all the same."
                )
            )
        else:
            self._words.set_text(
                _(
                    "Sign with the token or the key file (.p12, .pfx) the certificate authority issued; "
                    "its PIN or password is asked for once and not kept."
                )
            )


class SignView(CardColumn):
    """The third step."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(widest=PAGE_WIDTH, parent=parent)
        self.signatory = SignatoryCard()
        self.signatory.edited.connect(self.edited)
        self.key = KeyCard()
        self.body = BodyCard()
        self.outside = OutsideCard()
        for card in (self.signatory, self.key, self.body, self.outside):
            self.add(card)

    def show_draft(self, draft: Draft, now: datetime) -> None:
        """Show what was typed and chosen."""
        card = self.signatory
        for field, text in ((card.name, draft.name), (card.office, draft.title), (card.place, draft.place)):
            if field.text() != text:
                field.replace_text(text)
        self.key.show_draft(draft, now)
        self.body.show_draft(draft, now)
        self.outside.setVisible(draft.outside is not None)
        card.setVisible(draft.outside in (None, OutsideStep.GIVE_OUT))

    def take_into(self, draft: Draft) -> None:
        """Write what is typed into the draft."""
        card = self.signatory
        draft.name, draft.title, draft.place = card.name.text(), card.office.text(), card.place.text()

    def fit(self, room: Room) -> None:
        """Take the shape for a window of this size."""
        self.signatory.stack(stacked=room.breadth < Breadth.NARROW)

    def focus_first(self) -> None:
        """Put the focus on what is still empty, else on the key."""
        card = self.signatory
        for field in (card.name, card.office):
            if not field.text().strip():
                field.focus()
                return
        if not self.key.isVisible():
            return
        self.key.choose.setFocus(Qt.FocusReason.OtherFocusReason)
