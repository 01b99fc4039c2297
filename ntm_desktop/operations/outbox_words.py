"""What both faces say of the outbox: where a revision stands, how large it is and how long it takes."""

from __future__ import annotations

from fractions import Fraction

from ntm_desktop.facts.numerals import show_number
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.sending import Item, Medium, PostState
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.operations.wording import moment_words

_MINUTE, _HOUR = 60, 3600


def item_title(one: Item) -> str:
    """Return the name of a revision."""
    return _("{set} \u00b7 {year}, round {round}").format(
        set=one.name.title, year=one.name.year, round=one.posted.revision
    )


def state_words(one: Item) -> str:
    """Return where a revision stands."""
    if one.all_gone:
        on_stick = any(receipt.medium is Medium.STICK for receipt in one.posted.receipts)
        return _("On a stick, receipt to come") if on_stick else _("Sent, receipt to come")
    return {
        PostState.WAITING: _("Waiting"),
        PostState.SENDING: _("Sending"),
        PostState.ACCEPTED: _("Received"),
        PostState.RETURNED: _("Returned"),
    }[one.posted.state]


def left_words(one: Item) -> str:
    """Return how much is left and how long it takes; for what left already, how large it is."""
    if not one.sendable or one.all_gone:
        return size_words(one.posted.size)
    return _("{size} \u00b7 {time}").format(size=size_words(one.left), time=time_words(one.seconds))


def changed_words(one: Item) -> str:
    """Return that only what is new has to go; empty where the whole does."""
    if one.part is None or one.all_gone:
        return ""
    return _("Only what is new is sent: {size} of {whole}").format(
        size=size_words(one.part), whole=size_words(one.posted.size)
    )


def time_words(seconds: int) -> str:
    """Return a time in the largest unit that fits, rounded up."""
    if seconds < _MINUTE:
        return _("{count} seconds").format(count=max(seconds, 1))
    if seconds < _HOUR:
        return _("{count} minutes").format(count=-(-seconds // _MINUTE))
    return _("{count} hours").format(count=show_number(Fraction(-(-seconds * 10 // _HOUR), 10)))


def broke_words(one: Item) -> str:
    """Return where a transfer stopped and that it goes on there; empty where nothing broke off."""
    if one.begun is None or not one.begun.arrived:
        return ""
    amount = size_words(one.begun.arrived)
    if one.begun.at:
        return _("Line lost at {moment} after {amount}, it goes on from there.").format(
            moment=moment_words(one.begun.at), amount=amount
        )
    return _("{amount} have arrived, it goes on from there.").format(amount=amount)
