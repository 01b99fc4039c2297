"""What runs in the child process: the driver of a token is loaded here and nowhere else.

A driver is code of somebody else: it may crash, hang or answer nonsense, and must not take the program with it. Nothing
but JSON crosses the pipe; the PIN comes once and is not kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final, Protocol

from ntm_desktop.trust.signing import SALT

if TYPE_CHECKING:
    import pkcs11
    from pkcs11.types import SignMixin

Answer = dict[str, object]
_ERRORS: Final = {
    "PinIncorrect": "wrong_pin",
    "PinLenRange": "wrong_pin",
    "PinInvalid": "wrong_pin",
    "PinLocked": "locked",
    "DeviceRemoved": "gone",
    "TokenNotPresent": "gone",
    "SessionHandleInvalid": "gone",
    "NoSuchToken": "no_token",
    "NoSuchKey": "no_key",
}


class Library(Protocol):
    """What is asked of a loaded driver."""

    def get_tokens(self) -> Iterable[pkcs11.Token]:
        """Return the tokens that are in the machine."""


def serve(pipe: Connection) -> None:
    """Answer until the other side hangs up; the first request names the driver."""
    from pkcs11 import lib

    talk(pipe, lib)


def talk(pipe: Connection, load: Callable[[str], Library]) -> None:
    """Answer each request; what goes wrong is an answer too."""
    driver = Driver(load)
    while True:
        try:
            request: dict[str, str] = json.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        pipe.send_bytes(json.dumps(driver.answer(request)).encode())


class Driver:
    """One loaded driver and, once a PIN was right, one open session."""

    def __init__(self, load: Callable[[str], Library]) -> None:
        self._load = load
        self._library: Library | None = None
        self._key: SignMixin | None = None

    def answer(self, request: dict[str, str]) -> Answer:
        """Do what is asked; a failure is `{"error": ..., "reason": ...}`."""
        from pkcs11.exceptions import PKCS11Error

        asked: dict[str, Callable[[dict[str, str]], Answer]] = {
            "load": self._open_driver,
            "tokens": self._tokens,
            "open": self._open,
            "sign": self._sign,
        }
        try:
            return asked[request["do"]](request)
        except (
            PKCS11Error,
            MemoryError,
            RuntimeError,
        ) as error:  # MemoryError: drivers that misreport lengths
            name = type(error).__name__
            return {"error": _ERRORS.get(name, "failed"), "reason": f"{name} {error}".strip()}

    def _open_driver(self, request: dict[str, str]) -> Answer:
        from pkcs11.exceptions import PKCS11Error

        try:
            self._library = self._load(request["module"])
        except (PKCS11Error, RuntimeError, OSError) as error:
            return {"error": "no_driver", "reason": str(error)}
        return {}

    def _tokens(self, _request: dict[str, str]) -> Answer:
        return {"tokens": [_named(token) for token in self._there()]}

    def _there(self) -> list[pkcs11.Token]:
        """Return the tokens somebody has set up; an empty one has no name."""
        found = [] if self._library is None else list(self._library.get_tokens())
        return [token for token in found if _named(token)["label"]]

    def _open(self, request: dict[str, str]) -> Answer:
        """Log in and find the key that has a certificate; the session stays open for every signature."""
        from pkcs11 import Attribute, ObjectClass
        from pkcs11.exceptions import PinIncorrect
        from pkcs11.types import SignMixin

        token = next((one for one in self._there() if _named(one)["label"] == request["token"]), None)
        if token is None:
            return {"error": "no_token", "reason": request["token"]}
        try:
            session = token.open(user_pin=request["pin"])
        except PinIncorrect:
            return {"error": _after_wrong_pin(token), "reason": "PinIncorrect"}
        certificates = _certificates(session)
        for key in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY}):
            certificate = certificates.pop(bytes(key[Attribute.ID]), None)
            if certificate is not None and isinstance(key, SignMixin):
                self._key = key
                return {
                    "certificate": certificate.hex(),
                    "chain": [one.hex() for one in certificates.values()],
                }
        session.close()
        return {"error": "no_key", "reason": request["token"]}

    def _sign(self, request: dict[str, str]) -> Answer:
        """Sign data (hex) with SHA-256 by `rsa`, `pss` or `ec`."""
        if self._key is None:
            return {"error": "failed", "reason": "not open"}
        data = bytes.fromhex(request["data"])
        return {"signature": _signed(self._key, data, request["how"]).hex()}


def _named(token: pkcs11.Token) -> dict[str, str]:
    return {
        "label": token.label.strip("\0 "),
        "serial": bytes(token.serial).decode("ascii", "replace").strip("\0 "),
        "maker": token.manufacturer_id.strip("\0 "),
    }


def _certificates(session: pkcs11.Session) -> dict[bytes, bytes]:
    """Return the certificates on the token, DER by the id they share with their key."""
    from pkcs11 import Attribute, ObjectClass

    found = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
    return {bytes(one[Attribute.ID]): bytes(one[Attribute.VALUE]) for one in found}


def _after_wrong_pin(token: pkcs11.Token) -> str:
    """Say how near the token is to locking itself, as far as it tells."""
    from pkcs11 import TokenFlag

    flags = token.flags
    if flags & TokenFlag.USER_PIN_LOCKED:
        return "locked"
    return "last_try" if flags & TokenFlag.USER_PIN_FINAL_TRY else "wrong_pin"


def _signed(key: SignMixin, data: bytes, how: str) -> bytes:
    from pkcs11 import MGF, Mechanism
    from pkcs11.util.ec import encode_ecdsa_signature

    if how == "ec":
        raw = key.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA)
        return bytes(encode_ecdsa_signature(raw))
    if how == "pss":
        parameters = (Mechanism.SHA256, MGF.SHA256, SALT)
        return bytes(key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS_PSS, mechanism_param=parameters))
    return bytes(key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))
