"""A key on a signing token (PKCS#11, OASIS v2.40): the driver runs in a child process, the PIN is asked once.

Every failure has its own refusal; the program never waits longer than `SECONDS` for a driver.
"""

from __future__ import annotations

import json
import multiprocessing
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from ntm_desktop.disk import open_file
from ntm_desktop.errors import NtmError
from ntm_desktop.trust.certificates import Certificate, read_certificate
from ntm_desktop.trust.quiet import quiet
from ntm_desktop.trust.signing import LONGEST_SIGNATURE, SigningKey, certificate_store, pss_mechanism
from ntm_desktop.trust.token_child import Answer, serve
from ntm_desktop.trust.token_refusals import (
    DriverOf32Bits,
    LastTry,
    NoDriver,
    NoKeyOnToken,
    NoToken,
    TokenFailed,
    TokenGone,
    TokenLocked,
    WrongPin,
)

if TYPE_CHECKING:
    from pyhanko.sign.signers.pdf_cms import Signer

SECONDS: Final = 60
"""The longest answer of a driver; making an RSA signature takes a token about one second."""
_WINDOWS, _ELF = b"MZ", b"\x7fELF"
_I386: Final = 0x014C
_ELF_32: Final = 1
_PE_OFFSET: Final = slice(0x3C, 0x40)
_HEADER: Final = 4096


@dataclass(frozen=True, slots=True)
class TokenName:
    """A token that is in the machine."""

    label: str
    serial: str
    maker: str


class TokenDesk:
    """The child process with its driver. Close it when the token is no longer needed."""

    def __init__(
        self, module: Path, *, child: Callable[[Connection], None] = serve, seconds: float = SECONDS
    ) -> None:
        """Load a driver. Raises: NoDriver, DriverOf32Bits, TokenFailed."""
        self.module = module
        self._seconds = seconds
        _look_at(module)
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=child, args=(there,), daemon=True)
        self._process.start()
        there.close()
        self._end = weakref.finalize(self, _end, self._pipe, self._process)
        try:
            self.ask("", do="load", module=str(module))
        except NtmError:
            self.close()
            raise

    def close(self) -> None:
        """End the child process; the session on the token ends with it. It also ends when nobody holds the desk."""
        self._end()

    def tokens(self) -> tuple[TokenName, ...]:
        """Return the tokens that are in the machine. Raises: TokenFailed."""
        found = self.ask("", do="tokens")["tokens"]
        if not isinstance(found, list):
            raise TokenFailed(str(self.module), "tokens")
        return tuple(TokenName(one["label"], one["serial"], one["maker"]) for one in found)

    def open(self, token: str, pin: str, *, pss: bool = False) -> TokenKey:
        """Unlock a token by its label; `pss` makes an RSA key sign with RSASSA-PSS.

        Raises: NoToken, WrongPin (LastTry), TokenLocked, NoKeyOnToken, TokenGone, TokenFailed.
        """
        answer = self.ask(token, do="open", token=token, pin=pin)
        chain = answer["chain"]
        others = [bytes.fromhex(str(one)) for one in chain] if isinstance(chain, list) else []
        try:
            own = bytes.fromhex(str(answer["certificate"]))
            certificate = read_certificate(own)
        except ValueError:
            raise NoKeyOnToken(token) from None
        return TokenKey(certificate, _signer(self, token, own, others, _how(certificate, pss=pss)))

    def sign(self, token: str, data: bytes, how: str) -> bytes:
        """Return the raw signature over data, made on the token. Raises: TokenGone, TokenFailed."""
        answer = self.ask(token, do="sign", data=data.hex(), how=how)
        return bytes.fromhex(str(answer["signature"]))

    def ask(self, about: str, /, **request: str) -> Answer:
        """Send a request and wait for its answer; a failure is raised as the refusal it is, about this token."""
        try:
            self._pipe.send_bytes(json.dumps(request).encode())
            if not self._pipe.poll(self._seconds):
                raise TokenFailed(str(self.module), "time")
            answer: Answer = json.loads(self._pipe.recv_bytes())
        except (EOFError, OSError, ValueError):
            raise TokenFailed(str(self.module), "ended") from None  # without the frames that hold the PIN
        error = answer.get("error")
        if error is not None:
            raise self._refusal(str(error), str(answer.get("reason", "")), about)
        return answer

    def _refusal(self, error: str, reason: str, token: str) -> NtmError:
        known: Mapping[str, Callable[[], NtmError]] = {
            "no_driver": lambda: NoDriver(str(self.module)),
            "no_token": lambda: NoToken(token),
            "no_key": lambda: NoKeyOnToken(token),
            "wrong_pin": lambda: WrongPin(token),
            "last_try": lambda: LastTry(token),
            "locked": lambda: TokenLocked(token),
            "gone": lambda: TokenGone(token),
        }
        made = known.get(error)
        return made() if made is not None else TokenFailed(str(self.module), reason)


class TokenKey(SigningKey):
    """Sign with an unlocked token. The key never leaves the token; the PIN is not kept."""

    __slots__ = ()


def _end(pipe: Connection, process: SpawnProcess) -> None:
    pipe.close()
    process.kill()
    process.join()


def _how(certificate: Certificate, *, pss: bool) -> str:
    if certificate.key.startswith("EC"):
        return "ec"
    return "pss" if pss else "rsa"


def _signer(desk: TokenDesk, token: str, own: bytes, others: list[bytes], how: str) -> Signer:
    quiet()
    from asn1crypto import x509
    from pyhanko.sign.signers.pdf_cms import Signer as PlainSigner

    class OnToken(PlainSigner):
        """pyHanko's signer whose one primitive is made on the token."""

        @override
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            if digest_algorithm != "sha256":
                raise TokenFailed(str(desk.module), digest_algorithm)
            return bytes(LONGEST_SIGNATURE) if dry_run else desk.sign(token, data, how)

    store = certificate_store([x509.Certificate.load(each) for each in others])
    return OnToken(
        signature_mechanism=pss_mechanism() if how == "pss" else None,
        signing_cert=x509.Certificate.load(own),
        cert_registry=store,
    )


def _look_at(module: Path) -> None:
    """Look at the head of a driver before a process is started for it. Raises: NoDriver, DriverOf32Bits."""
    try:
        with open_file(module) as file:
            head = file.read(_HEADER)
    except OSError:
        raise NoDriver(str(module)) from None
    if head.startswith(_ELF):
        narrow = head[len(_ELF) : len(_ELF) + 1] == bytes([_ELF_32])
    elif head.startswith(_WINDOWS):
        start = int.from_bytes(head[_PE_OFFSET], "little") + len(b"PE\0\0")
        narrow = int.from_bytes(head[start : start + 2], "little") == _I386
    else:
        raise NoDriver(str(module))
    if narrow:
        raise DriverOf32Bits(str(module))
