"""Sending over a bad line: what arrived counts, what broke off goes on, nothing is believed without a receipt."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest

from ntm_desktop.errors import Cancelled, FileUnreadable
from ntm_desktop.transfer import upload
from ntm_desktop.transfer.arriving import Announced, Arrivals, Bounds
from ntm_desktop.transfer.line import Line
from ntm_desktop.transfer.memory import Begun, Memory
from ntm_desktop.transfer.receiving import service
from ntm_desktop.transfer.tus import Tus
from ntm_desktop.transfer.upload import PAUSES, SMALLEST_PIECE, Sending, Sent, parcel_of, send
from ntm_desktop.transfer.upload_refusals import (
    ArrivedDifferently,
    ChangedWhileSending,
    LineBroke,
    ReceiverContradicts,
    ReceiverElsewhere,
    ReceiverFault,
    ReceiverRefuses,
    ReceiverSilent,
    ReceiverUnreachable,
)
from tests.support.asgi import Fault, InProcess

SERVER = "http://127.0.0.1/files/"
CONTENT = bytes(range(256)) * 420  # a little more than three pieces
PIECES = -(-len(CONTENT) // SMALLEST_PIECE)


def identity_of(path: Path) -> str:
    """Name a file by its first 64 bytes, as if they were its manifest."""
    with path.open("rb") as file:
        head = file.read(64)
    if head.startswith(b"rac"):
        raise ValueError
    return hashlib.sha256(head).hexdigest()


@dataclass
class Office:
    """A commune and a receiving office, with a line between them."""

    folder: Path
    fault: Fault | None = None
    content: bytes = CONTENT
    waited: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    broken: list[tuple[str, int]] = field(default_factory=list)
    how: Sending = field(default_factory=Sending)
    naming: Callable[[Path], str] = identity_of

    def __post_init__(self) -> None:
        self.path = self.folder / "hồ sơ.asice"
        self.path.write_bytes(self.content)
        self.arrivals = Arrivals(self.folder / "nhan", self.naming)
        self.arrivals.prepare()
        self.memory = Memory(self.folder / "gui")
        self.line = InProcess(service(self.arrivals, "Văn phòng Điều phối", self.told.append), self.fault)
        self.identity = hashlib.sha256(self.content[:64]).hexdigest()

    def send(self) -> Sent:
        how = replace(
            self.how,
            wait=self.waited.append,
            broke=lambda fault, arrived: self.broken.append((fault.code, arrived)),
        )
        with httpx.Client(transport=self.line) as client:
            parcel = parcel_of(self.path, self.identity)
            return send(parcel, Tus(Line(client, SERVER)), SERVER, self.memory, how)

    def arrived(self) -> bytes:
        (path,) = self.arrivals.folder.glob("*.asice")
        assert path.name == f"{self.identity}.asice"
        return path.read_bytes()

    def is_tidy(self) -> bool:
        return not list((self.arrivals.folder / ".incoming").iterdir()) and not list(
            (self.folder / "gui").glob(f"{self.identity}*")
        )


def test_a_file_arrives_and_the_receipt_names_it(tmp_path: Path) -> None:
    office = Office(tmp_path)
    seen: list[tuple[int, int]] = []
    office.how = Sending(progress=lambda done, total: seen.append((done, total)))
    sent = office.send()
    assert office.arrived() == CONTENT
    assert sent.confirmed is not None
    assert (sent.confirmed.identity, sent.confirmed.receiver) == (office.identity, "Văn phòng Điều phối")
    assert sent.confirmed.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert (sent.known_before, sent.begun_anew) == (False, False)
    assert office.told == [office.identity]
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert office.is_tidy()


def test_a_second_machine_is_told_that_the_office_has_it(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.send()
    office.memory = Memory(tmp_path / "may khac")
    office.line.asked.clear()
    sent = office.send()
    assert sent.known_before
    assert [one.split()[0] for one in office.line.asked] == ["GET"]


def test_a_file_of_the_same_identity_with_other_bytes_stands_beside(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.send()
    office.path.write_bytes(CONTENT + b"dau thoi gian")
    assert office.send().confirmed is not None
    assert len(list(office.arrivals.folder.glob(f"{office.identity}*.asice"))) == 2


@pytest.mark.parametrize("kind", ["before", "after", "silent", "500"])
def test_every_request_failed_once_in_turn_still_delivers(tmp_path: Path, kind: str) -> None:
    requests = PIECES + 5
    for failing in range(requests):
        folder = tmp_path / str(failing)
        folder.mkdir()

        def fault(
            number: int, _request: httpx.Request, failing: int = failing
        ) -> httpx.Response | str | None:
            if number != failing:
                return None
            return httpx.Response(500) if kind == "500" else kind

        office = Office(folder, fault)
        sent = office.send()
        assert sent.confirmed is not None, failing
        assert office.arrived() == CONTENT
        assert office.waited in ([0.5, 0.5], []), failing
        assert office.is_tidy() or (kind, failing) == (
            "after",
            2,
        )  # begun, and the answer lost: empty, dropped later
        assert office.line.sent <= len(CONTENT) + SMALLEST_PIECE


@pytest.mark.parametrize(
    ("kind", "refusal"), [("before", ReceiverUnreachable), ("after", LineBroke), ("silent", ReceiverSilent)]
)
def test_a_line_that_stays_away_is_given_up_after_growing_pauses(
    tmp_path: Path, kind: str, refusal: type[ReceiverUnreachable | LineBroke | ReceiverSilent]
) -> None:
    office = Office(tmp_path, lambda number, _request: kind if number > 4 else None)
    with pytest.raises(refusal):
        office.send()
    assert sum(office.waited) == sum(PAUSES)
    begun = office.memory.begun(office.identity)
    assert begun is not None
    assert (begun.arrived, begun.broke) == (2 * SMALLEST_PIECE, refusal.code)
    assert begun.at.endswith("Z")
    assert office.broken[-1] == (refusal.code, begun.arrived)
    office.line.fault = None
    assert office.send().confirmed is not None
    assert office.arrived() == CONTENT


def test_a_cut_costs_at_most_the_piece_that_was_on_its_way(tmp_path: Path) -> None:
    content = os.urandom(64) + bytes(40 * SMALLEST_PIECE)
    office = Office(
        tmp_path, lambda number, _r: "before" if number > 3 and number % 10 == 0 else None, content
    )
    assert office.send().confirmed is not None
    assert len(office.broken) >= 4
    assert office.line.sent <= len(content) + len(office.broken) * SMALLEST_PIECE


def test_an_upload_the_server_forgot_starts_anew_and_says_so(tmp_path: Path) -> None:
    office = Office(tmp_path, lambda number, _request: "before" if number > 4 else None)
    with pytest.raises(ReceiverUnreachable):
        office.send()
    for path in (office.arrivals.folder / ".incoming").iterdir():
        path.unlink()
    office.line.fault = None
    sent = office.send()
    assert sent.begun_anew
    assert office.arrived() == CONTENT


def test_an_upload_forgotten_between_two_pieces_starts_anew(tmp_path: Path) -> None:
    office = Office(tmp_path)

    def fault(number: int, _request: httpx.Request) -> None:
        if number == 5:
            for path in (office.arrivals.folder / ".incoming").iterdir():
                path.unlink()

    office.line.fault = fault
    sent = office.send()
    assert sent.begun_anew
    assert office.broken == [("receiver_fault", 2 * SMALLEST_PIECE)]
    assert office.arrived() == CONTENT


def test_what_all_arrived_but_was_never_ended_is_ended_by_an_empty_piece(tmp_path: Path) -> None:
    office = Office(tmp_path, lambda number, _request: "before" if number == 0 else None)
    parcel = parcel_of(office.path, office.identity)
    place = office.arrivals.begin(Announced(parcel.size, parcel.sha256, office.identity))
    office.arrivals.append(place, CONTENT)
    office.memory.keep(office.identity, Begun(SERVER, f"/files/{place}", parcel.sha256, parcel.size, 10))
    with httpx.Client(transport=office.line) as client:
        how = Sending(wait=office.waited.append)
        sent = send(parcel, Tus(Line(client, SERVER)), SERVER, office.memory, how)
    assert sent.confirmed is not None
    assert not sent.known_before
    assert office.line.sent == 0


def test_a_server_without_checksums_is_served_too(tmp_path: Path) -> None:
    told = {"Tus-Version": "1.0.0", "Tus-Extension": "creation"}
    office = Office(
        tmp_path,
        lambda _n, request: httpx.Response(204, headers=told) if request.method == "OPTIONS" else None,
    )
    assert office.send().confirmed is not None


def test_a_server_that_always_forgets_is_given_up(tmp_path: Path) -> None:
    office = Office(
        tmp_path, lambda _number, request: httpx.Response(404) if request.method == "PATCH" else None
    )
    with pytest.raises(ReceiverFault):
        office.send()
    assert sum(office.waited) == sum(PAUSES)


def offset(told: str, status: int = 204) -> Fault:
    """Let the server tell this offset for the second piece."""
    return lambda number, _request: (
        httpx.Response(status, headers={"Upload-Offset": told}) if number == 4 else None
    )


@pytest.mark.parametrize("told", ["99999999", "-1", "1e3", "", "0", str(SMALLEST_PIECE), "9" * 400])
def test_a_server_that_lies_about_offsets_is_not_believed(tmp_path: Path, told: str) -> None:
    with pytest.raises(ReceiverContradicts) as refusal:
        Office(tmp_path, offset(told)).send()
    assert refusal.value.host == "127.0.0.1"


def test_a_server_that_tells_another_length_is_not_believed(tmp_path: Path) -> None:
    office = Office(tmp_path, lambda number, _request: "before" if number == 4 else None)

    def lie(number: int, request: httpx.Request) -> httpx.Response | str | None:
        if request.method == "HEAD":
            return httpx.Response(200, headers={"Upload-Offset": "5", "Upload-Length": "6"})
        return "before" if number == 4 else None

    office.line.fault = lie
    with pytest.raises(ReceiverContradicts):
        office.send()


def test_a_server_that_claims_to_have_more_than_came_is_found_out_by_the_check_code(tmp_path: Path) -> None:
    office = Office(tmp_path)

    def lie(number: int, request: httpx.Request) -> httpx.Response | str | None:
        if number == 4:
            return "before"
        if request.method == "HEAD":
            (upload,) = (each for each in (office.arrivals.folder / ".incoming").iterdir() if not each.suffix)
            office.arrivals.append(upload.name, b"x" * SMALLEST_PIECE)
        return None

    office.line.fault = lie
    with pytest.raises(ArrivedDifferently):
        office.send()
    assert not list(office.arrivals.folder.glob("*.asice"))


def test_a_server_without_receipts_has_not_confirmed(tmp_path: Path) -> None:
    office = Office(tmp_path, lambda _n, request: httpx.Response(404) if request.method == "GET" else None)
    sent = office.send()
    assert sent.confirmed is None
    begun = office.memory.begun(office.identity)
    assert begun is not None
    assert begun.arrived == begun.size


@pytest.mark.parametrize(
    "said",
    [
        b"[]",
        b"{}",
        b"nope",
        b'{"identity": "x", "sha256": "y", "size": 3, "received_at": ""}',
        b'{"identity": "x", "sha256": "y", "size": "z", "received_at": ""}',
        b"[" * 60000,
    ],
)
def test_a_receipt_for_something_else_is_none(tmp_path: Path, said: bytes) -> None:
    office = Office(
        tmp_path, lambda _n, request: httpx.Response(200, content=said) if request.method == "GET" else None
    )
    assert office.send().confirmed is None


def test_an_endless_answer_is_let_go_of(tmp_path: Path) -> None:
    office = Office(tmp_path, lambda _n, _request: httpx.Response(200, content=b"x" * 200_000))
    with pytest.raises(LineBroke):
        office.send()


@pytest.mark.parametrize("where", ["https://noi.khac/files/", "/files/moi/", "http://127.0.0.1/login"])
def test_no_redirect_is_followed_with_a_dossier_in_hand(tmp_path: Path, where: str) -> None:
    office = Office(tmp_path, lambda _n, _request: httpx.Response(307, headers={"Location": where}))
    with pytest.raises(ReceiverElsewhere):
        office.send()
    assert len(office.line.asked) == 1


@pytest.mark.parametrize("where", ["https://noi.khac/files/1", "http://[", ""])
def test_an_upload_at_another_server_is_not_used(tmp_path: Path, where: str) -> None:
    office = Office(
        tmp_path,
        lambda _n, request: (
            httpx.Response(201, headers={"Location": where}) if request.method == "POST" else None
        ),
    )
    with pytest.raises((ReceiverElsewhere, ReceiverContradicts)):
        office.send()


def test_a_server_that_speaks_otherwise_is_refused(tmp_path: Path) -> None:
    office = Office(tmp_path, lambda n, _request: httpx.Response(404 if n == 0 else 200))
    with pytest.raises(ReceiverRefuses):
        office.send()


def test_a_file_larger_than_the_office_takes_is_refused(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.arrivals.bounds = Bounds(largest=1000)
    with pytest.raises(ReceiverRefuses) as refusal:
        office.send()
    assert refusal.value.status == 413


def test_what_the_office_does_not_take_in_is_refused(tmp_path: Path) -> None:
    office = Office(tmp_path, content=b"rac" * 100)
    with pytest.raises(ArrivedDifferently):
        office.send()


def test_a_file_changed_while_it_is_sent_is_noticed(tmp_path: Path) -> None:
    office = Office(tmp_path)

    def fault(number: int, _request: httpx.Request) -> None:
        if number == 4:
            office.path.write_bytes(CONTENT + b"!")

    office.line.fault = fault
    with pytest.raises(ChangedWhileSending):
        office.send()
    assert office.memory.begun(office.identity) is None


def test_a_file_taken_away_while_it_is_sent_is_told(tmp_path: Path) -> None:
    office = Office(tmp_path)

    def fault(number: int, _request: httpx.Request) -> None:
        if number == 4:
            office.path.unlink()

    office.line.fault = fault
    with pytest.raises(FileUnreadable):
        office.send()
    with pytest.raises(FileUnreadable):
        parcel_of(office.path, office.identity)


def test_stopping_keeps_what_arrived(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.how = Sending(cancelled=lambda: len(office.line.asked) > 4)
    with pytest.raises(Cancelled):
        office.send()
    begun = office.memory.begun(office.identity)
    assert begun is not None
    assert begun.arrived >= SMALLEST_PIECE
    with pytest.raises(Cancelled):
        parcel_of(office.path, office.identity, lambda: True)


def test_a_limit_spreads_the_bytes_over_time(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.how = Sending(limit=16 << 10)
    office.send()
    assert sum(office.waited) == pytest.approx(len(CONTENT) / (16 << 10))


def test_pieces_grow_with_the_speed_up_to_a_small_part_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "_PIECES", 16)
    times = iter(range(10_000))
    office = Office(tmp_path, content=os.urandom(64) + bytes(64 * SMALLEST_PIECE))
    office.how = Sending(clock=lambda: next(times) / 8)
    sizes: list[int] = []
    office.line.fault = lambda _n, request: sizes.append(len(request.content))
    office.send()
    assert sorted(set(sizes) - {0})[-1] == (64 * SMALLEST_PIECE + 64) // 16
    assert office.memory.speed() > 0


def test_what_is_remembered_of_another_file_or_server_is_not_used(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.memory.keep(office.identity, Begun("https://khac/", "/files/1", "ab", len(CONTENT), 7))
    sent = office.send()
    assert (sent.known_before, sent.begun_anew) == (False, False)
