"""The receipts of one revision: who has it since when, and the codes to compare."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.outbox_words import item_title
from ntm_desktop.operations.sending import Item, Medium, Receipt
from ntm_desktop.operations.wording import moment_words
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.words import Fit, Words

_WIDTH = 360
_GROUP = 8


class ReceiptsPanel(Card):
    """Hidden until a row is chosen."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Words(_("Receipts"), TextRole.CARD_TITLE)
        self.close_button = Button(_("Close"), ButtonKind.LINK)
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        self.body.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        self.hide()

    def fit(self, *, narrow: bool) -> None:
        """Stand beside the list, or below it."""
        self.setMinimumWidth(0 if narrow else _WIDTH)
        self.setMaximumWidth(16_777_215 if narrow else _WIDTH)

    def show_item(self, one: Item | None) -> None:
        """Show the receipts of a revision; None: nothing is chosen."""
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.setVisible(one is not None)
        if one is None:
            return
        self._say(item_title(one), Ink.TEXT2)
        for receipt in one.posted.receipts:
            self._lines.addWidget(_fact(receipt))
        self._say(_("Identity of the dossier"), Ink.TEXT2)
        self._say(_grouped(one.posted.identity), Ink.TEXT)
        for sha256 in sorted({receipt.sha256 for receipt in one.posted.receipts}):
            self._say(_("Check code of the file"), Ink.TEXT2)
            self._say(_grouped(sha256), Ink.TEXT)

    def _say(self, text: str, ink: Ink) -> None:
        self._lines.addWidget(Words(text, TextRole.SMALL, ink, fit=Fit.WRAP))


def _fact(receipt: Receipt) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(
        Icon("met" if receipt.confirmed else "usb", Ink.MET if receipt.confirmed else Ink.TEXT2, 14)
    )
    moment = moment_words(receipt.at)
    if receipt.medium is Medium.STICK and not receipt.confirmed:
        words = _("Copied to the USB {place} {moment}, read back").format(place=receipt.place, moment=moment)
    else:
        words = _("{place} confirmed {moment}: the same file").format(place=receipt.place, moment=moment)
    row.addWidget(Words(words, fit=Fit.WRAP), 1)
    return line


def _grouped(code: str) -> str:
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
