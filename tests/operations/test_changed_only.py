"""A revision sends what is new, whatever the line does; a receiver that lies gets the whole, never a wrong file."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from ntm_desktop.operations import changed_only
from ntm_desktop.operations.changed_only import Earlier, earlier_than, expected, send_part
from ntm_desktop.operations.receiving import contents_of, identity_of
from ntm_desktop.transfer.arriving import Arrivals
from ntm_desktop.transfer.changed import Question, base_of
from ntm_desktop.transfer.line import Line
from ntm_desktop.transfer.memory import Memory
from ntm_desktop.transfer.receiving import service
from ntm_desktop.transfer.tus import Tus
from ntm_desktop.transfer.upload import PAUSES, SMALLEST_PIECE, Sending, Sent, parcel_of, send
from ntm_desktop.transfer.upload_refusals import ReceiverFault, ReceiverRefuses, ReceiverUnreachable
from ntm_desktop.workspace.post import Posted, PostState
from tests.support.asgi import Fault, InProcess
from tests.support.containers import write

SERVER = "http://127.0.0.1/files/"
EVIDENCE = os.urandom(20 * SMALLEST_PIECE)
NEW = os.urandom(3 * SMALLEST_PIECE)
FIRST = {"dossier.json": b"{}", "evidence/a.bin": EVIDENCE}
SECOND = {"dossier.json": b'{"revision": 2}', "evidence/a.bin": EVIDENCE, "evidence/b.bin": NEW}


@dataclass
class Two:
    """A commune with a first revision, which the office has, and a second."""

    folder: Path
    fault: Fault | None = None
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first, self.second = self.folder / "1.asice", self.folder / "2.asice"
        self.identities = write(self.first, FIRST).identity, write(self.second, SECOND).identity
        self.arrivals = Arrivals(self.folder / "nhan", identity_of, contents=contents_of)
        self.arrivals.prepare()
        shutil.copyfile(self.first, self.arrivals.folder / f"{self.identities[0]}.asice")
        self.memory = Memory(self.folder / "gui")
        self.memory.keep_contents(self.identities[0], contents_of(self.first)[0])
        self.line = InProcess(service(self.arrivals, "Văn phòng", self.told.append), self.fault)
        self.how = Sending(wait=lambda _seconds: None)

    @property
    def earlier(self) -> tuple[Earlier, ...]:
        return (Earlier(self.identities[0], self.memory.contents(self.identities[0])),)

    @contextmanager
    def tus(self) -> Iterator[Tus]:
        with httpx.Client(transport=self.line) as client:
            yield Tus(Line(client, SERVER))

    def send(self, earlier: tuple[Earlier, ...] | None = None) -> Sent | None:
        with self.tus() as tus:
            parcel = parcel_of(self.second, self.identities[1])
            chosen = self.earlier if earlier is None else earlier
            return send_part(parcel, chosen, tus, SERVER, self.memory, self.how)

    def is_there(self) -> bool:
        path = self.arrivals.folder / f"{self.identities[1]}.asice"
        return path.is_file() and path.read_bytes() == self.second.read_bytes()

    def is_tidy(self) -> bool:
        left = [*(self.arrivals.folder / ".incoming").iterdir(), *(self.folder / "gui").glob("*.changed")]
        return not left


def test_only_what_is_new_leaves_and_the_file_there_is_the_same(tmp_path: Path) -> None:
    two = Two(tmp_path)
    sent = two.send()
    assert sent is not None
    assert sent.confirmed is not None
    assert sent.confirmed.sha256 == hashlib.sha256(two.second.read_bytes()).hexdigest()
    assert (two.is_there(), two.told) == (True, [two.identities[1]])
    assert len(NEW) < two.line.sent < len(NEW) + 6000
    assert two.is_tidy()


@pytest.mark.parametrize("kind", ["before", "after", "silent", "500"])
def test_every_request_failed_once_in_turn_still_delivers(tmp_path: Path, kind: str) -> None:
    for failing in range(9):
        folder = tmp_path / str(failing)
        folder.mkdir()

        def fault(
            number: int, _request: httpx.Request, failing: int = failing
        ) -> httpx.Response | str | None:
            if number != failing:
                return None
            return httpx.Response(500) if kind == "500" else kind

        two = Two(folder, fault)
        sent = two.send()
        assert sent is not None, failing
        assert sent.confirmed is not None, failing
        assert two.is_there()
        assert two.line.sent < len(NEW) + 2 * SMALLEST_PIECE


def test_a_sender_killed_on_the_way_goes_on_with_the_same_part(tmp_path: Path) -> None:
    two = Two(tmp_path, lambda number, _request: "before" if number > 5 else None)
    with pytest.raises(ReceiverUnreachable):
        two.send()
    before = two.line.sent
    two.line.fault = None
    sent = two.send()
    assert sent is not None
    assert two.is_there()
    assert two.line.sent < before + len(NEW)
    assert [one for one in two.line.asked if one.endswith("/held")] == ["POST /files/held"]


def test_a_receiver_killed_when_all_was_there_puts_it_together_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = Two(tmp_path)

    def dies(_upload: str) -> str:
        raise OSError(5, "x")

    monkeypatch.setattr(two.arrivals, "finish", dies)
    with pytest.raises(ReceiverFault):
        two.send()
    again = Arrivals(two.arrivals.folder, identity_of, contents=contents_of)
    assert again.prepare() == (two.identities[1],)
    assert two.is_there()


def test_an_office_that_has_lost_the_earlier_one_gets_the_whole(tmp_path: Path) -> None:
    two = Two(tmp_path)
    (two.arrivals.folder / f"{two.identities[0]}.asice").unlink()
    assert two.send() is None
    assert two.line.sent < 2000
    with two.tus() as tus:
        assert send(parcel_of(two.second, two.identities[1]), tus, SERVER, two.memory, two.how).confirmed
    assert two.is_there()


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404),
        httpx.Response(200, content=b"rac"),
        httpx.Response(200, content=b"[]"),
        httpx.Response(200, content=b'{"held": 1}'),
        httpx.Response(200, content=b'{"held": "11111"}'),
        httpx.Response(200, content=b'{"held": "0"}'),
    ],
)
def test_an_answer_that_is_none_means_the_whole(tmp_path: Path, answer: httpx.Response) -> None:
    two = Two(tmp_path, lambda _n, request: answer if request.url.path.endswith("/held") else None)
    assert two.send() is None
    assert two.is_tidy()


def test_a_receiver_that_says_it_has_what_it_has_not_is_sent_the_whole(tmp_path: Path) -> None:
    def lie(_number: int, request: httpx.Request) -> httpx.Response | None:
        if not request.url.path.endswith("/held"):
            return None
        return httpx.Response(200, content=json.dumps({"held": "1"}).encode())

    two = Two(tmp_path, lie)
    (two.arrivals.folder / f"{two.identities[0]}.asice").unlink()
    assert two.send() is None
    assert not two.is_there()
    assert two.is_tidy()
    assert two.memory.begun(two.identities[1]) is None


def test_a_receiver_that_refuses_the_part_is_sent_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = Two(tmp_path)

    def refuses(*_all: object) -> Sent:
        raise ReceiverRefuses("nhan.vn", 413)

    monkeypatch.setattr(changed_only, "send", refuses)
    assert two.send() is None
    assert two.is_tidy()


def test_a_receiver_that_takes_the_part_and_gives_no_receipt_is_sent_the_whole(tmp_path: Path) -> None:
    two = Two(tmp_path, lambda _n, request: httpx.Response(404) if "receipts" in request.url.path else None)
    assert two.send() is None
    assert two.memory.begun(two.identities[1]) is None


def test_a_server_that_offers_no_such_thing_is_not_asked(tmp_path: Path) -> None:
    offer = {"Tus-Version": "1.0.0", "Tus-Extension": "creation"}
    two = Two(
        tmp_path,
        lambda _n, request: httpx.Response(204, headers=offer) if request.method == "OPTIONS" else None,
    )
    assert two.send() is None
    assert two.send(()) is None
    assert two.line.asked == ["OPTIONS /files/"]


def test_a_whole_file_on_its_way_goes_on_as_it_is(tmp_path: Path) -> None:
    two = Two(tmp_path, lambda number, _request: "before" if number > 5 else None)
    parcel = parcel_of(two.second, two.identities[1])
    with two.tus() as tus, pytest.raises(ReceiverUnreachable):
        send(parcel, tus, SERVER, two.memory, two.how)
    two.line.asked.clear()
    assert two.send() is None
    assert two.line.asked == []


def test_a_disk_without_room_for_the_part_means_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = Two(tmp_path)

    def full(*_all: object) -> Iterator[bytes]:
        raise OSError(28, "x")

    monkeypatch.setattr(changed_only, "part_blocks", full)
    assert two.send() is None
    assert two.is_tidy()


def test_a_line_that_stays_away_is_given_up(tmp_path: Path) -> None:
    broken: list[int] = []
    two = Two(tmp_path, lambda _number, _request: "before")
    two.how = Sending(wait=lambda _seconds: None, broke=lambda _fault, arrived: broken.append(arrived))
    with pytest.raises(ReceiverUnreachable):
        two.send()
    assert broken == [0] * len(PAUSES)


def test_a_stranger_who_does_not_have_the_list_learns_nothing(tmp_path: Path) -> None:
    two = Two(tmp_path)
    guess = (Earlier(two.identities[0], b"khong co muc luc"),)
    spans = {sha256 for _at, _size, sha256 in contents_of(two.first)[1]}
    with two.tus() as tus:
        bases = tuple(base_of(one.identity, one.contents, "0" * 64) for one in guess)
        assert tus.held(Question("0" * 64, bases, tuple(spans))) == frozenset()
        bases = tuple(base_of(one.identity, one.contents, "0" * 64) for one in two.earlier)
        assert tus.held(Question("0" * 64, bases, tuple(spans))) == spans


def test_the_bytes_to_be_sent_are_told_before(tmp_path: Path) -> None:
    two = Two(tmp_path)
    size = two.second.stat().st_size
    part = expected(two.second, size, two.earlier)
    assert part is not None
    assert len(NEW) < part < len(NEW) + 6000
    assert expected(two.second, size, ()) is None
    assert expected(tmp_path / "khong co", size, two.earlier) is None
    (tmp_path / "rac.asice").write_bytes(b"rac")
    assert expected(tmp_path / "rac.asice", 3, two.earlier) is None
    write(tmp_path / "khac.asice", {"x.bin": os.urandom(2000)})
    assert expected(tmp_path / "khac.asice", 3, two.earlier) is None


def test_the_dossier_itself_is_looked_in_before_others_and_the_latest_first(tmp_path: Path) -> None:
    def posted(dossier: str, revision: int, day: int) -> Posted:
        identity = f"{dossier}{revision}"
        memory.keep_contents(identity, b"x")
        return Posted(
            dossier, revision, identity, "", 1, f"2024-01-{day:02}", PostState.ACCEPTED, "", latest=True
        )

    memory = Memory(tmp_path)
    own = [posted("a", 1, 1), posted("a", 2, 2)]
    others = [posted(name, 1, day) for day, name in enumerate("bcd", 3)]
    new = Posted("a", 3, "a3", "", 1, "2024-02-01", PostState.WAITING, "", latest=True)
    unknown = Posted("e", 1, "e1", "", 1, "2024-02-01", PostState.ACCEPTED, "", latest=True)
    found = earlier_than(new, [*own, *others, unknown, new], memory)
    assert [one.identity for one in found] == ["a2", "a1", "d1", "c1"]
