from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from typing_extensions import override

from ntm_desktop.disk import Disk
from ntm_desktop.dossier import tail as tail_module
from ntm_desktop.dossier.manifest import MANIFEST_NAME, SIGNATURE_NAME
from ntm_desktop.dossier.reader import read_container
from ntm_desktop.dossier.tail import (
    ChangeUnfinished,
    EndNotPlain,
    KeptEndForeign,
    kept_beside,
    mend,
    read_tail,
    require_finished,
    rewrite,
)
from ntm_desktop.dossier.ziplayout import NotAContainer
from ntm_desktop.errors import DiskFull, FileUnreadable, FileUnwritable
from tests.support.containers import rezip, write

NEW = b"chu ky dai hon " * 300


@pytest.fixture
def container(tmp_path: Path) -> Path:
    path = tmp_path / "hồ sơ.asice"
    write(path)
    return path


def signature_in(path: Path) -> bytes:
    found = read_container(path)
    assert found.sound
    return dict(found.signatures)[SIGNATURE_NAME]


def replace(path: Path, disk: Disk | None = None, content: bytes = NEW) -> None:
    rewrite(read_tail(path), {SIGNATURE_NAME: content}, disk)


class Pulled(BaseException):
    """The stick is gone, or the process was killed: nothing runs any more."""


class Failing(Disk):
    """A disk that fails at the n-th call; half of what that call writes arrives."""

    def __init__(self, at: int, fault: Callable[[], BaseException], *, once: bool = False) -> None:
        self.left = at
        self._fault = fault
        self._once = once

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0 or (self.left < 0 and not self._once):
            raise self._fault()

    @override
    def create(self, path: Path) -> BinaryIO:
        self._count()
        return super().create(path)

    @override
    def reopen(self, path: Path) -> BinaryIO:
        self._count()
        return super().reopen(path)

    @override
    def write(self, file: BinaryIO, block: bytes | memoryview) -> None:
        try:
            self._count()
        except BaseException:
            super().write(file, block[: len(block) // 2])
            raise
        super().write(file, block)

    @override
    def sync(self, file: BinaryIO) -> None:
        self._count()
        super().sync(file)

    @override
    def rename(self, source: Path, target: Path) -> None:
        self._count()
        super().rename(source, target)

    @override
    def remove(self, path: Path) -> None:
        self._count()
        super().remove(path)

    @override
    def sync_folder(self, folder: Path) -> None:
        self._count()
        super().sync_folder(folder)


CALLS = 11
"""Calls to the disk of one change."""


def test_the_signature_is_replaced_and_nothing_else_moves(container: Path) -> None:
    before, tail = read_container(container), read_tail(container)
    start = container.read_bytes()[: tail.offset]
    counted = Failing(100, Pulled)
    replace(container, counted)
    assert 100 - counted.left == CALLS
    after = read_container(container)
    assert (signature_in(container), after.identity) == (NEW, before.identity)
    assert container.read_bytes()[: tail.offset] == start
    assert [path.name for path in container.parent.iterdir()] == [container.name]
    replace(container, content=b"kurz")
    assert signature_in(container) == b"kurz"


@pytest.mark.parametrize("step", range(1, CALLS + 1))
def test_a_stick_pulled_at_any_moment_loses_nothing(container: Path, step: int) -> None:
    old = signature_in(container)
    with pytest.raises(Pulled):
        replace(container, Failing(step, Pulled))
    kept = kept_beside(container)
    assert mend(container) == kept.exists() or not kept.exists()
    assert signature_in(container) in (old, NEW)
    assert not kept.exists()
    replace(container)
    assert signature_in(container) == NEW
    assert [path.name for path in container.parent.iterdir()] == [container.name]


@pytest.mark.parametrize("step", range(1, CALLS - 1))
def test_a_full_disk_leaves_the_file_as_it_was(container: Path, step: int) -> None:
    before = container.read_bytes()
    with pytest.raises(DiskFull):
        replace(container, Failing(step, lambda: OSError(errno.ENOSPC, "full"), once=True))
    assert container.read_bytes() == before
    assert not kept_beside(container).exists()


def test_a_disk_that_fails_for_good_leaves_the_former_end_beside(container: Path) -> None:
    old = signature_in(container)
    gone = Failing(8, lambda: OSError(errno.EIO, "gone"))
    with pytest.raises(ChangeUnfinished):
        replace(container, gone)
    with pytest.raises(ChangeUnfinished):
        require_finished(container)
    with pytest.raises(ChangeUnfinished):
        mend(container, Failing(1, lambda: OSError(errno.EIO, "gone")))
    assert mend(container)
    assert signature_in(container) == old
    require_finished(container)
    assert not mend(container)


def test_a_folder_where_nothing_can_be_kept_beside_changes_nothing(container: Path) -> None:
    before = container.read_bytes()
    with pytest.raises(FileUnwritable):
        replace(container, Failing(2, lambda: OSError(errno.EROFS, "read only")))
    assert container.read_bytes() == before


def broken_off(container: Path) -> Path:
    with pytest.raises(Pulled):
        replace(container, Failing(8, Pulled))
    return kept_beside(container)


def test_a_new_end_that_is_whole_is_kept(container: Path) -> None:
    kept = broken_off(container)
    saved = kept.read_bytes()
    mend(container)
    replace(container)
    kept.write_bytes(saved)
    require_finished(container)
    assert mend(container)
    assert (signature_in(container), kept.exists()) == (NEW, False)


@pytest.mark.parametrize("damage", ["other", "short", "garbage", "format"])
def test_an_end_that_was_kept_for_another_file_is_never_put_in(container: Path, damage: str) -> None:
    kept = broken_off(container)
    content = kept.read_bytes()
    if damage == "other":
        container.write_bytes(b"PK" + bytes(5000))
    broken = container.read_bytes()
    kept.write_bytes(
        {
            "other": content,
            "short": content[:-1],
            "garbage": b"\xff\n",
            "format": content.replace(b'"format": 1', b'"format": 2'),
        }[damage]
    )
    with pytest.raises(KeptEndForeign):
        mend(container)
    assert (container.read_bytes(), kept.exists()) == (broken, True)


def test_a_kept_end_that_cannot_be_read_is_told(container: Path) -> None:
    kept = broken_off(container)
    kept.unlink()
    kept.mkdir()
    with pytest.raises(FileUnreadable):
        mend(container)


def test_a_file_changed_meanwhile_is_left_alone(container: Path) -> None:
    tail = read_tail(container)
    replace(container)
    with pytest.raises(EndNotPlain) as caught:
        rewrite(tail, {SIGNATURE_NAME: b"x"})
    assert (caught.value.reason, signature_in(container)) == ("changed", NEW)
    container.unlink()
    with pytest.raises(FileUnreadable):
        rewrite(tail, {SIGNATURE_NAME: b"x"})


def test_signatures_that_no_reader_would_take_are_not_written(
    container: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace as changed

    monkeypatch.setattr(tail_module, "LIMITS", changed(tail_module.LIMITS, signature=100))
    with pytest.raises(EndNotPlain) as caught:
        replace(container)
    assert caught.value.reason == "too_large"


def test_only_containers_that_end_with_their_signature_are_changed(container: Path, tmp_path: Path) -> None:
    unsigned, behind, foreign = (tmp_path / f"{name}.asice" for name in ("a", "b", "c"))
    write(unsigned, sign=None)
    rezip(container, behind, replace={}, add=(("them.txt", b"x"),))
    rezip(container, foreign, replace={MANIFEST_NAME: None})
    for path, reason in ((unsigned, "unsigned"), (behind, "order"), (foreign, "order")):
        with pytest.raises(EndNotPlain) as caught:
            read_tail(path)
        assert caught.value.reason == reason
    with pytest.raises(NotAContainer):
        read_tail(_written(tmp_path / "d.asice", b"rac"))
    with pytest.raises(FileUnreadable):
        read_tail(tmp_path / "khong co.asice")


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_what_differs_from_its_checksum_or_is_packed_is_not_built_on(container: Path, tmp_path: Path) -> None:
    import zipfile

    content = bytearray(container.read_bytes())
    content[read_tail(container).offset + 60] ^= 1
    with pytest.raises(EndNotPlain) as caught:
        read_tail(_written(tmp_path / "a.asice", bytes(content)))
    assert caught.value.reason == "checksum"
    packed = tmp_path / "b.asice"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (MANIFEST_NAME, SIGNATURE_NAME):
            archive.writestr(name, b"x" * 500)
    with pytest.raises(EndNotPlain) as caught:
        read_tail(packed)
    assert caught.value.reason == "packed"
    doubled = bytearray(container.read_bytes())
    doubled += b"them"
    with pytest.raises(EndNotPlain) as caught:
        read_tail(_written(tmp_path / "c.asice", bytes(doubled)))
    assert caught.value.reason == "trailing_data"


def test_a_container_can_be_copied_while_nothing_is_kept_beside(container: Path, tmp_path: Path) -> None:
    shutil.copy(container, tmp_path / "x.asice")
    require_finished(tmp_path / "x.asice")
    assert not mend(tmp_path / "x.asice")
