"""One connection to the server of a receiving office: its certificate proven, its faults told, nothing followed.

Rules:
* Unprotected lines (http) are used within this computer only.
* No redirect is followed with a dossier in hand.
* Of what a server answers only so much is read as an answer can have.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ntm_desktop.transfer.download import certificate_fault
from ntm_desktop.transfer.upload_refusals import (
    LineBroke,
    NotTheReceiver,
    ReceiverAddress,
    ReceiverElsewhere,
    ReceiverSilent,
    ReceiverUnreachable,
)

if TYPE_CHECKING:
    import ssl

    import httpx

SILENCE_SECONDS: Final = 30
"""Without one byte either way."""
LONGEST_ANSWER: Final = 1 << 16
"""Bytes."""
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    headers: httpx.Headers
    content: bytes


class Line:
    """Ask one server; only its own paths are reached."""

    def __init__(
        self,
        client: httpx.Client,
        address: str,
        *,
        silence: int = SILENCE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._silence = silence
        self._clock = clock
        self.address = receiving_address(address)

    @property
    def host(self) -> str:
        """The name of the server."""
        return self.address.host

    def ask(
        self,
        method: str,
        path: str,
        headers: dict[str, str] | None = None,
        content: Iterable[bytes] | None = None,
    ) -> Answer:
        """Ask once, below the address when `path` is relative.

        Raises LineFault (unreachable, silent, broken off), NotTheReceiver, ReceiverElsewhere.
        """
        url = self.below(path)
        with self._told(), self._client.stream(method, url, headers=headers, content=content) as answer:
            if answer.has_redirect_location:
                raise ReceiverElsewhere(self.host, str(url.join(answer.headers["location"])))
            return Answer(answer.status_code, answer.headers, self._content(answer))

    def below(self, path: str) -> httpx.URL:
        """Return a place on this server. Raises ReceiverElsewhere for one that is not."""
        import httpx

        try:
            url = self.address.join(path)
        except (httpx.InvalidURL, ValueError) as fault:
            raise ReceiverElsewhere(self.host, path) from fault
        if url.host != self.host:
            raise ReceiverElsewhere(self.host, str(url))
        # Behind a gateway that undoes the protection a server may name its own scheme and port: the officer's hold.
        own = self.address
        return url.copy_with(scheme=own.scheme, host=own.host, port=own.port, userinfo=b"", fragment=None)

    def _content(self, answer: httpx.Response) -> bytes:
        content, until = bytearray(), self._clock() + self._silence
        for piece in answer.iter_raw():
            content += piece
            if len(content) > LONGEST_ANSWER:
                raise LineBroke(self.host, "too long an answer")
            if self._clock() > until:
                raise ReceiverSilent(self.host, self._silence)
        return bytes(content)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the faults of the line into what the officer can do about them."""
        import httpx

        try:
            yield
        except httpx.TimeoutException as fault:
            raise ReceiverSilent(self.host, self._silence) from fault
        except httpx.ConnectError as fault:
            proof = certificate_fault(fault)
            if proof is not None:
                raise NotTheReceiver(self.host, proof) from fault
            raise ReceiverUnreachable(self.host, type(fault).__name__) from fault
        except (httpx.ProxyError, httpx.UnsupportedProtocol) as fault:
            raise ReceiverUnreachable(self.host, type(fault).__name__) from fault
        except httpx.TransportError as fault:
            raise LineBroke(self.host, type(fault).__name__) from fault


@contextmanager
def line_to(
    address: str, *, trust: ssl.SSLContext | None = None, proxy: str = "", silence: int = SILENCE_SECONDS
) -> Iterator[Line]:
    """Give a line while it is open; nothing is asked of anyone before the first question.

    `trust` holds the certificates to believe and `proxy` the address of the proxy, those of the system where not given.
    Raises ReceiverAddress.
    """
    import ssl

    import httpx

    local = receiving_address(address).host in _LOOPBACK
    limits = httpx.Limits(max_connections=1, max_keepalive_connections=1)
    headers = {"Accept-Encoding": "identity", "User-Agent": "NTM-Desktop"}
    try:
        client = httpx.Client(
            verify=trust or ssl.create_default_context(),
            timeout=silence,
            limits=limits,
            headers=headers,
            proxy=proxy or None,
            trust_env=not local,
        )
    except (httpx.InvalidURL, ValueError) as fault:
        raise ReceiverAddress(proxy) from fault
    with client:
        yield Line(client, address, silence=silence)


def receiving_address(address: str) -> httpx.URL:
    """Read the address of a receiving office; it ends with a slash. Raises ReceiverAddress."""
    import httpx

    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, TypeError, ValueError) as fault:
        raise ReceiverAddress(address) from fault
    protected = url.scheme == "https" or (url.scheme == "http" and url.host in _LOOPBACK)
    if not protected or not url.host or url.userinfo or url.query or url.fragment:
        raise ReceiverAddress(address)
    return url if url.path.endswith("/") else url.copy_with(path=url.path + "/")
