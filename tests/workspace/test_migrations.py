"""Migrations: seen without sqlite-utils, copied first, all or nothing, and every released schema opens."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typing_extensions import override

from ntm_desktop.disk import Disk
from ntm_desktop.errors import DiskFull
from ntm_desktop.workspace import migrations, schema
from ntm_desktop.workspace.copies import integrity
from ntm_desktop.workspace.doctor import diagnose
from ntm_desktop.workspace.folder import FILE_NAME, Workspace
from ntm_desktop.workspace.migrations import Step, is_pending, migrate
from tests.support.workspaces import VINH_AN, WHO, Ticking, dump, key_of, make_workspace, new_claim
from tests.workspace.test_evidence import FailingDisk

FIXTURES = Path(__file__).parent / "fixtures"
RELEASED = (1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008)
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("version", RELEASED)
def test_a_workspace_of_every_released_schema_opens(tmp_path: Path, version: int) -> None:
    folder = Path(shutil.copytree(FIXTURES / f"schema-{version}", tmp_path / "old"))
    assert diagnose(folder).version == version
    with Workspace.open(folder, who=WHO, clock=Ticking()) as workspace:
        assert workspace.commune == VINH_AN
        assert workspace.book.values[key_of()] == 612
        assert [hamlet.name for hamlet in workspace.book.hamlets] == ["Vĩnh Lợi"]
        assert workspace.dossiers()[0].year == 2023
        (evidence,) = workspace.evidence("d1")
        workspace.check_evidence(evidence.sha256)
        assert workspace.redo_label == "answer"
        workspace.redo()
        assert workspace.book.values[key_of()] == 613
    assert diagnose(folder).healthy


def test_the_current_schema_is_released_and_has_a_fixture() -> None:
    assert RELEASED[-1] == schema.CURRENT
    assert [step.to for step in migrations.STEPS] == list(RELEASED[1:])


@pytest.mark.parametrize("version", RELEASED)
def test_an_old_schema_brought_up_to_date_is_the_new_one(tmp_path: Path, version: int) -> None:
    folder = Path(shutil.copytree(FIXTURES / f"schema-{version}", tmp_path / "old"))
    make_workspace(tmp_path).close()
    Workspace.open(folder, who=WHO, clock=Ticking()).close()
    assert _tables(folder / FILE_NAME) == _tables(tmp_path / "xã Vĩnh An" / FILE_NAME)


def _tables(file: Path) -> dict[str, str]:
    connection = sqlite3.connect(file)
    try:
        return dict(
            connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        )
    finally:
        connection.close()


def test_opening_does_not_load_sqlite_utils(tmp_path: Path) -> None:
    make_workspace(tmp_path).close()
    program = (
        "import sys; from pathlib import Path; from tests.support.workspaces import reopen;"
        "reopen(Path(sys.argv[1])).close(); print('sqlite_utils' in sys.modules, 'babel' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]
    assert not is_pending(schema.CURRENT)
    assert is_pending(schema.CURRENT - 1)


def _add_column(database) -> None:
    database["remark"].transform(rename={"text": "words"})
    database["hamlet"].add_column("households", int)
    database.execute("PRAGMA user_version = 1999")


def _fail(database) -> None:
    _add_column(database)
    raise ZeroDivisionError


STEP = Step(1999, _add_column)


def test_a_step_runs_once_after_a_checked_copy_was_taken(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        held = dump(workspace)
        copies = workspace.folder / "copies"
        file = workspace.folder / FILE_NAME
        copy = migrate(workspace._connection, file, copies, Disk(), steps=[STEP])
        assert schema.version_of(workspace._connection) == 1999
        assert workspace._connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert workspace.load_book().values == {key_of(): 1}
        again = migrate(workspace._connection, file, copies, Disk(), steps=[STEP])
        assert copy != again
        assert {path.name for path in copies.iterdir()} == {copy.name, again.name}
    old = sqlite3.connect(copy)
    assert (schema.version_of(old), integrity(old)) == (schema.CURRENT, ())
    old.close()
    shutil.copy(copy, file)
    with Workspace.open(file.parent, who=WHO, clock=Ticking()) as restored:
        assert dump(restored) == held


def test_a_step_that_fails_changes_nothing_and_the_copy_stays(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        tables, file = _tables(workspace.folder / FILE_NAME), workspace.folder / FILE_NAME
        with pytest.raises(ZeroDivisionError):
            migrate(
                workspace._connection, file, workspace.folder / "copies", Disk(), steps=[Step(1999, _fail)]
            )
        assert schema.version_of(workspace._connection) == schema.CURRENT
        assert _tables(file) == tables
        assert len(list((workspace.folder / "copies").iterdir())) == 1
        assert workspace.load_book().values == {key_of(): 1}


def test_without_room_for_the_copy_nothing_is_migrated(tmp_path: Path) -> None:
    for at in range(1, 5):
        with make_workspace(tmp_path / str(at)) as workspace:
            disk = FailingDisk(at, 28)
            with pytest.raises(DiskFull):
                migrate(
                    workspace._connection, workspace._file, workspace.folder / "copies", disk, steps=[STEP]
                )
            assert schema.version_of(workspace._connection) == schema.CURRENT
            assert disk.failed


def test_a_step_that_leaves_dangling_rows_is_undone(tmp_path: Path) -> None:
    def orphan(database) -> None:
        database.execute("INSERT INTO remark (dossier, about, text) VALUES ('gone', 'a', 'b')")
        database.execute("PRAGMA user_version = 1999")

    with make_workspace(tmp_path) as workspace:
        with pytest.raises(sqlite3.IntegrityError):
            migrate(
                workspace._connection,
                workspace._file,
                workspace.folder / "copies",
                Disk(),
                steps=[Step(1999, orphan)],
            )
        assert workspace._connection.execute("SELECT count(*) FROM remark").fetchone()[0] == 0


class _NoFolder(Disk):
    """A disk on which no folder can be made any more."""

    @override
    def make_folder(self, folder: Path) -> bool:
        raise OSError(28, "injected")


def test_a_disk_without_room_for_the_folder_of_copies_leaves_the_workspace_as_it_was(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FIXTURES / "schema-1000", tmp_path / "old"))
    connection = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    with pytest.raises(DiskFull):
        migrate(connection, folder / FILE_NAME, folder / "new" / "copies", _NoFolder())
    assert schema.version_of(connection) == 1000
    connection.close()
