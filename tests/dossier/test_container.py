from __future__ import annotations

import errno
import hashlib
import io
import sys
import zipfile
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.dossier import container as container_module
from ntm_desktop.dossier.container import BLOCK, ContentChanged, Entry, bytes_entry, write_container
from ntm_desktop.dossier.pace import Pace
from ntm_desktop.dossier.reader import read_container
from ntm_desktop.errors import Cancelled, DiskFull, FileUnreadable, FileUnwritable, Unavailable
from tests.support.containers import (
    CONTAINER_TYPE,
    FILES,
    MANIFEST_NAME,
    SIGNATURE_NAME,
    entries,
    fake_sign,
    write,
)
from tests.support.openssl import cms_verify, needs_openssl
from tests.support.signers import NOW, authority, key_file


def test_another_zip_program_finds_every_file_in_order_stored_and_whole(tmp_path: Path) -> None:
    write(tmp_path / "a.asice")
    with zipfile.ZipFile(tmp_path / "a.asice") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["mimetype", *FILES, MANIFEST_NAME, SIGNATURE_NAME]
        assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {name: archive.read(name) for name in FILES} == FILES


def test_the_media_type_stands_where_the_standard_wants_it(tmp_path: Path) -> None:
    write(tmp_path / "a.asice")
    content = (tmp_path / "a.asice").read_bytes()
    assert content[30:38] == b"mimetype"
    assert content[38 : 38 + len(CONTAINER_TYPE)] == CONTAINER_TYPE.encode()


def test_the_identity_is_the_sha256_of_the_manifest_and_does_not_depend_on_the_signature(
    tmp_path: Path,
) -> None:
    signed = write(tmp_path / "a.asice")
    unsigned = write(tmp_path / "b.asice", sign=None)
    with zipfile.ZipFile(tmp_path / "a.asice") as archive:
        assert signed.identity == hashlib.sha256(archive.read(MANIFEST_NAME)).hexdigest()
    assert unsigned.identity == signed.identity
    with zipfile.ZipFile(tmp_path / "b.asice") as archive:
        assert SIGNATURE_NAME not in archive.namelist()


def test_what_is_told_as_written_is_what_stands_on_the_disk(tmp_path: Path) -> None:
    written = write(tmp_path / "a.asice")
    assert written.size == (tmp_path / "a.asice").stat().st_size
    assert {each.name: each.sha256 for each in written.digests} == {
        name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()
    }


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "a.asice")
    write(tmp_path / "b.asice")
    assert (tmp_path / "a.asice").read_bytes() == (tmp_path / "b.asice").read_bytes()


@needs_openssl
def test_openssl_accepts_the_signature_in_the_container_over_the_manifest_in_it(tmp_path: Path) -> None:
    key = key_file(tmp_path)
    write(tmp_path / "a.asice", sign=lambda manifest: key.sign(manifest, at=NOW))
    with zipfile.ZipFile(tmp_path / "a.asice") as archive:
        signature, manifest = archive.read(SIGNATURE_NAME), archive.read(MANIFEST_NAME)
    assert "CAdES Verification successful" in cms_verify(tmp_path, signature, manifest, authority().pem, NOW)


def test_files_of_many_blocks_and_odd_sizes_come_through(tmp_path: Path) -> None:
    files = {
        f"evidence/{size}.bin": bytes(range(251)) * (size // 251 + 1) for size in (1, BLOCK, 2 * BLOCK + 17)
    }
    write(tmp_path / "a.asice", files)
    with zipfile.ZipFile(tmp_path / "a.asice") as archive:
        assert all(archive.read(name) == content for name, content in files.items())


def test_the_wide_form_for_huge_files_is_one_that_other_programs_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container_module, "needs_wide_header", lambda size: size > 1000)
    write(tmp_path / "a.asice")
    with zipfile.ZipFile(tmp_path / "a.asice") as archive:
        assert archive.testzip() is None
        assert all(archive.read(name) == content for name, content in FILES.items())
    assert read_container(tmp_path / "a.asice").sound


def test_evidence_that_changed_since_intake_is_damaged_and_named(tmp_path: Path) -> None:
    changed = Entry("evidence/x.pdf", "application/pdf", 3, lambda: io.BytesIO(b"new"), "00" * 32)
    with pytest.raises(ContentChanged) as caught:
        write_container(tmp_path / "a.asice", [*entries(), changed], fake_sign)
    assert (caught.value.name, caught.value.exit_code) == ("evidence/x.pdf", 5)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [0, 2, 4, 100])
def test_a_file_of_another_size_than_said_is_damaged(tmp_path: Path, size: int) -> None:
    entry = Entry("evidence/x.pdf", "application/pdf", size, lambda: io.BytesIO(b"abc"))
    with pytest.raises(ContentChanged):
        write_container(tmp_path / "a.asice", [entry], fake_sign)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_vanished_is_unavailable_and_named(tmp_path: Path) -> None:
    entry = Entry("evidence/x.pdf", "application/pdf", 3, (tmp_path / "gone").open)  # type: ignore[arg-type]
    with pytest.raises(FileUnreadable) as caught:
        write_container(tmp_path / "a.asice", [entry], fake_sign)
    assert (caught.value.path, caught.value.reason) == ("evidence/x.pdf", "ENOENT")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_fails_while_it_is_read_is_unavailable(tmp_path: Path) -> None:
    class Failing(io.BytesIO):
        def readinto(self, block: object) -> int:
            raise OSError(errno.EIO, "stick pulled")

    entry = Entry("evidence/x.pdf", "application/pdf", 3, lambda: Failing(b"abc"))
    with pytest.raises(FileUnreadable):
        write_container(tmp_path / "a.asice", [entry], fake_sign)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "names", [["../x"], ["a", "A"], ["mimetype"], ["meta-inf/signature001.P7S"], ["xã.pdf"], []]
)
def test_names_that_a_container_cannot_hold_are_a_fault_of_the_caller(
    tmp_path: Path, names: list[str]
) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        write_container(tmp_path / "a.asice", [bytes_entry(name, "a/b", b"") for name in names], None)
    assert list(tmp_path.iterdir()) == []


def test_a_refused_signature_leaves_nothing_behind(tmp_path: Path) -> None:
    def refuse(manifest: bytes) -> bytes:
        raise LookupError

    with pytest.raises(LookupError):
        write(tmp_path / "a.asice", sign=refuse)
    assert list(tmp_path.iterdir()) == []


def test_files_that_were_not_ready_at_first_stand_behind_the_others(tmp_path: Path) -> None:
    target = tmp_path / "a.asice"
    first, *behind = entries()
    write_container(target, [first], fake_sign, later=lambda: behind)
    assert [one.name for one in read_container(target).files] == [one.name for one in entries()]


def test_late_files_are_made_in_the_context_of_the_caller(tmp_path: Path) -> None:
    word = ContextVar("word", default="thôn")
    word.set("ấp")
    target = tmp_path / "a.asice"
    write_container(
        target, entries(), fake_sign, later=lambda: [bytes_entry("late", "", word.get().encode())]
    )
    with zipfile.ZipFile(target) as container:
        assert container.read("late").decode() == "ấp"


def test_a_late_file_may_not_have_the_name_of_another(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="names that a container cannot hold"):
        write_container(tmp_path / "a.asice", entries(), None, later=lambda: entries()[:1])
    assert list(tmp_path.iterdir()) == []


def test_what_goes_wrong_with_late_files_stops_the_packing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Waiting(ThreadPoolExecutor):
        def submit(self, *work: Any, **more: Any) -> Future[Any]:
            future = super().submit(*work, **more)
            future.exception()
            return future

    def fails() -> list[Entry]:
        raise LookupError

    monkeypatch.setattr(container_module, "ThreadPoolExecutor", Waiting)
    never = Entry("a", "text/plain", 1, lambda: pytest.fail("packed on"))
    before = sys.getswitchinterval()
    with pytest.raises(LookupError):
        write_container(tmp_path / "a.asice", [never], None, later=fails)
    assert list(tmp_path.iterdir()) == []
    assert sys.getswitchinterval() == pytest.approx(before)


def test_progress_counts_up_to_the_whole(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    pace = Pace(progress=lambda done, total: steps.append((done, total)))
    write_container(tmp_path / "a.asice", entries(), None, pace=pace)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert steps[-1] == (steps[0][1], sum(len(each) for each in FILES.values()))


@pytest.mark.parametrize("stop_after", range(8))
def test_cancelling_leaves_the_old_file_and_nothing_else(tmp_path: Path, stop_after: int) -> None:
    asked = iter(range(100))
    target = tmp_path / "a.asice"
    target.write_bytes(b"old")
    pace = Pace(cancelled=lambda: next(asked) >= min(stop_after, 6))
    with pytest.raises(Cancelled):
        write_container(target, entries(), fake_sign, pace=pace)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a.asice", b"old")]


class FaultyDisk(Disk):
    """Fail at the n-th call, and count the calls."""

    def __init__(self, fail_at: int, fault: int) -> None:
        self.calls: list[str] = []
        self._fail_at = fail_at
        self._fault = fault

    def _call(self, name: str) -> None:
        self.calls.append(name)
        if len(self.calls) - 1 == self._fail_at:
            raise OSError(self._fault, "injected")

    def create(self, path: Path) -> BinaryIO:
        self._call("create")
        return super().create(path)

    def write(self, file: BinaryIO, block: bytes | memoryview) -> None:
        self._call("write")
        super().write(file, block)

    def sync(self, file: BinaryIO) -> None:
        self._call("sync")
        super().sync(file)

    def rename(self, source: Path, target: Path) -> None:
        self._call("rename")
        super().rename(source, target)

    def sync_folder(self, folder: Path) -> None:
        self._call("sync_folder")
        super().sync_folder(folder)

    def remove(self, path: Path) -> None:
        super().remove(path)
        self._call("remove")


def calls_of_a_whole_run(folder: Path) -> list[str]:
    disk = FaultyDisk(-1, 0)
    write_container(folder / "probe.asice", entries(), fake_sign, disk=disk)
    (folder / "probe.asice").unlink()
    return disk.calls


@pytest.mark.parametrize(("fault", "error"), [(errno.ENOSPC, DiskFull), (errno.EIO, FileUnwritable)])
@pytest.mark.parametrize("old", [None, b"old"])
def test_a_fault_at_any_call_to_the_disk_leaves_the_old_file_or_none(
    tmp_path: Path, fault: int, error: type[Unavailable], old: bytes | None
) -> None:
    target = tmp_path / "a.asice"
    calls = calls_of_a_whole_run(tmp_path)
    assert {"create", "write", "sync", "rename", "sync_folder"} == set(calls)
    for number, call in enumerate(calls):
        if old is None:
            target.unlink(missing_ok=True)
        else:
            target.write_bytes(old)
        with pytest.raises(error) as caught:
            write_container(target, entries(), fake_sign, disk=FaultyDisk(number, fault))
        assert caught.value.facts()["path"] == str(target)
        assert [each.name for each in tmp_path.iterdir()] in ([], ["a.asice"])
        if call == "sync_folder":
            # The new name may not survive a loss of power, but what stands there is whole.
            assert read_container(target).sound
        else:
            assert (target.read_bytes() if target.exists() else None) == old


def test_a_fault_while_tidying_up_after_a_fault_tells_the_first(tmp_path: Path) -> None:
    class TwiceFaulty(FaultyDisk):
        def remove(self, path: Path) -> None:
            raise OSError(errno.EACCES, "second fault")

    with pytest.raises(DiskFull):
        write_container(tmp_path / "a.asice", entries(), fake_sign, disk=TwiceFaulty(5, errno.ENOSPC))
    assert not (tmp_path / "a.asice").exists()
    write(tmp_path / "a.asice")
    assert [each.name for each in tmp_path.iterdir()] == ["a.asice"]


def test_an_unfinished_file_of_a_run_before_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.asice.part").write_bytes(b"left over" * 99)
    write(tmp_path / "a.asice")
    assert [each.name for each in tmp_path.iterdir()] == ["a.asice"]
    assert read_container(tmp_path / "a.asice").sound


def test_a_folder_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable) as caught:
        write(tmp_path / "none" / "a.asice")
    assert caught.value.reason == "ENOENT"
