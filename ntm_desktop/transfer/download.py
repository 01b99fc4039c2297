"""Fetch single files from a server the officer named, or ask it one question: bounded in size and time.

Rules:
* Nothing is asked of any server but what the officer's own address leads to.
* Not one byte more is read than was allowed; packed answers are not unpacked.
* A redirect is followed on the same server only: same protocol, name and port.
* The proxy and the certificates are those of the system.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ntm_desktop.errors import Cancelled
from ntm_desktop.transfer.refusals import (
    AddressNotUsable,
    CutOff,
    NoConnection,
    NotTheServer,
    RedirectedElsewhere,
    ServerFault,
    TooSlow,
)

if TYPE_CHECKING:
    import ssl

    import httpx

MOST_REDIRECTS: Final = 3
LONGEST_SECONDS: Final = 120
"""For one file, from the first word to the last byte."""
SILENCE_SECONDS: Final = 15
"""Without one byte."""
_NOT_THERE: Final = (404, 410)
_OK: Final = 200
_FOUND_ELSEWHERE: Final = 302

IsCancelled = Callable[[], bool]


class Downloads:
    """Fetches files one after the other over one connection; a callable from address and limit to content."""

    def __init__(
        self,
        client: httpx.Client,
        cancelled: IsCancelled | None = None,
        longest: float = LONGEST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._cancelled = cancelled
        self._longest = longest
        self._clock = clock

    def __call__(self, address: str, limit: int) -> bytes:
        """Return a file; of a longer one the first `limit + 1` bytes, so that the caller sees that it is too long.

        Raises: FileNotFoundError when the server says that there is none, AddressNotUsable, NoConnection, TooSlow,
        CutOff, ServerFault, RedirectedElsewhere, NotTheServer, Cancelled.
        """
        until, url = self._clock() + self._longest, _usable(address)
        for _step in range(MOST_REDIRECTS + 1):
            with _told(url.host, int(self._longest)), self._client.stream("GET", url) as answer:
                if not answer.has_redirect_location:
                    return self._content(answer, limit, until)
                onward = url.join(answer.headers["location"])
            if _place(onward) != _place(url):
                raise RedirectedElsewhere(url.host, str(onward))
            url = onward
        raise ServerFault(url.host, _FOUND_ELSEWHERE)

    def ask(self, address: str, question: bytes, media_type: str, limit: int) -> bytes:
        """Send a question and return the answer, cut as by a call; no redirect is followed with it in hand.

        Raises as a call does, but for FileNotFoundError: ServerFault.
        """
        until, url = self._clock() + self._longest, _usable(address)
        headers = {"Content-Type": media_type}
        with (
            _told(url.host, int(self._longest)),
            self._client.stream("POST", url, content=question, headers=headers) as answer,
        ):
            if answer.has_redirect_location:
                raise RedirectedElsewhere(url.host, str(url.join(answer.headers["location"])))
            if answer.status_code in _NOT_THERE:
                raise ServerFault(url.host, answer.status_code)
            return self._content(answer, limit, until)

    def _content(self, answer: httpx.Response, limit: int, until: float) -> bytes:
        host = answer.url.host
        if answer.status_code in _NOT_THERE:
            raise FileNotFoundError(str(answer.url))
        if answer.status_code != _OK:
            raise ServerFault(host, answer.status_code)
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise CutOff(host, "content-encoding")
        content = bytearray()
        for piece in answer.iter_raw():
            if self._cancelled is not None and self._cancelled():
                raise Cancelled
            if self._clock() > until:
                raise TooSlow(host, int(self._longest))
            content += piece
            if len(content) > limit:
                break
        return bytes(content[: limit + 1])


@contextmanager
def downloads(
    cancelled: IsCancelled | None = None,
    *,
    trust: ssl.SSLContext | None = None,
    silence: float = SILENCE_SECONDS,
    longest: float = LONGEST_SECONDS,
) -> Iterator[Downloads]:
    """Give what fetches files while the connection is open; nothing is asked of anyone before the first call.

    `trust` holds the certificates to believe, those of the system where it is None.
    """
    import ssl

    import httpx

    context = trust or ssl.create_default_context()
    limits = httpx.Limits(max_connections=1, max_keepalive_connections=1)
    headers = {"Accept-Encoding": "identity", "User-Agent": "NTM-Desktop"}
    with httpx.Client(verify=context, timeout=silence, limits=limits, headers=headers) as client:
        yield Downloads(client, cancelled, longest)


@contextmanager
def _told(host: str, seconds: int) -> Iterator[None]:
    """Turn the faults of the line into what the officer can do about them."""
    import httpx

    try:
        yield
    except httpx.TimeoutException as fault:
        raise TooSlow(host, seconds) from fault
    except httpx.ConnectError as fault:
        proof = certificate_fault(fault)
        if proof is not None:
            raise NotTheServer(host, proof) from fault
        raise NoConnection(host, type(fault).__name__) from fault
    except (httpx.ProxyError, httpx.UnsupportedProtocol) as fault:
        raise NoConnection(host, type(fault).__name__) from fault
    except httpx.TransportError as fault:
        raise CutOff(host, type(fault).__name__) from fault


def certificate_fault(fault: BaseException) -> str | None:
    """Return what the check of a certificate said, when it was that which failed."""
    import ssl

    cause: BaseException | None = fault
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message
        cause = cause.__cause__ or cause.__context__
    return None


def _usable(address: str) -> httpx.URL:
    import httpx

    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, TypeError, ValueError) as fault:
        raise AddressNotUsable(address) from fault
    if url.scheme not in {"https", "http"} or not url.host or url.userinfo:
        raise AddressNotUsable(address)
    return url


def _place(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
