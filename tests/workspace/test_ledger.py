from __future__ import annotations

import errno
from pathlib import Path

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import Unavailable
from ntm_desktop.workspace.ledger import NAME, Known, Ledger, Medium, Rehearsed, load, save
from tests.workspace.test_evidence import FailingDisk

STICK = Known("E:/NTM", "E:", Medium.STICK, "2024-12-31T09:10:00Z", 10, daily=False)
REHEARSED = Rehearsed("2025-01-03T02:20:00Z", "2025-01-02T00:00:00Z", "D:", 4812, 126, 99, 3, 41, agrees=True)


def test_what_is_known_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert load(tmp_path) == Ledger()
    for ledger in (Ledger((STICK,), REHEARSED), Ledger((STICK,))):
        save(tmp_path, ledger, Disk())
        assert load(tmp_path) == ledger


def test_the_newest_copy_of_a_place_comes_first_and_replaces_the_one_before(tmp_path: Path) -> None:
    later = Known("E:/NTM", "E:", Medium.STICK, "2025-01-31T09:10:00Z", 11, daily=False)
    other = Known("D:/NTM", "D:", Medium.OTHER_DISK, "2025-01-01T09:10:00Z", 11, daily=True)
    assert Ledger((STICK,)).with_copy(other).with_copy(later).places == (later, other)
    many = Ledger()
    for number in range(30):
        many = many.with_copy(Known(str(number), "", Medium.STICK, "", 0, daily=False))
    assert len(many.places) == 20


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format":2,"places":[],"rehearsed":null}',
        b'{"format":1,"places":{},"rehearsed":null}',
        b'{"format":1,"places":[1],"rehearsed":null}',
        b'{"format":1,"places":[{"place":"a"}],"rehearsed":null}',
        b'{"format":1,"places":[{"place":"a","label":"","medium":"x","at":"","size":1,"daily":true}],"rehearsed":null}',
        b'{"format":1,"places":[{"place":"a","label":"","medium":"stick","at":"","size":"1","daily":true}],"rehearsed":null}',
    ],
)
def test_a_broken_note_says_that_nothing_is_known(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / NAME).write_bytes(content)
    assert load(tmp_path) == Ledger()


def test_a_note_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        save(tmp_path, Ledger(), FailingDisk(2, errno.EACCES))
