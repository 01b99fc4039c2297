"""A child that dies, hangs or answers nonsense is a refused file, not a broken program."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from ntm_desktop.sheets import child
from ntm_desktop.sheets.child import read_in_child
from ntm_desktop.sheets.refusals import NotAWorkbook, TooLarge
from tests.support.books import save


def die(pipe: Connection) -> None:
    pipe.recv_bytes()
    os._exit(134)


def hang(pipe: Connection) -> None:
    pipe.recv_bytes()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        os.getpid()


def test_reader_that_is_killed_by_the_file_is_a_refusal() -> None:
    with pytest.raises(NotAWorkbook) as refused:
        read_in_child("a.xls", b"x", die)
    assert refused.value.reason == "broken"


def test_reader_that_never_answers_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "CHILD_SECONDS", 0.3)
    with pytest.raises(TooLarge) as refused:
        read_in_child("a.xls", b"x", hang)
    assert refused.value.limit == "time"


def test_child_reads_what_it_is_given(tmp_path: Path) -> None:
    book = read_in_child("a.xlsx", save(tmp_path / "a.xlsx", {"C3": "ở đây"}, sheet="Trang").read_bytes())
    assert [(sheet.name, sheet.cell(3, 3).text) for sheet in book.sheets] == [("Trang", "ở đây")]
