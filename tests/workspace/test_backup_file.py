"""A whole workspace in one file: a plain archive, or a locked one; whatever is wrong with it is noticed."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_desktop.disk import Disk
from ntm_desktop.errors import Cancelled, FileUnreadable, NtmError, Unavailable
from ntm_desktop.trust import locked_stream
from ntm_desktop.trust.locked_stream import PassphraseNeeded, WeakPassphrase, WrongPassphrase
from ntm_desktop.workspace import backup_file
from ntm_desktop.workspace.backup_file import HEAD, MANIFEST, members, read_backup, write_backup
from ntm_desktop.workspace.carrying import PlaceGone, Watch
from ntm_desktop.workspace.manifest import DATABASE, CopyDamaged
from tests.support.copied import AT, PASSPHRASE, backed_up, filled
from tests.support.workspaces import files_in
from tests.workspace.test_evidence import FailingDisk


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locked_stream, "_COST", 10)


def read(path: Path, passphrase: str = "") -> object:
    return read_backup(path, passphrase, Watch())


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_workspace_goes_into_one_file_and_nothing_is_left_beside_it(
    tmp_path: Path, passphrase: str
) -> None:
    target = tmp_path / "out" / "xã Vĩnh An.ntmbackup"
    target.parent.mkdir()
    with filled(tmp_path) as workspace:
        before = files_in(workspace.folder)
        written = backed_up(workspace, target, passphrase=passphrase)
        assert files_in(workspace.folder) == before
    assert read(target, passphrase) == written
    assert (written.facts, len(written.files), written.commune) == (5, 4, "30604")
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_without_a_passphrase_any_tool_gets_at_it(tmp_path: Path) -> None:
    target = tmp_path / "a.ntmbackup"
    with filled(tmp_path) as workspace:
        written = backed_up(workspace, target)
    with tarfile.open(target) as archive:
        names = archive.getnames()
    assert names == [HEAD, DATABASE, *(file.name for file in written.files), MANIFEST]


def test_with_a_passphrase_nothing_is_readable_and_a_wrong_one_is_said_so(tmp_path: Path) -> None:
    target = tmp_path / "a.ntmbackup"
    with filled(tmp_path) as workspace:
        backed_up(workspace, target, passphrase=PASSPHRASE)
        with pytest.raises(WeakPassphrase):
            backed_up(workspace, tmp_path / "b.ntmbackup", passphrase="ngắn")
    assert not (tmp_path / "b.ntmbackup").exists()
    assert b"SQLite" not in target.read_bytes()
    with pytest.raises(PassphraseNeeded):
        read(target)
    with pytest.raises(WrongPassphrase):
        read(target, "không phải mật khẩu")


def test_evidence_that_is_missing_or_changed_is_said_in_the_file(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        one, other = (evidence.sha256 for evidence in workspace.evidence())
        (workspace.folder / "evidence" / one[:2] / one).unlink()
        changed = workspace.folder / "evidence" / other[:2] / other
        changed.write_bytes(b"?" * changed.stat().st_size)
        written = backed_up(workspace, tmp_path / "a.ntmbackup")
    assert written.missing == tuple(sorted((one, other)))


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_file_cut_off_anywhere_is_noticed(tmp_path: Path, passphrase: str) -> None:
    target = tmp_path / "a.ntmbackup"
    with filled(tmp_path) as workspace:
        backed_up(workspace, target, passphrase=passphrase)
    whole = target.read_bytes()
    for size in (0, 3, 100, 511, 512, 2000, len(whole) // 2, len(whole) - 3000):
        target.write_bytes(whole[:size])
        with pytest.raises(NtmError):
            read(target, passphrase)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 1 << 30), bit=st.integers(0, 7))
def test_a_changed_bit_is_noticed_or_means_nothing(
    tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    folder = tmp_path_factory.mktemp("bit")
    target = folder / "a.ntmbackup"
    with filled(folder) as workspace:
        written = backed_up(workspace, target)
    content = bytearray(target.read_bytes())
    content[at % len(content)] ^= 1 << bit
    target.write_bytes(content)
    try:
        found = read(target)
    except CopyDamaged:
        found = written
    assert found == written  # what is not noticed is padding, an owner or a date of the archive


def archive(*entries: tuple[str, bytes] | tarfile.TarInfo) -> bytes:
    out = io.BytesIO()
    for entry in entries:
        if isinstance(entry, tarfile.TarInfo):
            out.write(entry.tobuf(tarfile.GNU_FORMAT))
            continue
        name, content = entry
        info = tarfile.TarInfo(name)
        info.size = len(content)
        out.write(info.tobuf(tarfile.GNU_FORMAT) + content + bytes(-len(content) % 512))
    return out.getvalue() + bytes(1024)


def _special(name: str, kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, "/etc/passwd"
    return info


def _endless(name: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = 1 << 40
    return info


GOOD = ((HEAD, b"{}"), (DATABASE, b"db"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 no archive" * 100,
        archive(),
        archive((DATABASE, b"db")),
        archive((HEAD, b"{}"), ("evidence/a", b"x")),
        archive(*GOOD),
        archive(*GOOD, ("../outside", b"x")),
        archive(*GOOD, ("/etc/cron.d/x", b"x")),
        archive(*GOOD, ("sealed/CON", b"x")),
        archive(*GOOD, ("copies/x.ntm", b"x")),
        archive(*GOOD, ("sealed/a", b"x"), ("sealed/A", b"x")),
        archive(*GOOD, (DATABASE, b"second")),
        archive(*GOOD, _special("sealed/link", tarfile.SYMTYPE)),
        archive(*GOOD, _special("sealed/link", tarfile.LNKTYPE)),
        archive(*GOOD, _special("sealed/dev", tarfile.CHRTYPE)),
        archive(*GOOD, _special("sealed/dir", tarfile.DIRTYPE)),
        archive(*GOOD, _special("././@LongLink", tarfile.GNUTYPE_LONGNAME)),
        archive(*GOOD, _endless("sealed/a")),
        archive(_endless(HEAD)),
        archive(*GOOD, _endless(MANIFEST)),
        archive(*GOOD, (MANIFEST, b"{}")),
        archive(*GOOD, (MANIFEST, b"[]"), ("sealed/after", b"x")),
    ],
)
def test_what_was_not_written_here_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(CopyDamaged):
        read(tmp_path / "a")


def test_more_behind_the_manifest_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "a.ntmbackup"
    with filled(tmp_path) as workspace:
        backed_up(workspace, target)
    more = archive(("sealed/more", b"x"))
    target.write_bytes(target.read_bytes()[:-1024] + more)
    with pytest.raises(CopyDamaged):
        read(target)


def test_what_is_passed_over_is_not_read_as_the_next_file(tmp_path: Path) -> None:
    target = tmp_path / "a.ntmbackup"
    with filled(tmp_path) as workspace:
        written = backed_up(workspace, target)
    assert [member.name for member in members(target, "")][2:-1] == [file.name for file in written.files]


def test_a_file_that_is_not_there_or_does_not_answer_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FileUnreadable):
        read(tmp_path / "gone")
    target = tmp_path / "a.ntmbackup"
    with filled(tmp_path) as workspace:
        backed_up(workspace, target)

    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 1000:
                raise OSError(errno.EIO, "")
            return super().read(size)

    monkeypatch.setattr(backup_file, "open_source", lambda path: Failing(target.read_bytes()))
    with pytest.raises(PlaceGone):
        read(target)


def test_a_stick_pulled_before_reading_back_is_called_gone_and_not_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(path: Path) -> io.BytesIO:
        raise FileUnreadable(str(path), "ENOENT")

    with filled(tmp_path) as workspace:
        monkeypatch.setattr(backup_file, "read_backup", lambda path, _passphrase, _watch: gone(path))
        with pytest.raises(PlaceGone):
            backed_up(workspace, tmp_path / "a.ntmbackup")
    assert not list(tmp_path.glob("a.ntmbackup*"))


def test_a_fault_at_any_call_leaves_the_file_from_before(tmp_path: Path) -> None:
    target = tmp_path / "out" / "a.ntmbackup"
    target.parent.mkdir()
    with filled(tmp_path) as workspace:
        at = 0
        while True:
            at += 1
            target.write_bytes(b"before")
            disk = FailingDisk(at, errno.ENOSPC)
            try:
                backed_up(workspace, target, disk=disk)
            except Unavailable:
                assert target.read_bytes() == b"before" or disk.failed == "sync_folder"
            if not disk.failed:
                break
    assert at > 15
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def _stopping(after: int) -> Callable[[], bool]:
    left = [after]

    def cancelled() -> bool:
        left[0] -= 1
        return left[0] < 0

    return cancelled


@pytest.mark.parametrize("after", [0, 2, 6, 8])
def test_stopping_leaves_nothing(tmp_path: Path, after: int) -> None:
    watch = Watch(cancelled=_stopping(after))
    with filled(tmp_path) as workspace, workspace.reader() as reader, pytest.raises(Cancelled):
        write_backup(reader, tmp_path / "a.ntmbackup", AT, disk=Disk(), watch=watch)
    assert not list(tmp_path.glob("a.ntmbackup*"))


class Corrupting(Disk):
    """A disk that writes something else than it is told."""

    def write(self, file: io.RawIOBase, block: bytes | memoryview) -> None:
        super().write(file, bytes(block).replace(b"hai", b"ba "))


def test_a_disk_that_keeps_something_else_is_noticed_before_the_file_counts(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace, pytest.raises(CopyDamaged):
        backed_up(workspace, tmp_path / "a.ntmbackup", disk=Corrupting())
    assert not list(tmp_path.glob("a.ntmbackup*"))


class Vanishing(Disk):
    """A stick that is pulled after the last byte."""

    def sync(self, file: io.RawIOBase) -> None:
        super().sync(file)
        Path(str(file.name)).unlink()


def test_a_stick_pulled_before_reading_back_is_said_so(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace, pytest.raises(Unavailable):
        backed_up(workspace, tmp_path / "a.ntmbackup", disk=Vanishing())
    assert not (tmp_path / "a.ntmbackup").exists()


def test_a_source_that_becomes_shorter_meanwhile_is_no_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_file, "blocks_of", lambda file, path: iter([file.read(1)]))
    with filled(tmp_path) as workspace, pytest.raises(CopyDamaged):
        backed_up(workspace, tmp_path / "a.ntmbackup")


@pytest.mark.skipif(os.name == "nt", reason="this system has no limit on the size of files")
def test_a_disk_that_takes_no_file_so_large_says_so_and_names_the_way_out(tmp_path: Path) -> None:
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000));"
        "from ntm_desktop.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    with filled(tmp_path) as workspace:
        big = tmp_path / "lớn.bin"
        big.write_bytes(os.urandom(400_000))
        workspace.add_evidence(big)
        folder = workspace.folder
    done = subprocess.run(
        [
            "python",
            "-c",
            script,
            "--lang",
            "en",
            "backup",
            str(folder),
            "--out",
            str(tmp_path / "a.ntmbackup"),
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 3
    assert "FAT32" in done.stderr
    assert not list(tmp_path.glob("a.ntmbackup*"))
