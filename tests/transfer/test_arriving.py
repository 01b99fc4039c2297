"""The folder of a receiving office: killed at any moment it goes on, and nothing is named before it was read."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop.errors import FileUnwritable
from ntm_desktop.transfer import arriving
from ntm_desktop.transfer.arriving import INCOMING, Announced, Arrivals, Bounds, NoRoom, Strange
from ntm_desktop.transfer.changed import Base, Plan, base_of, part_blocks

CONTENT = b"ho so da ky"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
IDENTITY = "ab" * 32
ANNOUNCED = Announced(len(CONTENT), SHA256, IDENTITY)


def naming(path: Path) -> str:
    if not path.read_bytes().startswith(b"ho so"):
        raise ValueError
    return IDENTITY


@pytest.fixture
def arrivals(tmp_path: Path) -> Arrivals:
    made = Arrivals(tmp_path / "nhan", naming)
    assert made.prepare() == ()
    return made


def test_what_was_whole_when_it_was_killed_is_named_at_the_next_start(arrivals: Arrivals) -> None:
    whole, half = arrivals.begin(ANNOUNCED), arrivals.begin(ANNOUNCED)
    arrivals.append(whole, CONTENT)
    arrivals.append(half, CONTENT[:4])
    again = Arrivals(arrivals.folder, naming)
    assert again.prepare() == (IDENTITY,)
    assert (arrivals.folder / f"{IDENTITY}.asice").read_bytes() == CONTENT
    assert (again.announced(whole), again.announced(half), again.offset(half)) == (None, ANNOUNCED, 4)


def test_what_is_not_what_was_announced_is_not_kept(arrivals: Arrivals) -> None:
    for content, announced in (
        (b"x" * len(CONTENT), ANNOUNCED),
        (b"rac", Announced(3, hashlib.sha256(b"rac").hexdigest(), IDENTITY)),
        (CONTENT, Announced(len(CONTENT), SHA256, "cd" * 32)),
    ):
        upload = arrivals.begin(announced)
        arrivals.append(upload, content)
        with pytest.raises(Strange):
            arrivals.finish(upload)
        upload = arrivals.begin(announced)
        arrivals.append(upload, content)
        assert Arrivals(arrivals.folder, naming).prepare() == ()
    with pytest.raises(Strange):
        arrivals.finish("00" * 16)
    assert [one.name for one in arrivals.folder.rglob("*")] == [INCOMING]


def test_the_receipt_is_read_from_the_file(arrivals: Arrivals) -> None:
    assert arrivals.receipt(IDENTITY, SHA256) is None
    for _twice in range(2):
        upload = arrivals.begin(ANNOUNCED)
        arrivals.append(upload, CONTENT)
        arrivals.finish(upload)
    found = arrivals.receipt(IDENTITY, SHA256)
    assert found is not None
    assert (found["identity"], found["sha256"], found["size"]) == (IDENTITY, SHA256, len(CONTENT))
    (arrivals.folder / f"{IDENTITY}.asice").write_bytes(b"khac")
    assert arrivals.receipt(IDENTITY, SHA256) is None
    assert arrivals.receipt("../../etc", SHA256) is None
    assert arrivals.receipt(IDENTITY, "..") is None


def test_another_file_of_the_same_identity_stands_beside(arrivals: Arrivals) -> None:
    longer = CONTENT + b" co dau thoi gian"
    digest = hashlib.sha256(longer).hexdigest()
    for content, announced in ((CONTENT, ANNOUNCED), (longer, Announced(len(longer), digest, IDENTITY))):
        upload = arrivals.begin(announced)
        arrivals.append(upload, content)
        arrivals.finish(upload)
    names = sorted(one.name for one in arrivals.folder.glob("*.asice"))
    assert names == [f"{IDENTITY}-{digest[:12]}.asice", f"{IDENTITY}.asice"]
    assert arrivals.receipt(IDENTITY, digest) is not None


def test_no_more_is_begun_than_there_is_room_for(arrivals: Arrivals) -> None:
    arrivals.bounds = Bounds(most=1)
    upload = arrivals.begin(ANNOUNCED)
    with pytest.raises(NoRoom):
        arrivals.begin(ANNOUNCED)
    arrivals.bounds = Bounds()
    with pytest.raises(NoRoom):
        arrivals.begin(Announced(1 << 60, SHA256, IDENTITY))
    arrivals.append(upload, b"123456")
    arrivals.cut(upload, 4)
    arrivals.settle(upload)
    assert arrivals.offset(upload) == 4


def test_what_broke_off_long_ago_is_dropped_and_nothing_else(arrivals: Arrivals) -> None:
    old, alive, lonely = (arrivals.begin(ANNOUNCED) for _each in range(3))
    stranger = arrivals.folder / INCOMING / "ghi chu.txt"
    stranger.write_text("x")
    before = time.time() - 15 * 86400
    for path in (arrivals.folder / INCOMING).iterdir():
        if path.name != alive:
            os.utime(path, (before, before))
    (arrivals.folder / INCOMING / lonely).unlink()
    arrivals.prepare()
    assert {one.name for one in (arrivals.folder / INCOMING).iterdir()} == {
        alive,
        f"{alive}.json",
        stranger.name,
    }
    assert arrivals.announced(old) is None


@pytest.mark.parametrize("upload", ["..", "A" * 32, "0" * 32, ""])
def test_what_is_no_upload_is_not_there(arrivals: Arrivals, upload: str) -> None:
    (arrivals.folder / INCOMING / f"{'0' * 32}.json").write_text('{"size": 1}')
    assert arrivals.announced(upload) is None


def test_a_folder_that_cannot_be_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "f").write_text("")
    with pytest.raises(FileUnwritable):
        Arrivals(tmp_path / "f", naming).prepare()
    assert arriving.SUFFIX == ".asice"


# ---------------------------------------------------------------- a part, put together with what is here

BODY = b"minh chung " * 200
EARLIER, CONTENTS = "12" * 32, b"muc luc cua ho so truoc"
WHOLE = CONTENT + BODY + b"het"
PLAN = Plan(
    len(WHOLE),
    (base_of(EARLIER, CONTENTS, IDENTITY),),
    ((len(CONTENT), len(BODY), hashlib.sha256(BODY).hexdigest()),),
)


def contents(path: Path) -> tuple[bytes, tuple[tuple[int, int, str], ...]]:
    if not path.read_bytes().startswith(b"truoc"):
        raise ValueError
    return CONTENTS, ((5, len(BODY), hashlib.sha256(BODY).hexdigest()),)


@pytest.fixture
def office(arrivals: Arrivals) -> Arrivals:
    arrivals.contents = contents
    (arrivals.folder / f"{EARLIER}.asice").write_bytes(b"truoc" + BODY)
    return arrivals


def arrive(office: Arrivals, plan: Plan = PLAN, whole: bytes = WHOLE, rest: bytes = b"") -> str:
    part = b"".join(part_blocks(io.BytesIO(WHOLE), plan)) + rest
    announced = Announced(
        len(part), hashlib.sha256(part).hexdigest(), IDENTITY, hashlib.sha256(whole).hexdigest()
    )
    upload = office.begin(announced)
    office.append(upload, part)
    return upload


def test_a_part_becomes_the_whole_byte_for_byte(office: Arrivals) -> None:
    (office.folder / INCOMING / "stale").write_text("x")
    upload = arrive(office)
    (office.folder / INCOMING / f"{upload}.whole").write_bytes(b"nua chung khi bi tat")
    assert office.finish(upload) == IDENTITY
    assert (office.folder / f"{IDENTITY}.asice").read_bytes() == WHOLE
    assert office.receipt(IDENTITY, hashlib.sha256(WHOLE).hexdigest()) is not None
    assert [one.name for one in (office.folder / INCOMING).iterdir()] == ["stale"]


@pytest.mark.parametrize(
    "plan",
    [
        replace(PLAN, size=1 << 50),
        replace(PLAN, bases=()),
        replace(PLAN, bases=(Base(EARLIER, "0" * 64),)),
        replace(PLAN, bases=(Base("34" * 32, PLAN.bases[0].proof),)),
        replace(PLAN, left_out=((len(CONTENT), len(BODY), "0" * 64),)),
        replace(PLAN, left_out=((0, len(BODY), PLAN.left_out[0][2]),)),
    ],
)
def test_a_part_that_leads_elsewhere_is_not_kept(office: Arrivals, plan: Plan) -> None:
    part = io.BytesIO()
    with contextlib.suppress(EOFError):
        for block in part_blocks(io.BytesIO(WHOLE), plan):
            part.write(block)
    announced = Announced(
        part.tell(),
        hashlib.sha256(part.getvalue()).hexdigest(),
        IDENTITY,
        hashlib.sha256(WHOLE).hexdigest(),
    )
    upload = office.begin(announced)
    office.append(upload, part.getvalue())
    with pytest.raises(Strange):
        office.finish(upload)
    assert not list((office.folder / INCOMING).iterdir())


def test_a_part_that_was_changed_or_makes_another_file_is_not_kept(office: Arrivals) -> None:
    changed = arrive(office)
    path = office.folder / INCOMING / changed
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    for upload in (changed, arrive(office, whole=b"khac")):
        with pytest.raises(Strange):
            office.finish(upload)
    assert office.receipt(IDENTITY, hashlib.sha256(WHOLE).hexdigest()) is None


def test_a_part_waits_while_there_is_no_room_for_the_whole(
    office: Arrivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = arrive(office)
    monkeypatch.setattr(arriving, "_SPARE", 1 << 60)
    with pytest.raises(NoRoom):
        office.finish(upload)
    assert office.prepare() == ()
    monkeypatch.undo()
    assert office.prepare() == (IDENTITY,)


def test_an_office_that_takes_whole_files_only_holds_nothing(office: Arrivals) -> None:
    office.contents = None
    assert office.held(PLAN.bases, IDENTITY) == {}
