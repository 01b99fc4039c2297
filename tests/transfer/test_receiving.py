"""The receiving service: the protocol to the letter, and every request of a stranger bounded."""

from __future__ import annotations

import asyncio
import base64
import errno
import hashlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ntm_desktop.transfer import receiving
from ntm_desktop.transfer.arriving import Announced, Arrivals, Bounds
from ntm_desktop.transfer.changed import Question, base_of, question_bytes
from ntm_desktop.transfer.receiving import PortTaken, serve, service
from tests.support.asgi import InProcess
from tests.support.servers import serving

CONTENT = b"ho so da ky va dong dau"
SHA256, IDENTITY = hashlib.sha256(CONTENT).hexdigest(), "ab" * 32
TUS = {"Tus-Resumable": "1.0.0"}
STREAM = {**TUS, "Content-Type": "application/offset+octet-stream"}


class Desk:
    """A service in this process and what was told."""

    def __init__(self, folder: Path) -> None:
        self.told: list[str] = []
        self.arrivals = Arrivals(folder / "nhan", lambda _path: IDENTITY)
        self.arrivals.prepare()
        self.application = service(self.arrivals, "Văn phòng", self.told.append)
        self.client = httpx.Client(transport=InProcess(self.application), base_url="http://nhan")

    def begin(self) -> str:
        answer = self.client.post(
            "/files/", headers={**TUS, "Upload-Length": str(len(CONTENT)), **metadata()}
        )
        assert answer.status_code == 201
        return answer.headers["location"]

    def patch(self, place: str, content: bytes, offset: int = 0, **more: str) -> httpx.Response:
        headers = {
            **STREAM,
            "Upload-Offset": str(offset),
            **{k.replace("_", "-"): v for k, v in more.items()},
        }
        return self.client.patch(place, content=content, headers=headers)


def metadata(identity: str = IDENTITY, sha256: str = SHA256) -> dict[str, str]:
    pairs = (("identity", identity), ("sha256", sha256))
    return {"Upload-Metadata": ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in pairs)}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.client.close()


def sum_of(content: bytes, algorithm: str = "sha256") -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


def test_a_file_in_two_pieces_is_named_and_its_receipt_is_given(desk: Desk) -> None:
    offers = desk.client.options("/files/")
    assert offers.status_code == 204
    assert offers.headers["tus-extension"] == "creation,checksum"
    place = desk.begin()
    assert desk.patch(place, CONTENT[:7], Upload_Checksum=sum_of(CONTENT[:7])).headers["upload-offset"] == "7"
    head = desk.client.head(place, headers=TUS)
    assert (head.headers["upload-offset"], head.headers["upload-length"]) == ("7", str(len(CONTENT)))
    assert head.headers["cache-control"] == "no-store"
    assert desk.patch(place, CONTENT[7:], 7, Upload_Checksum=sum_of(CONTENT[7:], "sha1")).status_code == 204
    assert desk.told == [IDENTITY]
    assert desk.client.head(place, headers=TUS).status_code == 404
    receipt = desk.client.get(f"/files/receipts/{IDENTITY}/{SHA256}")
    assert (receipt.json()["sha256"], receipt.json()["receiver"]) == (SHA256, "Văn phòng")
    assert desk.client.get(f"/files/receipts/{IDENTITY}/{'0' * 64}").status_code == 404


def test_another_version_of_the_protocol_is_refused(desk: Desk) -> None:
    answer = desk.client.post("/files/", headers={"Upload-Length": "3"})
    assert (answer.status_code, answer.headers["tus-version"]) == (412, "1.0.0")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "3"}, 400),
        ({"Upload-Length": "0", **metadata()}, 400),
        ({"Upload-Length": "-1", **metadata()}, 400),
        ({"Upload-Length": "9" * 16, **metadata()}, 400),
        ({"Upload-Length": "9" * 15, **metadata()}, 413),
        ({"Upload-Length": "3", **metadata(identity="../x")}, 400),
        ({"Upload-Length": "3", **metadata(sha256="")}, 400),
        ({"Upload-Length": "3", "Upload-Metadata": "identity !!,sha256 /w=="}, 400),
    ],
)
def test_what_is_announced_badly_is_not_begun(desk: Desk, headers: dict[str, str], status: int) -> None:
    assert desk.client.post("/files/", headers={**TUS, **headers}).status_code == status


def test_pieces_that_do_not_fit_are_refused_and_taken_back(desk: Desk) -> None:
    place = desk.begin()
    assert desk.patch(place, b"x", 5).status_code == 409
    assert desk.client.patch(place, content=b"x", headers={**TUS, "Upload-Offset": "0"}).status_code == 415
    assert desk.patch(place, CONTENT + b"x").status_code == 413
    for checksum in (sum_of(b"khac"), "md5 abc=", "sha1 !!", "sha256"):
        assert desk.patch(place, CONTENT, Upload_Checksum=checksum).status_code in (400, 460)
    assert desk.client.head(place, headers=TUS).headers["upload-offset"] == "0"
    assert desk.patch("/files/" + "0" * 32, b"x").status_code == 404
    assert desk.told == []


def test_another_file_than_was_announced_is_refused_at_the_end(desk: Desk) -> None:
    place = desk.begin()
    assert desk.patch(place, b"x" * len(CONTENT)).status_code == 422
    assert desk.client.head(place, headers=TUS).status_code == 404


def test_an_empty_piece_ends_what_is_all_there(desk: Desk) -> None:
    place = desk.begin()
    desk.arrivals.append(place.rpartition("/")[2], CONTENT)
    assert desk.patch(place, b"", len(CONTENT)).status_code == 204
    assert desk.told == [IDENTITY]


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 507), (errno.EIO, 500)])
def test_a_disk_that_fails_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, status: int
) -> None:
    place = desk.begin()

    def fails(*_all: object) -> None:
        raise OSError(number, "x")

    monkeypatch.setattr(desk.arrivals, "append", fails)
    assert desk.patch(place, b"x").status_code == status
    desk.arrivals.bounds = Bounds(most=0)
    answer = desk.client.post("/files/", headers={**TUS, "Upload-Length": "3", **metadata()})
    assert (answer.status_code, "retry-after" in answer.headers) == (503, True)


def test_which_contents_are_here_is_answered_in_bounds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {**TUS, "Upload-Length": "3"}
    told = ",".join(
        f"{k} {base64.b64encode(v.encode()).decode()}"
        for k, v in (("identity", IDENTITY), ("sha256", SHA256), ("whole", SHA256))
    )
    assert "ntm-extension" not in desk.client.options("/files/").headers
    assert desk.client.post("/files/", headers={**whole, "Upload-Metadata": told}).status_code == 400
    desk.arrivals.contents = lambda _path: (b"muc luc", ((0, 2000, SHA256),))
    assert desk.client.options("/files/").headers["ntm-extension"] == "changed-only"
    assert desk.client.post("/files/", headers={**whole, "Upload-Metadata": told}).status_code == 201
    bad = told.replace(base64.b64encode(SHA256.encode()).decode(), base64.b64encode(b"../x").decode())
    assert desk.client.post("/files/", headers={**whole, "Upload-Metadata": bad}).status_code == 400
    base = base_of("12" * 32, b"muc luc", IDENTITY)
    asked = question_bytes(Question(IDENTITY, (base,), (SHA256, "0" * 64)))
    answer = desk.client.post("/files/held", content=asked, headers=TUS)
    assert (answer.status_code, answer.json()) == (200, {"held": "10"})
    assert desk.client.post("/files/held", content=b"[]", headers=TUS).status_code == 400
    monkeypatch.setattr(receiving, "LONGEST_HEAD", 10)
    assert desk.client.post("/files/held", content=asked, headers=TUS).status_code == 413


# ---------------------------------------------------------------- bodies that stop


def patched(
    desk: Desk, place: str, blocks: AsyncIterator[dict[str, Any]], *headers: tuple[bytes, bytes]
) -> int:
    """Send a PATCH whose body comes as the blocks say; return the status."""
    statuses = []

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "method": "PATCH",
        "path": place,
        "query_string": b"",
        "headers": [(k.lower().encode(), v.encode()) for k, v in STREAM.items()]
        + [(b"upload-offset", b"0"), *headers],
    }
    asyncio.run(desk.application(scope, blocks.__anext__, send))
    return int(statuses[0])


async def broken_off() -> AsyncIterator[dict[str, Any]]:
    yield {"type": "http.request", "body": CONTENT[:5], "more_body": True}
    yield {"type": "http.disconnect"}


async def hanging() -> AsyncIterator[dict[str, Any]]:
    yield {"type": "http.request", "body": CONTENT[:5], "more_body": True}
    await asyncio.sleep(30)


def test_what_came_before_a_cut_stays(desk: Desk) -> None:
    place = desk.begin()
    assert patched(desk, place, broken_off()) == 400
    assert desk.client.head(place, headers=TUS).headers["upload-offset"] == "5"


def test_what_came_before_a_cut_and_cannot_be_proven_is_taken_back(desk: Desk) -> None:
    place = desk.begin()
    checksum = (b"upload-checksum", sum_of(CONTENT).encode())
    assert patched(desk, place, broken_off(), checksum) == 400
    assert desk.client.head(place, headers=TUS).headers["upload-offset"] == "0"


def test_a_sender_that_hangs_is_let_go_of(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "SILENCE_SECONDS", 0.05)
    place = desk.begin()
    assert patched(desk, place, hanging()) == 400
    assert desk.client.head(place, headers=TUS).headers["upload-offset"] == "5"


def test_a_sender_that_comes_back_takes_over_from_its_hanging_connection(desk: Desk) -> None:
    place = desk.begin()

    async def overtaken() -> AsyncIterator[dict[str, Any]]:
        yield {"type": "http.request", "body": CONTENT[:5], "more_body": True}
        await asyncio.to_thread(desk.patch, place, CONTENT[5:9], 5)
        yield {"type": "http.request", "body": b"stale", "more_body": False}

    assert patched(desk, place, overtaken()) == 409
    assert desk.client.head(place, headers=TUS).headers["upload-offset"] == "9"


def test_two_requests_for_the_end_name_the_file_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    place = desk.begin()
    upload = place.rpartition("/")[2]
    desk.arrivals.append(upload, CONTENT)
    known = iter([Announced(len(CONTENT), SHA256, IDENTITY), None])
    monkeypatch.setattr(desk.arrivals, "announced", lambda _upload: next(known))
    assert desk.patch(place, b"", len(CONTENT)).status_code == 204
    assert desk.told == []


def test_a_port_that_is_taken_is_told(desk: Desk) -> None:
    with serving(lambda visit: visit.send(b"")) as taken, pytest.raises(PortTaken):
        serve(desk.application, "127.0.0.1", httpx.URL(taken.address).port or 0)
