"""Why a signing token does not sign, one class per reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Refused, Unavailable


@dataclass(eq=False)
class NoDriver(Unavailable):
    """Say that the driver of a token is not there, or is no driver."""

    module: str

    code: ClassVar[str] = "no_driver"
    what: ClassVar[str] = "{module} is not the driver of a signing token."
    safe: ClassVar[str] = "Nothing was signed."
    next_step: ClassVar[str] = (
        "Install the driver that came with the token, then choose its file (.dll or .so)."
    )


@dataclass(eq=False)
class DriverOf32Bits(Unavailable):
    """Say that the driver was built for 32-bit programs; this one is 64-bit."""

    module: str

    code: ClassVar[str] = "driver_of_32_bits"
    what: ClassVar[str] = "{module} is a 32-bit driver; this program needs the 64-bit one."
    safe: ClassVar[str] = "Nothing was signed."
    next_step: ClassVar[str] = (
        "Choose the 64-bit file of the same driver (usually in System32), or ask the issuer of the token for it."
    )


@dataclass(eq=False)
class NoToken(Unavailable):
    """Say that no token is in the machine, or not the one asked for."""

    token: str = ""

    code: ClassVar[str] = "no_token"
    what: ClassVar[str] = "The signing token is not in this computer."
    safe: ClassVar[str] = "Nothing was signed."
    next_step: ClassVar[str] = "Put the token in, wait until its light is steady, and try again."


@dataclass(eq=False)
class NoKeyOnToken(Refused):
    """Say that a token holds no key with its certificate that can sign documents."""

    token: str

    code: ClassVar[str] = "no_key_on_token"
    what: ClassVar[str] = "The token {token} holds no key with its certificate that can sign documents."
    safe: ClassVar[str] = "Nothing was signed."
    next_step: ClassVar[str] = (
        "Put in the token the certificate authority issued, or ask it to load the certificate."
    )


@dataclass(eq=False)
class WrongPin(Refused):
    """Say that the PIN is not the one of the token."""

    token: str

    code: ClassVar[str] = "wrong_pin"
    what: ClassVar[str] = "The PIN does not open the token {token}."
    safe: ClassVar[str] = "Nothing was signed."
    next_step: ClassVar[str] = "Type the PIN again; most tokens lock after a few wrong ones."


@dataclass(eq=False)
class LastTry(WrongPin):
    """Say that the token takes one more PIN before it locks."""

    code: ClassVar[str] = "last_try"
    what: ClassVar[str] = "The PIN does not open the token {token}, and one try is left before it locks."
    next_step: ClassVar[str] = "Make sure of the PIN before typing it again; look at the letter it came with."


@dataclass(eq=False)
class TokenLocked(Refused):
    """Say that the token has locked itself after wrong PINs."""

    token: str

    code: ClassVar[str] = "token_locked"
    what: ClassVar[str] = "The token {token} is locked after too many wrong PINs."
    safe: ClassVar[str] = "Nothing was signed; the certificate on the token is not lost."
    next_step: ClassVar[str] = "Ask the certificate authority to unlock it."


@dataclass(eq=False)
class TokenGone(Unavailable):
    """Say that a token was pulled out while it was needed."""

    token: str

    code: ClassVar[str] = "token_gone"
    what: ClassVar[str] = "The token {token} was taken out."
    safe: ClassVar[str] = "Nothing was written; the dossier is open as before."
    next_step: ClassVar[str] = "Put the token in again, choose it again and sign again."


@dataclass(eq=False)
class TokenFailed(Unavailable):
    """Say that the driver of a token crashed, hung or gave an answer that makes no sense."""

    module: str
    reason: str
    """For a log or a specialist; never translated."""

    code: ClassVar[str] = "token_failed"
    what: ClassVar[str] = "The driver {module} of the token does not answer as it must."
    safe: ClassVar[str] = "Nothing was signed; the program and the figures are not affected."
    next_step: ClassVar[str] = (
        "Take the token out, put it in again and try again; then try another driver version."
    )
