"""Servers of this machine that answer well or badly; none of them ever leaves it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from typing_extensions import override

Answer = Callable[["Visit"], None]


class Visit(BaseHTTPRequestHandler):
    """One request; the test's own function answers it."""

    protocol_version = "HTTP/1.1"
    answer: Answer

    def do_GET(self) -> None:
        """Let the test answer."""
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        type(self).answer(self)

    def do_POST(self) -> None:
        """Let the test answer."""
        self.do_GET()

    def send(self, content: bytes, *, status: int = 200, length: int | None = None, **headers: str) -> None:
        """Answer with this content; `length` is what the server claims of it."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    """A server whose visitors may go away at any time."""

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


class Served:
    """A server that runs: its address and what was asked of it."""

    def __init__(self, address: str, asked: list[str]) -> None:
        self.address = address
        self.asked = asked


@contextmanager
def serving(answer: Answer, certificate: Path | None = None) -> Iterator[Served]:
    """Run a server on the loopback; with a certificate (with its key, PEM) over TLS."""
    handler = type("Handler", (Visit,), {"answer": staticmethod(answer)})
    server = _Server(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.asked = []  # type: ignore[attr-defined]
    scheme = "http"
    if certificate is not None:
        scheme = "https"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Served(f"{scheme}://localhost:{server.server_port}", server.asked)  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serving_folder(folder: Path) -> Iterator[Served]:
    """Serve the files of a folder."""

    def answer(visit: Visit) -> None:
        path = folder / visit.path.lstrip("/")
        if path.is_file():
            visit.send(path.read_bytes())
        else:
            visit.send(b"", status=404)

    with serving(answer) as served:
        yield served
