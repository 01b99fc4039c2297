"""Below the outbox: where dossiers go, for whom copies on a USB are locked, and receipts that come back on one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import envelopes, receipts, sending, wording
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.envelopes import Certificate
from ntm_desktop.operations.receipts import Waiting
from ntm_desktop.ui.ask import FileKinds, Question
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.banner import BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.words import Fit, Words

if TYPE_CHECKING:
    from ntm_desktop.ui.session import Session
    from ntm_desktop.ui.tasks import IsCancelled, Report

_GROUP = 8


class OutboxFoot(QWidget):
    """One line about the office, one about locked copies, and what can be done about both."""

    told = Signal(object, str, str)
    """Carries kind (`BannerKind`), fact and rest of what is to be told."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._receiver: Certificate | None = None
        self._waiting: Waiting | None = None
        self.words = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.change = Button(_("Another address\u2026"), ButtonKind.LINK)
        self.locked = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.lock = Button("", ButtonKind.LINK)
        self.receipt = Button(_("Take a receipt in\u2026"), ButtonKind.LINK)
        self.lock.clicked.connect(self.choose_receiver)
        self.receipt.clicked.connect(self.take_receipt)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(_line("send", self.words, self.change))
        column.addLayout(_line("lock", self.locked, self.lock, self.receipt))

    @property
    def receiver(self) -> Certificate | None:
        """For whom copies on a USB are locked."""
        return self._receiver

    def refresh(self) -> None:
        """Read for whom copies are locked, and say so."""
        try:
            self._receiver = envelopes.kept_receiver(self._folder())
        except NtmError as error:
            self._receiver = None
            self._tell_error(error)
        one = self._receiver
        self.locked.set_text(
            _("Copies on a USB are locked: only the key of {receiver} opens them.").format(
                receiver=one.subject
            )
            if one is not None
            else _("Whoever finds a USB can read the copy on it.")
        )
        self.lock.set_words(_("Lock no more\u2026") if one is not None else _("Lock for the office\u2026"))

    def _folder(self) -> Path:
        return sending.sending_folder(self._session.desk)

    def _tell_error(self, error: NtmError) -> None:
        words = wording.explain(error)
        self.told.emit(BannerKind.PROBLEM, words.what, f"{words.safe} {words.next_step}")

    def choose_receiver(self) -> None:
        """Let the officer show the certificate of the office, and compare its fingerprint; or lock no more."""
        try:
            if self._receiver is not None:
                self._lock_no_more(self._receiver)
            else:
                self._lock_for_the_office()
        except NtmError as error:
            self._tell_error(error)
        self.refresh()

    def _lock_for_the_office(self) -> None:
        kinds = FileKinds(
            title=_("Choose the certificate the office gives out for encryption"),
            words=_("Certificates"),
            patterns=("*.cer", "*.crt", "*.pem"),
        )
        path = self._session.ask.open_file(self, kinds)
        if path is None:
            return
        found = envelopes.receiver_of(path)
        question = Question(
            title=_("Lock copies for {receiver}?").format(receiver=found.subject),
            text=_(
                "Only this office will open the copies. Compare the fingerprint with its letter:\n{fingerprint}"
            ).format(fingerprint=_grouped(found.fingerprint)),
            action=_("It is the same, lock"),
        )
        if self._session.ask.confirm(self, question):
            envelopes.keep_receiver(self._folder(), found)

    def _lock_no_more(self, one: Certificate) -> None:
        question = Question(
            title=_("Lock copies no more?"),
            text=_("Copies already made for {receiver} stay locked; the next ones anybody can read.").format(
                receiver=one.subject
            ),
            action=_("Lock no more"),
        )
        if self._session.ask.confirm(self, question):
            envelopes.forget_receiver(self._folder())

    def take_receipt(self) -> None:
        """Take in a receipt that came back on a stick: hold it against the file beside the window, then keep it."""
        kinds = FileKinds(
            title=_("Choose the receipt"), words=_("Receipts"), patterns=(f"*{receipts.SUFFIX}",)
        )
        path = self._session.ask.open_file(self, kinds)
        if path is None:
            return
        try:
            waiting = receipts.awaiting(self._session.desk, path)
        except NtmError as error:
            self._tell_error(error)
            return

        def job(_report: Report, cancelled: IsCancelled) -> Waiting:
            receipts.hold(waiting, Watch(cancelled=cancelled))
            return waiting

        self._session.tasks.run(job, self._held, self._not_held, title=_("Comparing the receipt"))

    def _held(self, waiting: Waiting) -> None:
        self._session.publish(receipts.accept(self._session.desk, waiting))
        fact = _("{office} has the dossier: the receipt is for this very file.").format(
            office=waiting.said.receiver or _("The receiving office")
        )
        self.told.emit(BannerKind.DONE, fact, "")

    def _not_held(self, error: Exception) -> None:
        if not isinstance(error, NtmError):
            raise error
        self._tell_error(error)


def _line(icon: str, words: Words, *links: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(Icon(icon, Ink.TEXT2, 14))
    row.addWidget(words, 1)
    for link in links:
        row.addWidget(link)
    return row


def _grouped(code: str) -> str:
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
