"""What is remembered of uploads: kept whole or not at all, and never believed when it cannot be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop.errors import FileUnwritable
from ntm_desktop.transfer.memory import Begun, Memory

ONE = Begun("https://nhan.vn/files/", "/files/1", "ab" * 32, 100, 40, "line_broke", "2026-01-01T00:00:00Z")


def test_an_upload_is_remembered_and_forgotten(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "sending")
    assert memory.begun("x") is None
    memory.keep("x", ONE)
    assert memory.begun("x") == ONE
    assert [one.name for one in (tmp_path / "sending").iterdir()] == ["x.json"]
    memory.forget("x")
    memory.forget("x")
    assert memory.begun("x") is None


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", "null", '{"upload": 3}', '{"upload": "a", "size": true, "arrived": 0}', "\0" * 90],
)
def test_what_cannot_be_read_counts_as_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content)
    assert Memory(tmp_path).begun("x") is None


def test_more_than_the_file_has_did_not_arrive(tmp_path: Path) -> None:
    Memory(tmp_path).keep("x", replace(ONE, arrived=101))
    assert Memory(tmp_path).begun("x") is None


def test_the_speed_is_remembered(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    assert memory.speed() == 0
    memory.keep_speed(16_000)
    assert memory.speed() == 16_000
    memory.keep_speed(-3)
    assert memory.speed() == 0


def test_what_the_receiver_has_is_remembered_by_its_contents(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "sending")
    assert memory.contents("x") == b""
    memory.keep_contents("x", b"<a/>")
    assert memory.contents("x") == b"<a/>"
    assert memory.place("y") == tmp_path / "sending" / "y"


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("")
    with pytest.raises(FileUnwritable):
        Memory(tmp_path / "f").keep("x", ONE)
    (tmp_path / "x.json").mkdir()
    with pytest.raises(FileUnwritable):
        Memory(tmp_path).forget("x")
