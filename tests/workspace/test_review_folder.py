from __future__ import annotations

import dataclasses
import sqlite3

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import FileUnreadable, FileUnwritable
from ntm_desktop.workspace import review_folder
from ntm_desktop.workspace.errors import (
    FolderNotEmpty,
    WorkspaceDamaged,
    WorkspaceExists,
    WorkspaceInUse,
    WorkspaceNewer,
)
from ntm_desktop.workspace.review_folder import Incoming, NotAReview, Refusal, ReviewFolder, Standing
from tests.support.reviewers import OFFICE, PROVINCE, REVIEWER, reviewing_clock

FIRST = Incoming(
    identity="1" * 64,
    dossier="d1",
    revision=1,
    previous="",
    commune="30604",
    commune_name="Vĩnh An",
    set_id="bo",
    set_version="1.0.0",
    set_title="Xã NTM",
    year=2024,
    taken_at="2025-01-02T00:00:00.000Z",
    received_at="",
    source="a.asice",
    size=3,
    verification="VALID",
    publisher="Trung ương",
    met=1,
    total=2,
    reasons=(),
    signers=("Nguyễn Thị Hồng Ánh",),
)
VERDICTS = (("set", "", "NOT_MET"), ("indicator", "8.1", "MET"))


def opened(folder):
    return ReviewFolder.open(folder, who=REVIEWER, clock=reviewing_clock)


def made(folder):
    return ReviewFolder.create(folder, province=PROVINCE, office=OFFICE, who=REVIEWER, clock=reviewing_clock)


@pytest.fixture
def review(tmp_path):
    one = made(tmp_path / "tham-tra")
    yield one
    one.close()


def take_in(review, one, results=VERDICTS):
    copy = review.folder / "arriving" / "copy"
    copy.write_bytes(b"abc")
    return review.take_in(one, results, copy)


def test_what_was_recorded_is_there_when_it_is_opened_again(review):
    kept = take_in(review, FIRST)
    review.move(FIRST.identity, Standing.OPEN)
    review.set_deadline("bo", 2024, "2025-03-15")
    review.close()
    again = opened(review.folder)
    try:
        assert (again.province, again.office) == (PROVINCE, OFFICE)
        assert again.incoming() == (dataclasses.replace(kept, state=Standing.OPEN),)
        assert again.deadlines() == {("bo", 2024): "2025-03-15"}
        assert again.path_of(FIRST.identity).read_bytes() == b"abc"
        assert again.find("2" * 64) is None
    finally:
        again.close()


def test_verdicts_of_the_latest_revision_count_whatever_comes_first(review):
    second = dataclasses.replace(FIRST, identity="2" * 64, revision=2, previous=FIRST.identity)
    take_in(review, second, (("indicator", "8.1", "NOT_MET"),))
    take_in(review, FIRST)
    assert review.results("bo", 2024, "indicator") == {"8.1": {"30604": "NOT_MET"}}
    third = dataclasses.replace(FIRST, identity="3" * 64, revision=3)
    take_in(review, third)
    assert review.results("bo", 2024, "indicator") == {"8.1": {"30604": "MET"}}
    assert review.results("bo", 2024, "set") == {"": {"30604": "NOT_MET"}}
    assert [one.revision for one in review.incoming()] == [3, 2, 1]


def test_later_look_at_a_file_changes_what_was_judged_and_nothing_else(review):
    take_in(review, dataclasses.replace(FIRST, verification="UNKNOWN", reasons=("unsigned:",), signers=()))
    review.judge_again(dataclasses.replace(FIRST, met=99))
    found = review.find(FIRST.identity)
    assert (found.verification, found.reasons, found.signers, found.met) == ("VALID", (), FIRST.signers, 1)


def test_same_refusal_is_listed_once_and_the_last_first(review):
    for source in ("a.txt", "b.txt", "a.txt"):
        review.refuse(Refusal(source, 1, "not_a_container", "", ""))
    assert [one.source for one in review.refusals()] == ["a.txt", "b.txt"]


def test_what_was_left_in_arriving_goes_at_the_next_start(review):
    left = review.folder / "arriving" / "left"
    left.write_bytes(b"x")
    review.close()
    opened(review.folder).close()
    assert not left.exists()


def test_only_one_program_at_a_time(review):
    with pytest.raises(WorkspaceInUse):
        opened(review.folder)


def test_new_one_takes_only_a_folder_that_is_empty(review, tmp_path):
    with pytest.raises(WorkspaceExists):
        made(review.folder)
    (tmp_path / "voll").mkdir()
    (tmp_path / "voll" / "thư.txt").write_text("x")
    with pytest.raises(FolderNotEmpty):
        made(tmp_path / "voll")
    with pytest.raises(FileUnwritable):
        made(tmp_path / "voll" / "thư.txt" / "x")


def test_file_that_is_not_a_reviewers_is_refused(tmp_path, review, monkeypatch):
    with pytest.raises(NotAReview):
        opened(tmp_path)
    review.close()
    file = review.folder / "review.ntm"
    content = bytearray(file.read_bytes())
    content[60:64] = (1001).to_bytes(4, "big")
    file.write_bytes(content)
    with pytest.raises(WorkspaceNewer):
        opened(review.folder)
    file.write_bytes(b"SQLite")
    with pytest.raises(WorkspaceDamaged):
        opened(review.folder)
    monkeypatch.setattr(type(file), "open", _refuse)
    with pytest.raises(FileUnreadable):
        opened(review.folder)


def _refuse(*_args, **_more):
    raise PermissionError(13, "no")


def test_folder_that_cannot_be_made_and_a_broken_file_let_go_of_the_lock(review, monkeypatch):
    review.close()
    with monkeypatch.context() as patched:
        patched.setattr(review_folder, "_clear", _refuse)
        with pytest.raises(FileUnwritable):
            opened(review.folder)
    with monkeypatch.context() as patched:
        patched.setattr(review_folder, "open_for_writing", _break)
        with pytest.raises(WorkspaceDamaged):
            opened(review.folder)
    opened(review.folder).close()


def _break(_file):
    raise WorkspaceDamaged("x", "y")


def test_file_that_cannot_be_put_in_its_place_is_not_recorded(review, monkeypatch):
    monkeypatch.setattr(Disk, "rename", _refuse)
    with pytest.raises(FileUnwritable):
        take_in(review, FIRST)
    assert review.incoming() == ()


def test_folder_is_read_beside_over_a_connection_of_its_own(review):
    take_in(review, FIRST)
    with review_folder.beside(review) as again:
        assert again.connection is not review.connection
        assert again.incoming() == review.incoming()
    with pytest.raises(sqlite3.ProgrammingError):
        again.connection.execute("SELECT 1")
    assert review.incoming()
