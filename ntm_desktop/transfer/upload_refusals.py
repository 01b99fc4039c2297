"""Why something could not be sent, in the words of the officer who sent it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from ntm_desktop.errors import Refused, Unavailable, Untrusted


@dataclass(eq=False)
class ReceiverUnreachable(Unavailable):
    """Say that the server of the receiving office cannot be reached."""

    host: str
    reason: str
    """Name of the fault, for the technical details only."""

    code: ClassVar[str] = "receiver_unreachable"
    what: ClassVar[str] = "The server {host} of the receiving office cannot be reached."
    safe: ClassVar[str] = "The dossier here is unchanged; what has arrived there stays there."
    next_step: ClassVar[str] = (
        "Send again when there is a network; it goes on from there. A stick does it too."
    )


@dataclass(eq=False)
class ReceiverSilent(Unavailable):
    """Say that the server of the receiving office does not answer."""

    host: str
    seconds: int

    code: ClassVar[str] = "receiver_silent"
    what: ClassVar[str] = "The server {host} of the receiving office did not answer within {seconds} seconds."
    safe: ClassVar[str] = "The dossier here is unchanged; what has arrived there stays there."
    next_step: ClassVar[str] = "Send again later; it goes on from where it stopped."


@dataclass(eq=False)
class LineBroke(Unavailable):
    """Say that the connection broke off while something was sent."""

    host: str
    reason: str
    """Name of the fault, for the technical details only."""

    code: ClassVar[str] = "line_broke"
    what: ClassVar[str] = "The connection to {host} broke off before everything had arrived."
    safe: ClassVar[str] = "The dossier here is unchanged; what has arrived there stays there."
    next_step: ClassVar[str] = "Send again when there is a network; it goes on from where it stopped."


@dataclass(eq=False)
class ReceiverFault(Unavailable):
    """Say that the server of the receiving office answered with a fault of its own."""

    host: str
    status: int

    code: ClassVar[str] = "receiver_fault"
    what: ClassVar[str] = (
        "The server {host} of the receiving office has a fault of its own (answer {status})."
    )
    safe: ClassVar[str] = "The dossier here is unchanged; what has arrived there stays there."
    next_step: ClassVar[str] = "Send again later; if it stays so, tell the receiving office this number."


LINE_FAULTS: Final = (ReceiverUnreachable, ReceiverSilent, LineBroke, ReceiverFault)
"""What may be better a moment later: sending is tried again by itself, a few times."""
LineFault = ReceiverUnreachable | ReceiverSilent | LineBroke | ReceiverFault


@dataclass(eq=False)
class ReceiverRefuses(Refused):
    """Say that the server of the receiving office does not take the file."""

    host: str
    status: int

    code: ClassVar[str] = "receiver_refuses"
    what: ClassVar[str] = (
        "The server {host} of the receiving office does not take this file (answer {status})."
    )
    safe: ClassVar[str] = "The dossier on this computer is unchanged."
    next_step: ClassVar[str] = (
        "Ask the receiving office whether the address is right and how large a file may be, or hand it over on a stick."
    )


@dataclass(eq=False)
class ReceiverContradicts(Untrusted):
    """Say that a server tells amounts that cannot be: more than the file has, another length, steps back."""

    host: str
    told: str
    """What it said, for the technical details only."""

    code: ClassVar[str] = "receiver_contradicts"
    what: ClassVar[str] = "The server {host} says contradictory things about how much has arrived."
    safe: ClassVar[str] = "The dossier on this computer is unchanged; nothing counts as sent."
    next_step: ClassVar[str] = "Tell the receiving office, and hand the dossier over on a stick meanwhile."


@dataclass(eq=False)
class ReceiverElsewhere(Untrusted):
    """Say that a server points to another one."""

    host: str
    target: str

    code: ClassVar[str] = "receiver_elsewhere"
    what: ClassVar[str] = "The server {host} sends on to another place: {target}. That was not followed."
    safe: ClassVar[str] = "The dossier was not sent there; it is unchanged."
    next_step: ClassVar[str] = (
        "Ask the receiving office for the right address; pages that ask to log in to the network do this too."
    )


@dataclass(eq=False)
class NotTheReceiver(Untrusted):
    """Say that a server cannot prove who it is."""

    host: str
    reason: str
    """What the check said, for the technical details only."""

    code: ClassVar[str] = "not_the_receiver"
    what: ClassVar[str] = "It cannot be proven that the computer that answers is really {host}."
    safe: ClassVar[str] = "The dossier was not sent there; it is unchanged."
    next_step: ClassVar[str] = (
        "See whether the date of this computer is right, then tell the receiving office; a stick does it meanwhile."
    )


@dataclass(eq=False)
class ReceiverAddress(Refused):
    """Say that what was typed is no address of a receiving office."""

    address: str

    code: ClassVar[str] = "receiver_address"
    what: ClassVar[str] = "{address} is not an address dossiers can be sent to."
    safe: ClassVar[str] = "Nothing was sent."
    next_step: ClassVar[str] = (
        "Copy the whole address from the receiving office's letter; it begins with https://."
    )


@dataclass(eq=False)
class ArrivedDifferently(Unavailable):
    """Say that what arrived is not what was sent, twice over."""

    host: str

    code: ClassVar[str] = "arrived_differently"
    what: ClassVar[str] = "What arrived at {host} has another check code than the file here."
    safe: ClassVar[str] = "The dossier on this computer is unchanged; it does not count as sent."
    next_step: ClassVar[str] = "Send again, which starts anew; if it happens again, hand it over on a stick."


@dataclass(eq=False)
class ChangedWhileSending(Refused):
    """Say that the file was changed or replaced while it was on its way."""

    path: str

    code: ClassVar[str] = "changed_while_sending"
    what: ClassVar[str] = "The file {path} was changed while it was being sent."
    safe: ClassVar[str] = "It does not count as sent, and what had arrived is not used."
    next_step: ClassVar[str] = "Put the signed file back in its place, or sign once more; then send."
