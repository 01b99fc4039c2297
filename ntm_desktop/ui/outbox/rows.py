"""The list of what leaves: groups by what waits for the officer, a row for each sealed revision."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.outbox_words import (
    broke_words,
    changed_words,
    item_title,
    left_words,
    state_words,
    time_words,
)
from ntm_desktop.operations.sending import Item, Medium, PostState
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.operations.wording import moment_words
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink, State, TextRole
from ntm_desktop.ui.parts.bars import ProgressBar
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.rows import GroupHead, ListRow
from ntm_desktop.ui.parts.words import Fit, Words

_AMOUNT = 150
_STATE = 210
_LINK = 76
_ICONS = {
    PostState.WAITING: ("clock", Ink.TEXT2),
    PostState.SENDING: ("send", Ink.ACCENT),
    PostState.ACCEPTED: ("met", Ink.MET),
    PostState.RETURNED: ("undo", Ink.NOT_MET),
}


class PostRow(ListRow):
    """A revision that is not moving just now; its one action sends it or shows its receipts."""

    asked = Signal(str)
    """Carries the identity."""

    def __init__(self, one: Item, *, next_up: bool, narrow: bool) -> None:
        if one.sendable and not one.all_gone:
            action = "" if next_up else _("Go on") if one.posted.state is PostState.SENDING else _("Send now")
        else:
            action = _("Receipt") if one.posted.receipts else ""
        super().__init__(item_title(one), second_words(one), action=action, strong=True)
        self.identity = one.posted.identity
        self.set_icon("box")
        icon, ink = _ICONS[one.posted.state]
        words = state_words(one)
        if next_up:
            words = _("Its turn comes")
        elif one.posted.state is PostState.SENDING and not one.all_gone:
            icon, ink, words = "clock", Ink.TEXT2, _("Not all sent yet")
        if self.link is not None:
            self.link.setMinimumWidth(_LINK)
        at = 2 if action else self._row.count()
        for place, width in ((self._amount(one), _AMOUNT), (self._state(icon, ink, words), _STATE)):
            if not narrow:
                place.setFixedWidth(width)
            self._row.insertWidget(at - 1 if action else at, place)
            at += 1
        self.pressed.connect(self._ask)

    def _amount(self, one: Item) -> QWidget:
        amount = Words(left_words(one), TextRole.SMALL, Ink.TEXT2)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return amount

    def _state(self, icon: str, ink: Ink, words: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Icon(icon, ink, 14))
        row.addWidget(Words(words, TextRole.SMALL, fit=Fit.ELIDE), 1)
        return holder

    def _ask(self) -> None:
        self.asked.emit(self.identity)


def second_words(one: Item) -> str:
    """Return the second line of a row: what happened last."""
    posted = one.posted
    if posted.receipts:
        last = posted.receipts[-1]
        moment = moment_words(last.at)
        if last.medium is Medium.STICK and not last.confirmed:
            return _("Copied {moment} \u00b7 to the USB {place}").format(moment=moment, place=last.place)
        return _("Received {moment} \u00b7 the same file as here").format(moment=moment)
    return (
        broke_words(one)
        or changed_words(one)
        or _("Signed {moment}").format(moment=moment_words(posted.sealed_at))
    )


class MovingRow(QWidget):
    """The revision that is on its way: how far, how long, and a button to stop."""

    stop_asked = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.amount = Words("", TextRole.SMALL, Ink.TEXT2)
        self.bar = ProgressBar()
        self.stop = Button(_("Stop"), height=CONTROL_SMALL)
        self.stop.clicked.connect(self.stop_asked)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon("send", Ink.ACCENT, 18))
        head.addWidget(Words(title, TextRole.CARD_TITLE, fit=Fit.WRAP), 1)
        head.addWidget(self.amount)
        note = Words(
            _("Can be stopped at any time; the next time it goes on from there."),
            TextRole.SMALL,
            Ink.TEXT2,
            fit=Fit.WRAP,
        )
        foot.addWidget(note, 1)
        foot.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addLayout(foot)

    def show_progress(self, done: int, total: int, seconds: int) -> None:
        """Show how far it is and how long the rest takes."""
        self.bar.set_share(done / total if total else 0.0)
        self.amount.set_text(
            _("{done} of {total} \u00b7 about {time} left").format(
                done=size_words(done), total=size_words(total), time=time_words(seconds)
            )
        )


def group_head(state: PostState, items: Sequence[Item], seconds: int) -> GroupHead:
    """Return the head of a group: its name, how many, and how much waits."""
    names = {
        PostState.RETURNED: _("Returned"),
        PostState.SENDING: _("Sending"),
        PostState.WAITING: _("Waiting to be sent"),
        PostState.ACCEPTED: _("Received by the office"),
    }
    aside = ""
    if state is PostState.WAITING:
        size = sum(one.left for one in items)
        aside = _("{size}, about {time}").format(size=size_words(size), time=time_words(seconds))
    shown = State.NOT_MET if state is PostState.RETURNED else None
    return GroupHead(names[state], str(len(items)), aside, state=shown)
