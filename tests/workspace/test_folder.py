"""Making and opening a workspace, and everything that can stand in the way."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ntm_desktop.errors import DiskFull, NtmError
from ntm_desktop.facts.subject import Commune
from ntm_desktop.workspace import schema
from ntm_desktop.workspace.doctor import diagnose
from ntm_desktop.workspace.errors import (
    FolderNotEmpty,
    NewerWithCopy,
    NotAWorkspace,
    WorkspaceDamaged,
    WorkspaceExists,
    WorkspaceInUse,
    WorkspaceMissing,
    WorkspaceNewer,
    WorkspaceOlder,
    WorkspaceReadOnly,
)
from ntm_desktop.workspace.folder import FILE_NAME, Workspace
from ntm_desktop.workspace.states import NewCommune
from tests.support.workspaces import (
    VINH_AN,
    WHO,
    Ticking,
    files_in,
    key_of,
    make_workspace,
    new_claim,
    reopen,
)
from tests.workspace.test_evidence import FailingDisk

ROOT = Path(__file__).resolve().parents[2]


def test_what_was_entered_is_there_again(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        identity = workspace.id
        workspace.commit([new_claim(612)], label="answer")
    with reopen(tmp_path) as workspace:
        assert (workspace.id, workspace.commune) == (identity, VINH_AN)
        assert workspace.book.values == {key_of(): 612}
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "application_id", "user_version")
        values = [workspace._connection.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in pragmas]
        assert values == ["wal", 2, 1, schema.APPLICATION_ID, schema.CURRENT]


def test_after_closing_the_file_is_complete_in_itself(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(612)], label="answer")
        folder = workspace.folder
    names = {path.name for path in folder.iterdir()}
    assert names == {FILE_NAME, "workspace.lock", "evidence", "copies", "quarantine"}


def test_the_commune_can_be_corrected_and_that_undone(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        renamed = Commune("30604", "Vĩnh An", "Phường", "Tỉnh An Giang", "khóm")
        workspace.commit([NewCommune(renamed)], label="commune")
        assert workspace.commune == renamed
        workspace.undo()
        assert workspace.commune == VINH_AN
        assert workspace.undo_label is None


def test_a_second_workspace_is_not_made_over_the_first(tmp_path: Path) -> None:
    make_workspace(tmp_path).close()
    with pytest.raises(WorkspaceExists):
        make_workspace(tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thư.docx").write_bytes(b"x")
    with pytest.raises(FolderNotEmpty):
        Workspace.create(tmp_path / "other", VINH_AN, who=WHO, clock=Ticking())
    assert files_in(tmp_path / "other").keys() == {"thư.docx"}


def test_one_program_at_a_time_and_who_it_is(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        with pytest.raises(WorkspaceInUse) as refusal:
            Workspace.open(workspace.folder, who="Lê Văn Tư", clock=Ticking())
        assert (refusal.value.who, refusal.value.pid) == (WHO, os.getpid())
        assert refusal.value.since == "2023-11-01T02:00:04.000Z"
        assert refusal.value.host
    reopen(tmp_path).close()


def test_while_it_is_open_it_can_be_read_but_not_written_by_another(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        with reopen(tmp_path, read_only=True) as looker:
            assert looker.read_only
            assert looker.book.values == {key_of(): 1}
            with pytest.raises(WorkspaceReadOnly):
                looker.commit([new_claim(2)], label="answer")
            with pytest.raises(WorkspaceReadOnly):
                looker.undo()
            with pytest.raises(WorkspaceReadOnly):
                looker.add_evidence(tmp_path / "x")


def test_reading_only_leaves_no_trace(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
    before = files_in(tmp_path)
    with reopen(tmp_path, read_only=True) as looker:
        assert looker.load_book().values == {key_of(): 1}
        with looker.reader() as reader:
            assert reader.commune == VINH_AN
    assert files_in(tmp_path) == before


def test_a_lock_left_by_a_killed_program_is_no_obstacle(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        lock = (workspace.folder / "workspace.lock").read_bytes()
    (workspace.folder / "workspace.lock").write_bytes(lock)
    with reopen(tmp_path) as again:
        assert again.id == workspace.id


def test_a_job_reads_one_moment_from_its_own_thread(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        seen: list[object] = []
        with workspace.reader() as reader:
            workspace.commit([new_claim(2)], label="answer")
            job = threading.Thread(target=lambda: seen.append(reader.load_book().values[key_of()]))
            job.start()
            job.join()
        assert seen == [1]
        assert workspace.book.values[key_of()] == 2


def test_no_folder_no_workspace_and_another_file(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceMissing):
        reopen(tmp_path)
    (tmp_path / "xã Vĩnh An").mkdir()
    with pytest.raises(NotAWorkspace):
        reopen(tmp_path)
    other = sqlite3.connect(tmp_path / "xã Vĩnh An" / FILE_NAME)
    other.execute("CREATE TABLE t (a)")
    other.close()
    with pytest.raises(WorkspaceDamaged):
        reopen(tmp_path)


@pytest.mark.parametrize("damage", ["empty", "cut", "noise", "head"])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_file_is_said_so_and_left_as_it_is(tmp_path: Path, damage: str, read_only: bool) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(n, key=key_of(f"e{n}")) for n in range(500)], label="import")
    file = workspace.folder / FILE_NAME
    content = file.read_bytes()
    broken = {
        "empty": b"",
        "cut": content[:5000],
        "noise": os.urandom(len(content)),
        "head": content[:100] + bytes(4000) + content[4100:],
    }[damage]
    file.write_bytes(broken)
    with pytest.raises(WorkspaceDamaged):
        reopen(tmp_path, read_only=read_only).load_book()
    assert file.read_bytes()[100:] == broken[100:]
    assert not diagnose(workspace.folder).healthy


def test_a_workspace_that_lacks_a_table_is_damaged(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        file = workspace.folder / FILE_NAME
    connection = sqlite3.connect(file)
    connection.execute("DROP TABLE outbox")
    connection.close()
    for read_only in (False, True):
        with pytest.raises(WorkspaceDamaged):
            reopen(tmp_path, read_only=read_only)


@pytest.mark.parametrize("version", [-5, 0, 1, 999])
def test_a_schema_number_that_never_was_is_damage(tmp_path: Path, version: int) -> None:
    with make_workspace(tmp_path) as workspace:
        file = workspace.folder / FILE_NAME
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    for read_only in (False, True):
        with pytest.raises(WorkspaceDamaged):
            reopen(tmp_path, read_only=read_only)
    assert not diagnose(file.parent).healthy


def test_a_newer_workspace_is_refused_politely_and_a_newer_minor_is_not(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        file = workspace.folder / FILE_NAME
    for version, refused in ((schema.CURRENT + 1, False), ((schema.MAJOR + 1) * 1000, True)):
        connection = sqlite3.connect(file)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.close()
        if refused:
            with pytest.raises(WorkspaceNewer) as refusal:
                reopen(tmp_path)
            assert (refusal.value.found, refusal.value.known) == (version, schema.CURRENT)
        else:
            reopen(tmp_path).close()


def test_a_newer_workspace_offers_the_newest_copy_from_before(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        first = workspace.take_copy("before-packs")
        second = workspace.take_copy("before-packs")
        later = workspace.take_copy("daily")
        file = workspace.folder / FILE_NAME
    for number, copy in enumerate((first, second, later)):
        os.utime(copy, (number, number))
    (file.parent / "copies" / "broken.ntm").write_bytes(b"no copy")
    for one in (file, later):
        connection = sqlite3.connect(one)
        connection.execute(f"PRAGMA user_version = {(schema.MAJOR + 1) * 1000}")
        connection.close()
    before = file.read_bytes()
    for read_only in (False, True):
        with pytest.raises(NewerWithCopy) as refusal:
            reopen(tmp_path, read_only=read_only)
        assert refusal.value.copy == str(second)
    assert file.read_bytes() == before


def test_an_older_workspace_is_not_brought_up_to_date_by_reading(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        file = workspace.folder / FILE_NAME
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 1000")
    connection.close()
    with pytest.raises(WorkspaceOlder):
        reopen(tmp_path, read_only=True)


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with make_workspace(tmp_path) as workspace:
        folder = workspace.folder
    # The administrator may write everywhere, so the answer of the system is given instead.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(WorkspaceReadOnly):
        reopen(tmp_path)
    monkeypatch.undo()
    with Workspace.open(folder, who=WHO, clock=Ticking()) as again:
        assert again.id == workspace.id


def _mount(folder: Path, *options: str) -> bool:
    folder.mkdir(exist_ok=True)
    if sys.platform != "linux" or not shutil.which("mount"):
        return False
    return subprocess.run(["mount", *options, str(folder)], capture_output=True, check=False).returncode == 0


def test_a_write_protected_stick_can_be_read(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    if not _mount(stick, "-t", "tmpfs", "-o", "size=4m", "tmpfs"):
        pytest.skip("mounting a stick needs the rights of the administrator")
    try:
        with make_workspace(stick) as workspace:
            workspace.commit([new_claim(1)], label="answer")
        assert _mount(stick, "-o", "remount,ro")
        with pytest.raises(WorkspaceReadOnly):
            reopen(stick)
        with reopen(stick, read_only=True) as looker:
            assert looker.book.values == {key_of(): 1}
        assert diagnose(workspace.folder).healthy
    finally:
        subprocess.run(["umount", str(stick)], check=True)


def _enter_until_full(workspace: Workspace) -> int:
    """Return how many facts were acknowledged before the disk was full."""
    for number in range(100_000):
        try:
            workspace.commit([new_claim(number, key=key_of(f"e{number}"))], label="answer")
        except DiskFull:
            return number
    pytest.fail("the disk never was full")


def test_a_disk_that_is_really_full_loses_nothing(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    if not _mount(stick, "-t", "tmpfs", "-o", "size=1m", "tmpfs"):
        pytest.skip("mounting a small disk needs the rights of the administrator")
    try:
        with make_workspace(stick) as workspace:
            stored = _enter_until_full(workspace)
            assert stored > 10
            assert len(workspace.book.values) == stored
            source = tmp_path / "large.bin"
            source.write_bytes(b"x" * (2 << 20))
            with pytest.raises(DiskFull):
                workspace.add_evidence(source)
        with reopen(stick) as workspace:
            assert sorted(workspace.book.values) == sorted(key_of(f"e{number}") for number in range(stored))
        assert diagnose(workspace.folder).healthy
    finally:
        subprocess.run(["umount", str(stick)], check=True)


def test_a_creation_cut_off_at_any_call_leaves_no_half_workspace(tmp_path: Path) -> None:
    for at in range(1, 30):
        folder = tmp_path / str(at)
        disk = FailingDisk(at, 5)
        try:
            make_workspace(folder, disk).close()
        except NtmError:
            assert disk.failed
        if not disk.failed:
            break
        inside = folder / "xã Vĩnh An"
        if (inside / FILE_NAME).exists():
            assert diagnose(inside).healthy
            reopen(folder).close()
        else:
            make_workspace(folder).close()
    assert at > 5


def test_killed_at_random_moments_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """A short cut of `packaging/dev.py torture`."""
    done = subprocess.run(
        [
            sys.executable,
            str(ROOT / "packaging" / "torture"),
            *("--kills", "8", "--creations", "3", "--seals", "0", "--copies", "4", "--faults-every", "0"),
            *("--areas", "0", "--calls-every", "0"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing was lost" in done.stdout
