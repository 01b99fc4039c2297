"""What a server may answer, and what becomes of it: every fault of the line is told, none is believed."""

from __future__ import annotations

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from ntm_desktop.errors import Cancelled
from ntm_desktop.transfer.download import MOST_REDIRECTS, Downloads, downloads
from ntm_desktop.transfer.refusals import (
    AddressNotUsable,
    CutOff,
    NoConnection,
    NotTheServer,
    RedirectedElsewhere,
    ServerFault,
    TooSlow,
)
from tests.support.openssl import needs_openssl
from tests.support.servers import Answer, Visit, serving

LIMIT = 1000


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no proxy of this machine stand between."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def fetched(answer: Answer, path: str = "/goi.json", limit: int = LIMIT, silence: float = 10) -> bytes:
    with serving(answer) as server, downloads(silence=silence) as fetch:
        return fetch(server.address + path, limit)


def sends(content: bytes, **how: object) -> Answer:
    return lambda visit: visit.send(content, **how)  # type: ignore[arg-type]


def test_a_file_comes_whole() -> None:
    assert fetched(sends(b"goi" * 100)) == b"goi" * 100


def test_files_come_over_one_connection() -> None:
    places: list[object] = []

    def answer(visit: Visit) -> None:
        places.append(visit.client_address)
        visit.send(visit.path.encode())

    with serving(answer) as server, downloads() as fetch:
        assert [fetch(f"{server.address}/{name}", LIMIT) for name in "ab"] == [b"/a", b"/b"]
    assert len(set(places)) == 1


def test_nothing_is_asked_before_something_is_fetched() -> None:
    with serving(sends(b"")) as server, downloads():
        pass
    assert server.asked == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_file_that_is_not_there_is_not_found(status: int) -> None:
    with pytest.raises(FileNotFoundError):
        fetched(sends(b"", status=status))


@pytest.mark.parametrize("status", [204, 403, 500, 503])
def test_any_other_answer_is_a_fault_of_the_server(status: int) -> None:
    with pytest.raises(ServerFault) as fault:
        fetched(sends(b"", status=status))
    assert fault.value.status == status


def test_a_file_that_is_too_long_is_read_one_byte_past_its_limit() -> None:
    assert len(fetched(sends(b"x" * 5_000_000))) == LIMIT + 1


def test_an_answer_without_end_is_let_go_of_at_the_limit() -> None:
    def endless(visit: Visit) -> None:
        visit.send_response(200)
        visit.send_header("Connection", "close")
        visit.end_headers()
        with suppress(OSError):  # the other side goes away
            while True:
                visit.wfile.write(b"x" * 65536)

    assert len(fetched(endless)) == LIMIT + 1


def test_an_answer_shorter_than_it_claims_is_cut_off() -> None:
    def cut(visit: Visit) -> None:
        visit.send(b"nua", length=500)
        visit.close_connection = True

    with pytest.raises(CutOff):
        fetched(cut)


def test_an_answer_longer_than_it_claims_ends_where_it_said() -> None:
    assert fetched(sends(b"goi va nhieu nua", length=3)) == b"goi"


def test_no_answer_at_all_is_cut_off() -> None:
    with pytest.raises(CutOff):
        fetched(lambda visit: setattr(visit, "close_connection", True))


def test_a_packed_answer_is_not_unpacked() -> None:
    with pytest.raises(CutOff):
        fetched(sends(b"\x1f\x8b" + b"\0" * 50, Content_Encoding="gzip"))


def test_a_server_that_hangs_is_given_up() -> None:
    waiting = threading.Event()
    try:
        with pytest.raises(TooSlow):
            fetched(lambda _visit: waiting.wait(20) and None, silence=0.2)
    finally:
        waiting.set()


def test_a_server_that_drips_is_given_up_after_the_longest_time() -> None:
    times = iter(range(0, 10_000, 50))
    with serving(sends(b"x" * 500)) as server, downloads() as one:
        slow = Downloads(one._client, longest=40, clock=lambda: next(times))
        with pytest.raises(TooSlow) as told:
            slow(f"{server.address}/a", LIMIT)
    assert told.value.seconds == 40


def test_the_officer_can_stop_it() -> None:
    with serving(sends(b"x" * 500)) as server, downloads(lambda: True) as fetch, pytest.raises(Cancelled):
        fetch(f"{server.address}/a", LIMIT)


def test_a_server_that_is_not_there_cannot_be_reached() -> None:
    with serving(sends(b"")) as server:
        address = server.address
    with downloads() as fetch, pytest.raises(NoConnection):
        fetch(f"{address}/a", LIMIT)


def test_a_proxy_that_is_not_there_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with downloads() as fetch, pytest.raises(NoConnection):
        fetch("http://ntm.invalid/a", LIMIT)


def test_a_proxy_that_refuses_is_told_as_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(sends(b"")) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        with downloads() as fetch, pytest.raises(NoConnection):
            fetch("https://ntm.invalid/a", LIMIT)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://ntm.vn/a",
        "https://",
        "file:///etc/passwd",
        "https://a:b@ntm.vn/",
        "https://\0/",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(address: str) -> None:
    with downloads() as fetch, pytest.raises(AddressNotUsable):
        fetch(address, LIMIT)


# ---------------------------------------------------------------- redirects


def test_a_redirect_on_the_same_server_is_followed() -> None:
    def answer(visit: Visit) -> None:
        if visit.path == "/goi.json":
            visit.send(b"", status=301, Location="/moi/goi.json")
        else:
            visit.send(visit.path.encode())

    assert fetched(answer) == b"/moi/goi.json"


@pytest.mark.parametrize(
    "target", ["https://localhost/a", "http://example.invalid/a", "//example.invalid/a", "file:///etc/passwd"]
)
def test_a_redirect_elsewhere_is_not_followed(target: str) -> None:
    with pytest.raises(RedirectedElsewhere) as told:
        fetched(sends(b"", status=302, Location=target))
    assert "a" in told.value.target


def test_a_redirect_in_a_circle_ends() -> None:
    with serving(sends(b"", status=302, Location="/goi.json")) as server, downloads() as fetch:
        with pytest.raises(ServerFault):
            fetch(f"{server.address}/goi.json", LIMIT)
        assert len(server.asked) == MOST_REDIRECTS + 1


# ---------------------------------------------------------------- certificates


def _certificate(folder: Path, name: str) -> Path:
    key, certificate, both = (folder / one for one in ("key.pem", "certificate.pem", "both.pem"))
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        f"/CN={name}",
    ]
    command += ["-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + certificate.read_bytes())
    return both


@contextmanager
def _over_tls(folder: Path, name: str) -> Iterator[tuple[str, ssl.SSLContext]]:
    certificate = _certificate(folder, name)
    trust = ssl.create_default_context(cafile=str(folder / "certificate.pem"))
    with serving(sends(b"goi"), certificate) as server:
        yield f"{server.address}/a", trust


@needs_openssl
def test_a_server_that_proves_who_it_is_is_read(tmp_path: Path) -> None:
    with _over_tls(tmp_path, "localhost") as (address, trust), downloads(trust=trust) as fetch:
        assert fetch(address, LIMIT) == b"goi"


@needs_openssl
def test_a_certificate_nobody_believes_is_refused(tmp_path: Path) -> None:
    with (
        _over_tls(tmp_path, "localhost") as (address, _trust),
        downloads() as fetch,
        pytest.raises(NotTheServer) as told,
    ):
        fetch(address, LIMIT)
    assert "self" in told.value.reason


@needs_openssl
def test_a_certificate_of_another_name_is_refused(tmp_path: Path) -> None:
    with (
        _over_tls(tmp_path, "ntm.example") as (address, trust),
        downloads(trust=trust) as fetch,
        pytest.raises(NotTheServer),
    ):
        fetch(address, LIMIT)


def asked(answer: Answer, limit: int = LIMIT) -> bytes:
    with serving(answer) as server, downloads(silence=10) as line:
        return line.ask(server.address + "/tsa", b"hoi", "application/timestamp-query", limit)


def test_a_question_is_sent_with_its_kind_and_the_answer_comes_back_bounded() -> None:
    def answer(visit: Visit) -> None:
        said = visit.rfile.read(int(visit.headers["Content-Length"]))
        visit.send(said + b" " + visit.headers["Content-Type"].encode())

    assert asked(answer) == b"hoi application/timestamp-query"
    assert asked(answer, limit=3) == b"hoi "


def test_a_question_is_not_carried_elsewhere_and_a_place_that_is_not_there_is_a_fault_of_the_server() -> None:
    with pytest.raises(RedirectedElsewhere):
        asked(sends(b"", status=307, Location="/other"))
    with pytest.raises(ServerFault) as caught:
        asked(sends(b"", status=404))
    assert caught.value.status == 404
