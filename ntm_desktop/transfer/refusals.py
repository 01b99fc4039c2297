"""Why something could not be fetched, in the words of the officer who asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Refused, Unavailable, Untrusted


@dataclass(eq=False)
class AddressNotUsable(Refused):
    """Say that what was typed is no address of a server."""

    address: str

    code: ClassVar[str] = "address_not_usable"
    what: ClassVar[str] = "{address} is not an address packs can be fetched from."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Copy the whole address from the publisher's letter; it begins with https://."


@dataclass(eq=False)
class NoConnection(Unavailable):
    """Say that a server cannot be reached."""

    host: str
    reason: str
    """Name of the fault, for the technical details only."""

    code: ClassVar[str] = "no_connection"
    what: ClassVar[str] = "The server {host} cannot be reached."
    safe: ClassVar[str] = "Nothing was changed; everything goes on without a network."
    next_step: ClassVar[str] = (
        "See whether the network works and try again later, or take the packs in from a stick."
    )


@dataclass(eq=False)
class TooSlow(Unavailable):
    """Say that a server answers too slowly to wait for it."""

    host: str
    seconds: int

    code: ClassVar[str] = "download_too_slow"
    what: ClassVar[str] = "The server {host} did not finish its answer within {seconds} seconds."
    safe: ClassVar[str] = "Nothing was changed; what had arrived was thrown away."
    next_step: ClassVar[str] = "Try again when the network is better, or take the packs in from a stick."


@dataclass(eq=False)
class CutOff(Unavailable):
    """Say that an answer ended before it was whole, or cannot be read as one."""

    host: str
    reason: str
    """Name of the fault, for the technical details only."""

    code: ClassVar[str] = "download_cut_off"
    what: ClassVar[str] = "The connection to {host} broke off before everything had arrived."
    safe: ClassVar[str] = "Nothing was changed; what had arrived was thrown away."
    next_step: ClassVar[str] = "Try again, or take the packs in from a stick."


@dataclass(eq=False)
class ServerFault(Unavailable):
    """Say that a server answered with a fault of its own."""

    host: str
    status: int

    code: ClassVar[str] = "server_fault"
    what: ClassVar[str] = "The server {host} cannot hand it out now (answer {status})."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Try again later; if it stays so, tell the publisher this number."


@dataclass(eq=False)
class RedirectedElsewhere(Untrusted):
    """Say that a server points to another one, or to a line without protection."""

    host: str
    target: str

    code: ClassVar[str] = "redirected_elsewhere"
    what: ClassVar[str] = "The server {host} sends on to another place: {target}. That was not followed."
    safe: ClassVar[str] = "Nothing was taken in and nothing was changed."
    next_step: ClassVar[str] = (
        "Ask the publisher for the right address; pages that ask to log in to the network do this too."
    )


@dataclass(eq=False)
class NotTheServer(Untrusted):
    """Say that a server cannot prove who it is: its certificate is expired, made by itself, or of another name."""

    host: str
    reason: str
    """What the check said, for the technical details only."""

    code: ClassVar[str] = "not_the_server"
    what: ClassVar[str] = "It cannot be proven that the computer that answers is really {host}."
    safe: ClassVar[str] = "Nothing was taken in and nothing was changed."
    next_step: ClassVar[str] = (
        "See whether the date of this computer is right, then tell whoever looks after the network; "
        "packs from a stick can be taken in meanwhile."
    )
