"""The words of tus: what a server offers, and which pieces are checked how."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from ntm_desktop.transfer.line import Line
from ntm_desktop.transfer.tus import Offer, Parcel, Tus
from ntm_desktop.transfer.upload_refusals import ReceiverFault, ReceiverRefuses

PARCEL = Parcel(Path("x"), "ab" * 32, 10, "cd" * 32, 0)


def tus(status: int = 204, **headers: str) -> Tus:
    told = {name.replace("_", "-"): text for name, text in headers.items()}
    client = httpx.Client(
        transport=httpx.MockTransport(
            lambda _request: httpx.Response(status, headers=told, stream=httpx.ByteStream(b""))
        )
    )
    return Tus(Line(client, "https://nhan.vn/files/"))


@pytest.mark.parametrize(
    ("extensions", "algorithms", "checksum"),
    [
        ("creation", "", ""),
        ("creation,checksum", "md5, sha1", "sha1"),
        ("creation, checksum", "sha1,sha256", "sha256"),
        ("creation,checksum", "md5", ""),
        ("creation", "sha1", ""),
    ],
)
def test_the_best_checksum_both_know_is_used(extensions: str, algorithms: str, checksum: str) -> None:
    server = tus(tus_version="0.2.2,1.0.0", tus_extension=extensions, tus_checksum_algorithm=algorithms)
    assert server.offer() == Offer(checksum)


@pytest.mark.parametrize(
    ("version", "extensions"), [("2.0.0", "creation"), ("1.0.0", "termination"), ("", "")]
)
def test_a_server_that_speaks_otherwise_is_refused(version: str, extensions: str) -> None:
    with pytest.raises(ReceiverRefuses):
        tus(tus_version=version, tus_extension=extensions).offer()


@pytest.mark.parametrize("status", [409, 423, 429, 460, 500, 507])
def test_answers_about_the_moment_are_tried_again(status: int) -> None:
    with pytest.raises(ReceiverFault) as fault:
        tus(status).create(PARCEL)
    assert fault.value.status == status


@pytest.mark.parametrize("status", [400, 401, 403, 413, 415])
def test_other_refusals_are_final(status: int) -> None:
    with pytest.raises(ReceiverRefuses):
        tus(status).create(PARCEL)


def test_a_server_that_does_not_give_receipts_gives_none() -> None:
    assert [tus(status).receipt(PARCEL) for status in (204, 400, 403, 404, 405, 410)] == [None] * 6
