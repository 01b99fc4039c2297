"""Unlock a signing token: the driver that was used last is remembered, the PIN never."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from ntm_desktop import settings
from ntm_desktop.errors import Refused
from ntm_desktop.trust.token import TokenDesk, TokenKey, TokenName
from ntm_desktop.trust.token_refusals import LastTry, NoDriver, NoToken, WrongPin

__all__ = [
    "LastTry",
    "NoDriver",
    "NoToken",
    "TokenDesk",
    "TokenKey",
    "TokenName",
    "WrongPin",
    "known_driver",
    "only_token",
    "open_token",
    "remember_driver",
]


@dataclass(eq=False)
class SeveralTokens(Refused):
    """Say that more than one token is in the machine and none was named."""

    labels: str

    code: ClassVar[str] = "several_tokens"
    what: ClassVar[str] = "Several signing tokens are in this computer: {labels}."
    safe: ClassVar[str] = "Nothing was signed."
    next_step: ClassVar[str] = "Leave in only the one to sign with, or name it."


def open_token(module: Path, label: str, pin: str) -> TokenKey:
    """Unlock a token by its label, or the only one there where none is named.

    Raises NoDriver, DriverOf32Bits, NoToken, SeveralTokens, WrongPin (LastTry), TokenLocked, NoKeyOnToken, TokenGone,
    TokenFailed.
    """
    desk = TokenDesk(module)
    return desk.open(label or only_token(desk).label, pin)


def only_token(desk: TokenDesk) -> TokenName:
    """Return the one token that is there. Raises NoToken, SeveralTokens, TokenFailed."""
    found = desk.tokens()
    if not found:
        raise NoToken
    if len(found) > 1:
        raise SeveralTokens(", ".join(one.label for one in found))
    return found[0]


def known_driver() -> Path | None:
    """Return the driver that was used last, if it is still there."""
    driver = settings.load().token_driver
    return Path(driver) if driver and Path(driver).is_file() else None


def remember_driver(module: Path | None) -> None:
    """Remember the driver for the next signature, or forget it; unwritable settings are no reason to stop."""
    try:
        settings.save(replace(settings.load(), token_driver="" if module is None else str(module)))
    except OSError:
        return
