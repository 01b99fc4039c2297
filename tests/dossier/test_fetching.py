from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.dossier import fetching
from ntm_desktop.dossier.fetching import LOCKED, Fetched, fetch
from ntm_desktop.errors import FileUnwritable
from ntm_desktop.trust.envelope_refusals import NotForThisKey

ZIP = b"PK\x03\x04"


@pytest.fixture
def files(tmp_path):
    made = [tmp_path / f"{name}.asice" for name in "abcd"]
    made[0].write_bytes(ZIP + b"a" * 3_000_000)
    made[1].write_bytes(b"thu")
    made[3].write_bytes(ZIP + b"d")
    return made


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "den").mkdir()
    return tmp_path / "den"


def everything(_path, _size):
    return True


def test_what_begins_as_a_container_is_copied_and_the_rest_says_why_not(files, folder):
    first, letter, gone, last = fetch(files, folder, everything)
    assert first.copy.read_bytes() == files[0].read_bytes()
    assert (letter.code, letter.copy) == ("not_a_container", None)
    assert (gone.code, gone.about) == ("file_unreadable", "ENOENT")
    assert last.copy.read_bytes() == ZIP + b"d"
    assert len(list(folder.iterdir())) == 2


def test_what_nobody_wants_is_not_read(files, folder):
    found = list(fetch(files[:2], folder, lambda path, size: size == 3))
    assert found[0] == Fetched(files[0], 3_000_004)
    assert found[1].code == "not_a_container"


def test_who_stops_early_leaves_only_what_was_handed_out(files, folder):
    coming = fetch([files[0], files[3], files[0]], folder, everything)
    first = next(coming)
    coming.close()
    assert list(folder.iterdir()) == [first.copy]
    first.drop()
    first.drop()  # gone already
    Fetched(files[1], 3).drop()  # never was
    assert not list(folder.iterdir())


def test_who_stops_before_the_next_was_begun_leaves_nothing_of_it(files, folder, monkeypatch):
    class OneOnly(ThreadPoolExecutor):
        def submit(self, *work):
            return Future() if self._threads else super().submit(*work)

    monkeypatch.setattr(fetching, "ThreadPoolExecutor", OneOnly)
    coming = fetch([files[0], files[3]], folder, everything)
    first = next(coming)
    coming.close()
    assert list(folder.iterdir()) == [first.copy]


@pytest.mark.parametrize("step", ["create", "write", "sync"])
def test_full_folder_stops_the_work(files, folder, monkeypatch, step):
    def refuse(*_args):
        raise PermissionError(13, "no")

    monkeypatch.setattr(Disk, step, refuse)
    with pytest.raises(FileUnwritable):
        list(fetch(files, folder, everything))


LOCKED_HEAD = bytes.fromhex("3082ffff060b2a864886f70d0109100117")


def test_what_is_locked_needs_a_key_and_is_opened_with_one(files, folder):
    files[1].write_bytes(LOCKED_HEAD + bytes(60))

    def opening(_path, target):
        target.write_bytes(ZIP + b"mo")

    def refusing(path, _target):
        raise NotForThisKey(str(path), "x")

    (locked,) = fetch([files[1]], folder, everything)
    assert (locked.code, locked.copy) == (LOCKED, None)
    (opened,) = fetch([files[1]], folder, everything, opening)
    assert (opened.copy.read_bytes(), opened.size, opened.code) == (ZIP + b"mo", 6, "")
    (refused,) = fetch([files[1]], folder, everything, refusing)
    assert (refused.code, refused.copy) == ("not_for_this_key", None)
