"""The page of what leaves the office: what waits, how large and how long, what arrived, and the receipts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop import settings
from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import safety, sending, wording
from ntm_desktop.operations.sending import Item, PostState, Ready, SealedFileGone, Sent, Slip
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.frame.page import ComputedPage
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.outbox.courier import courier_of, is_due
from ntm_desktop.ui.outbox.foot import OutboxFoot
from ntm_desktop.ui.outbox.receipts import ReceiptsPanel
from ntm_desktop.ui.outbox.rows import MovingRow, PostRow, group_head
from ntm_desktop.ui.packs.address_card import AddressCard
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.empty import EmptyState
from ntm_desktop.ui.parts.scroll import scrolled
from ntm_desktop.ui.parts.tick import Tick
from ntm_desktop.ui.parts.words import Fit, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from ntm_desktop.ui.session import Session

_GROUPS = (PostState.RETURNED, PostState.SENDING, PostState.WAITING, PostState.ACCEPTED)
_MARGIN = 16
_LEAST_LIST = 150
"""Of a small window: the page scrolls rather than pressing the list together."""


class OutboxPage(ComputedPage):
    """The list at the left, the receipts of the chosen row at the right."""

    shows_progress = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.courier = courier_of(session)
        self.line = Words("", TextRole.BODY, Ink.TEXT2, fit=Fit.ELIDE)
        self._line_icon = Icon("met", Ink.MET, 14)
        self.alone = Tick(_("Send alone when there is a network"))
        self.stick = Button(_("Copy to a USB instead\u2026"), icon="usb")
        self.primary = Button(_("Send now"), ButtonKind.PRIMARY, icon="send")
        self.address = AddressCard(
            _("Address of the receiving office"),
            _("Keep"),
            _(
                "The address stands in the office's letter. Only signed files are sent there, and only from this page."
            ),
        )
        self.foot = OutboxFoot(session)
        self.receipts = ReceiptsPanel()
        self.moving: MovingRow | None = None
        self._told = QVBoxLayout()
        self._chosen = ""
        self._narrow = False
        self._old: list[QWidget] = []
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Words(_("Send"), TextRole.PAGE_TITLE))
        head.addWidget(self._line_icon)
        head.addWidget(self.line, 1)
        for tool in (self.alone, self.stick, self.primary):
            head.addWidget(tool)
        self._left = QVBoxLayout()
        self._left.setSpacing(10)
        self._left.addLayout(head)
        self._left.addLayout(self._told)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.address)
        column.addWidget(self._make_list(), 1)
        self._left.addWidget(scrolled(body), 1)
        self._left.addWidget(self.foot)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(0)
        self._columns.addLayout(self._left, 1)
        self._beside = QVBoxLayout()
        self._beside.addWidget(self.receipts)
        self._columns.addLayout(self._beside)

    def _make_list(self) -> Card:
        card = Card()
        card.body.setContentsMargins(1, 1, 1, 1)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        scroll = scrolled(inside)
        scroll.setMinimumHeight(_LEAST_LIST)
        card.body.addWidget(scroll)
        return card

    def _connect(self) -> None:
        self.alone.clicked.connect(self._allow)
        self.stick.clicked.connect(self.copy_to_stick)
        self.primary.clicked.connect(self.send_all)
        self.address.asked.connect(self.keep_address)
        self.foot.change.clicked.connect(self._open_address)
        self.foot.told.connect(self._tell)
        self.courier.moved.connect(self._moved)
        self.courier.told.connect(self._tell_outcome)
        self.receipts.closed.connect(self._close_receipts)

    # ------------------------------------------------------------ showing

    @override
    def regions(self) -> list[QWidget]:
        return [self.primary, self._list.parentWidget() or self, self.receipts]

    @override
    def fit(self, room: Room) -> None:
        margin = room.page_margin
        self._narrow = room.breadth < Breadth.FULL
        self._left.setContentsMargins(margin, 14, margin, 10)
        self._beside.setContentsMargins(margin if self._narrow else 0, 0 if self._narrow else 14, margin, 10)
        direction = QBoxLayout.Direction.TopToBottom if self._narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        self.receipts.fit(narrow=self._narrow)
        if self.isVisible():
            self.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = self.primary if not self.primary.isHidden() else self.stick
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def refresh(self) -> None:
        super().refresh()
        items = sending.outbox(self.session.desk)
        self._clear()
        now = self.courier.now
        for state in _GROUPS:
            group = [one for one in items if one.posted.state is state]
            if group:
                seconds = sum(one.seconds for one in group)
                self._list.addWidget(group_head(state, group, seconds))
            for one in group:
                moving = now is not None and now.identity == one.posted.identity
                self._add(self._moving_row(one) if moving else self._row(one), last=one is group[-1])
        if not items:
            missing = _("Nothing to send yet.")
            needed = _("A dossier stands here once it was signed. Nothing leaves by itself.")
            self._list.addWidget(EmptyState("send", missing, needed))
        self._list.addStretch(1)
        self._show_head(items)
        chosen = next((one for one in items if one.posted.identity == self._chosen), None)
        self.receipts.show_item(chosen)

    def _clear(self) -> None:
        self.moving = None
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def _add(self, row: QWidget, *, last: bool) -> None:
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        inside.addWidget(row)
        if isinstance(row, PostRow):
            row.set_divided(divided=not last)
        self._list.addWidget(holder)

    def _row(self, one: Item) -> PostRow:
        next_up = one.posted.identity in self.courier.waiting
        row = PostRow(one, next_up=next_up, narrow=self.width() < Breadth.NARROW)
        row.asked.connect(self._act)
        return row

    def _moving_row(self, one: Item) -> MovingRow:
        from ntm_desktop.operations.outbox_words import item_title

        self.moving = MovingRow(item_title(one))
        self.moving.stop_asked.connect(self.courier.stop)
        self._show_progress()
        return self.moving

    def _show_progress(self) -> None:
        if self.moving is not None:
            left = self.courier.total - self.courier.done
            seconds = sending.seconds_for(self.session.desk, left)
            self.moving.show_progress(self.courier.done, self.courier.total, seconds)

    def _show_head(self, items: tuple[Item, ...]) -> None:
        server, chosen = self.courier.server, settings.load()
        due = [one for one in items if is_due(one)]
        busy = _("Wait until the work that is going on has ended") if self.courier.now is not None else None
        nothing = None if due else _("Nothing waits")
        self.primary.setVisible(bool(due) or self.courier.now is not None)
        self.primary.set_reason(busy or nothing)
        self.stick.set_reason(busy or nothing)
        self.alone.setChecked(chosen.send_alone)
        self.alone.setVisible(bool(server))
        self.foot.change.setVisible(bool(server))
        self.foot.refresh()
        if not server:
            self.address.show()
        self.address.close_button.setVisible(bool(server))
        host = sending.receiving_address(server).host if server else ""
        self.foot.words.set_text(
            _(
                "To {host}. Only signed files are sent; they count as received once the office has said so."
            ).format(host=host)
            if server
            else _("Without an address a USB does it too.")
        )
        self._show_line()

    def _show_line(self) -> None:
        answers = self.courier.answers
        self._line_icon.setVisible(answers is not None)
        self._line_icon.set_icon("met" if answers else "warn", Ink.MET if answers else Ink.UND)
        words = {True: _("The office answers"), False: _("The office does not answer"), None: ""}
        self.line.set_text(words[answers])

    # ------------------------------------------------------------ doing

    def _act(self, identity: str) -> None:
        item = next(
            (one for one in sending.outbox(self.session.desk) if one.posted.identity == identity), None
        )
        if item is not None and is_due(item):
            self._send([identity])
        else:
            self._chosen = identity
            self.receipts.show_item(item)

    def send_all(self) -> None:
        """Send everything that waits, one after the other."""
        items = reversed(sending.outbox(self.session.desk))
        self._send([one.posted.identity for one in items if is_due(one)])

    def _send(self, identities: list[str]) -> None:
        if not self.courier.server:
            self._open_address()
            return
        try:
            self.courier.send(identities)
        except SealedFileGone as gone:
            self._find(identities[0], gone)
        self.refresh()

    def _find(self, identity: str, gone: SealedFileGone) -> None:
        """Let the officer show where the signed file lies now."""
        kinds = FileKinds(title=wording.explain(gone).what, words=_("Dossier files"), patterns=("*.asice",))
        path = self.session.ask.open_file(self, kinds)
        if path is not None:
            self.courier.send_from(identity, path)

    def copy_to_stick(self) -> None:
        """Copy the first that waits to a stick, or to a folder where none is in the computer."""
        due = [one for one in reversed(sending.outbox(self.session.desk)) if is_due(one)]
        if not due:
            return
        there = safety.sticks()
        kinds = FileKinds(title=_("Which USB or folder should it go to?"), folder=there[0] if there else None)
        folder = self.session.ask.folder(self, kinds)
        if folder is not None:
            self.courier.copy(due[0].posted.identity, folder, self.foot.receiver)
            self.refresh()

    def keep_address(self, address: str) -> None:
        """Remember the address of the receiving office."""
        try:
            url = str(sending.receiving_address(address))
        except NtmError as error:
            self.address.line.set_problem(wording.explain(error).whole())
            return
        self.address.line.set_problem(None)
        settings.save(replace(settings.load(), send_to=url))
        self.address.hide()
        self.refresh()
        self.courier.look()

    def _open_address(self) -> None:
        self.address.line.set_text(self.courier.server)
        self.address.open()

    def _allow(self) -> None:
        self.courier.allow(alone=self.alone.isChecked())

    def _close_receipts(self) -> None:
        self._chosen = ""
        self.receipts.show_item(None)

    # ------------------------------------------------------------ what the courier tells

    def _moved(self) -> None:
        shown = self.courier.now is not None
        if shown and self.moving is not None:
            self._show_progress()
        elif self.isVisible():
            self.refresh()

    def _tell_outcome(self, one: Ready | None, outcome: object) -> None:
        title = one.title if one is not None else ""
        if isinstance(outcome, NtmError):
            words = wording.explain(outcome)
            self._tell(BannerKind.PROBLEM, words.what, f"{words.safe} {words.next_step}")
        elif isinstance(outcome, Slip):
            fact = _("Copied to {path} and read back: the same.").format(path=outcome.path)
            self._tell(BannerKind.DONE, fact, _("The slip to be signed lies beside it."))
        elif isinstance(outcome, Sent):
            self._tell_sent(title, outcome)
        else:
            self._tell(BannerKind.INFO, _("Stopped. The next time it goes on from there."), "")
        if self.isVisible():
            self.refresh()

    def _tell_sent(self, title: str, sent: Sent) -> None:
        rest = _("The office had it already.") if sent.known_before else ""
        if sent.begun_anew:
            rest = _("The office had forgotten what had arrived; everything was sent again.")
        if sent.confirmed is None:
            self._tell(
                BannerKind.WARNING, _("{name} left, the receipt is still to come.").format(name=title), rest
            )
        else:
            self._tell(BannerKind.DONE, _("{name} has arrived and was compared.").format(name=title), rest)

    def _tell(self, kind: BannerKind, fact: str, rest: str) -> None:
        while (item := self._told.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._told.addWidget(Banner(kind, fact, rest, dismissable=True))
