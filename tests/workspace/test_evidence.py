"""The evidence store: whole or not at all, whatever fails and whenever."""

from __future__ import annotations

import errno
import hashlib
import os
import tracemalloc
import unicodedata
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import Cancelled, DiskFull, FileUnreadable, FileUnwritable, Unavailable
from ntm_desktop.workspace.errors import EmptyEvidence, EvidenceDamaged, EvidenceMissing, FileChanged
from ntm_desktop.workspace.evidence import BLOCK, EvidenceStore
from tests.support.workspaces import files_in

CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 8192
"""Two mebibytes: three blocks."""


def make_store(tmp_path: Path, disk: Disk | None = None) -> EvidenceStore:
    (tmp_path / "evidence").mkdir(exist_ok=True)
    return EvidenceStore(tmp_path / "evidence", tmp_path / "quarantine", disk or Disk())


def make_source(tmp_path: Path, content: bytes = CONTENT, name: str = "báo cáo.pdf") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_file_is_kept_under_its_hash(tmp_path: Path) -> None:
    store, source = make_store(tmp_path), make_source(tmp_path)
    os.utime(
        source, (1_700_000_000, 1_700_000_000)
    )  # 14 November 2023, 22:13 UTC: already the 15th in Viet Nam
    seen: list[tuple[int, int]] = []
    stored = store.add(source, progress=lambda done, total: seen.append((done, total)))
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    assert (stored.sha256, stored.size, stored.name) == (sha256, len(CONTENT), "báo cáo.pdf")
    assert (stored.media_type, stored.dated, stored.existed) == ("application/pdf", date(2023, 11, 15), False)
    assert (tmp_path / "evidence" / sha256[:2] / sha256).read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert len(seen) == 3
    with store.open(sha256) as file:
        assert file.read() == CONTENT
    store.check(sha256)
    assert source.read_bytes() == CONTENT


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.add(make_source(tmp_path))
    before = files_in(store.folder)
    again = store.add(make_source(tmp_path, name="bản sao.pdf"))
    assert again.existed
    assert again.name == "bản sao.pdf"
    assert files_in(store.folder) == before


def test_damaged_content_is_healed_when_it_comes_again(tmp_path: Path) -> None:
    store, source = make_store(tmp_path), make_source(tmp_path)
    stored = store.add(source)
    store.path(stored.sha256).write_bytes(b"X" + CONTENT[1:])
    with pytest.raises(EvidenceDamaged):
        store.check(stored.sha256)
    assert not store.add(source).existed
    store.check(stored.sha256)
    assert len(list((tmp_path / "quarantine").iterdir())) == 1


def test_missing_content_is_said_so(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    stored = store.add(make_source(tmp_path))
    assert store.has(stored.sha256, stored.size)
    assert not store.has(stored.sha256, stored.size + 1)
    store.path(stored.sha256).unlink()
    assert not store.has(stored.sha256, stored.size)
    with pytest.raises(EvidenceMissing):
        store.open(stored.sha256)
    with pytest.raises(EvidenceMissing):
        store.check(stored.sha256)


def test_a_name_of_200_accented_letters_in_any_form_is_kept_in_nfc(tmp_path: Path) -> None:
    # 200 letters are more than 255 bytes, which no Linux file system takes; the name is cut to what it does take.
    name = unicodedata.normalize("NFD", ("Báo cáo kết quả " * 13)[:80] + ".pdf")
    stored = make_store(tmp_path).add(make_source(tmp_path, name=name))
    assert stored.name == unicodedata.normalize("NFC", name)
    assert len(stored.sha256) == 64


class LongName(type(Path())):
    """A path whose last part is longer than this system takes, as Windows gives them: 200 accented letters."""

    @property
    def name(self) -> str:
        return unicodedata.normalize("NFD", "ế" * 196 + ".pdf")


def test_a_name_longer_than_this_system_takes_does_not_matter_to_the_store(tmp_path: Path) -> None:
    stored = make_store(tmp_path).add(LongName(make_source(tmp_path)))
    assert stored.name == "ế" * 196 + ".pdf"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    with pytest.raises(EmptyEvidence) as refusal:
        store.add(make_source(tmp_path, b""))
    assert refusal.value.path.endswith("báo cáo.pdf")
    assert files_in(store.folder) == {}


@pytest.mark.parametrize("name", ["gone.pdf", "evidence", "nul\0l.pdf", "d" * 300])
def test_what_is_no_readable_file_is_said_so(tmp_path: Path, name: str) -> None:
    store = make_store(tmp_path)
    with pytest.raises(FileUnreadable):
        store.add(tmp_path / name)
    assert files_in(store.folder) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileUnreadable):
        make_store(tmp_path).add(tmp_path / "pipe")


def _locked(*_: object, **__: object) -> BinaryIO:
    raise PermissionError(errno.EACCES, "locked by another program")


def test_a_locked_file_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, source = make_store(tmp_path), make_source(tmp_path)
    monkeypatch.setattr(Path, "open", _locked)
    with pytest.raises(FileUnreadable) as refusal:
        store.add(source)
    assert refusal.value.reason == "EACCES"


@pytest.mark.parametrize("meddle", ["append", "shorten", "replace", "remove"])
def test_a_file_that_changes_while_it_is_read_is_not_kept(tmp_path: Path, meddle: str) -> None:
    store, source = make_store(tmp_path), make_source(tmp_path)

    def change(done: int, total: int) -> None:
        if done != BLOCK:
            return
        match meddle:
            case "append":
                with source.open("ab") as file:
                    file.write(b"more")
            case "shorten":
                os.truncate(source, BLOCK)
            case "replace":
                make_source(tmp_path, b"other", "other.pdf").replace(source)
            case "remove":
                source.unlink()

    with pytest.raises((FileChanged, FileUnreadable)):
        store.add(source, progress=change)
    assert files_in(store.folder) == {}


def test_stopping_leaves_nothing(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    asked = iter([False, True])
    with pytest.raises(Cancelled):
        store.add(make_source(tmp_path), cancelled=lambda: next(asked))
    assert files_in(store.folder) == {}


def test_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    source = tmp_path / "large.bin"
    with source.open("wb") as file:
        file.truncate(48 * BLOCK)
    store = make_store(tmp_path)
    tracemalloc.start()
    try:
        stored = store.add(source)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert stored.size == 48 * BLOCK
    assert peak < 4 * BLOCK


class FailingDisk(Disk):
    """A disk whose n-th call fails; a failing write has written half of its block."""

    def __init__(self, at: int, code: int) -> None:
        self.left, self.code = at, code
        self.failed = ""

    def _count(self, call: str) -> None:
        self.left -= 1
        if self.left == 0:
            self.failed = call
            raise OSError(self.code, os.strerror(self.code))

    def create(self, path: Path) -> BinaryIO:
        self._count("create")
        return super().create(path)

    def write(self, file: BinaryIO, block: memoryview) -> None:
        if self.left == 1:
            super().write(file, block[: len(block) // 2])
        self._count("write")
        super().write(file, block)

    def sync(self, file: BinaryIO) -> None:
        self._count("sync")
        super().sync(file)

    def make_folder(self, folder: Path) -> bool:
        self._count("make_folder")
        return super().make_folder(folder)

    def rename(self, source: Path, target: Path) -> None:
        self._count("rename")
        super().rename(source, target)

    def sync_folder(self, folder: Path) -> None:
        self._count("sync_folder")
        super().sync_folder(folder)

    def remove(self, path: Path) -> None:
        self._count("remove")
        super().remove(path)


@pytest.mark.parametrize(("code", "family"), [(errno.ENOSPC, DiskFull), (errno.EIO, FileUnwritable)])
def test_a_fault_at_any_call_leaves_no_half_file_under_a_final_name(
    tmp_path: Path, code: int, family: type[Unavailable]
) -> None:
    source = make_source(tmp_path)
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    failed, kinds = [], set()
    for at in range(1, 30):
        (tmp_path / str(at)).mkdir()
        disk = FailingDisk(at, code)
        store = make_store(tmp_path / str(at), disk)
        try:
            store.add(source)
        except Unavailable as fault:
            kinds.add(type(fault))
        if not disk.failed:
            break
        failed.append(disk.failed)
        whole = [name for name in store.names() if (store.path(name)).read_bytes() == CONTENT]
        assert list(store.names()) == whole
        assert make_store(tmp_path / str(at)).add(source).sha256 == sha256
        make_store(tmp_path / str(at)).check(sha256)
    assert kinds == {family}
    assert failed == [
        *("make_folder", "create", "write", "write", "write", "sync", "make_folder", "sync_folder"),
        *("rename", "sync_folder", "remove"),
    ]


def test_what_a_crash_left_unfinished_is_cleared(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    (store.folder / "incoming").mkdir()
    (store.folder / "incoming" / "x.part").write_bytes(b"half")
    assert store.leftovers() == ("x.part",)
    store.clear_incoming()
    assert store.leftovers() == ()
