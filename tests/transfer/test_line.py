"""The line to a receiving office: which addresses are used, and what becomes of servers that cannot be believed."""

from __future__ import annotations

import ssl
import threading
from pathlib import Path

import httpx
import pytest

from ntm_desktop.transfer.line import Line, line_to, receiving_address
from ntm_desktop.transfer.upload_refusals import (
    NotTheReceiver,
    ReceiverAddress,
    ReceiverElsewhere,
    ReceiverSilent,
    ReceiverUnreachable,
)
from tests.support.openssl import needs_openssl
from tests.support.servers import serving
from tests.transfer.test_download import _certificate


@pytest.mark.parametrize(
    "address", ["https://nhan.vn/files", " https://nhan.vn/files/ ", "http://localhost:8470/files/"]
)
def test_an_address_ends_with_a_slash(address: str) -> None:
    assert str(receiving_address(address)).endswith("/files/")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nhan.vn",
        "http://nhan.vn/files/",
        "ftp://nhan.vn/",
        "https://",
        "https://a:b@nhan.vn/",
        "https://nhan.vn/?a=1",
        "https://nhan.vn/#a",
        "https://\0/",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_protected_address_is_refused(address: str) -> None:
    with pytest.raises(ReceiverAddress):
        receiving_address(address)


def test_only_own_paths_are_reached() -> None:
    with httpx.Client() as client:
        line = Line(client, "https://nhan.vn/files/")
        assert str(line.below("/files/1")) == "https://nhan.vn/files/1"
        assert str(line.below("http://nhan.vn:80/files/1#x")) == "https://nhan.vn/files/1"
        for elsewhere in ("https://khac.vn/files/1", "http://[", "\0", "//khac.vn/"):
            with pytest.raises(ReceiverElsewhere):
                line.below(elsewhere)


def test_a_server_that_drips_is_given_up() -> None:
    times = iter(range(0, 1000, 20))

    def drips(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=(b"x" for _each in range(50)))

    with httpx.Client(transport=httpx.MockTransport(drips)) as client:
        line = Line(client, "https://nhan.vn/", clock=lambda: next(times))
        with pytest.raises(ReceiverSilent):
            line.ask("GET", "")


def test_a_server_that_is_not_there_and_one_that_hangs() -> None:
    waiting = threading.Event()
    try:
        with serving(lambda _visit: waiting.wait(20) and None) as server:
            with line_to(server.address, silence=1) as line, pytest.raises(ReceiverSilent):
                line.ask("GET", "")
            waiting.set()
        with line_to(server.address) as line, pytest.raises(ReceiverUnreachable):
            line.ask("GET", "")
    finally:
        waiting.set()


def test_a_proxy_is_asked_and_one_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda visit: visit.send(b"")) as proxy:
        with line_to("https://ntm.invalid/", proxy=proxy.address) as line, pytest.raises(ReceiverUnreachable):
            line.ask("GET", "")
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        with line_to("https://ntm.invalid/") as line, pytest.raises(ReceiverUnreachable):
            line.ask("GET", "")
    with pytest.raises(ReceiverAddress), line_to("https://ntm.invalid/", proxy="lung tung"):
        pass


@needs_openssl
@pytest.mark.parametrize("name", ["localhost", "ntm.example"])
def test_a_certificate_nobody_believes_or_of_another_name_is_refused(tmp_path: Path, name: str) -> None:
    certificate = _certificate(tmp_path, name)
    believed = ssl.create_default_context(cafile=str(tmp_path / "certificate.pem"))
    trust = None if name == "localhost" else believed
    with serving(lambda visit: visit.send(b""), certificate) as server:
        with line_to(server.address, trust=trust) as line, pytest.raises(NotTheReceiver):
            line.ask("GET", "")
        if name == "localhost":
            with line_to(server.address, trust=believed) as line:
                assert line.ask("GET", "").status == 200
