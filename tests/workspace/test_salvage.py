"""A database damaged in one page: what can be read, what the journal still says, what the last copy has."""

from __future__ import annotations

import errno
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import FileUnreadable, FileUnwritable
from ntm_desktop.workspace import salvage as salvaging
from ntm_desktop.workspace import schema
from ntm_desktop.workspace.carrying import Watch
from ntm_desktop.workspace.doctor import diagnose
from ntm_desktop.workspace.errors import FolderNotEmpty, WorkspaceDamaged
from ntm_desktop.workspace.manifest import DATABASE
from ntm_desktop.workspace.places import cells_in
from ntm_desktop.workspace.salvage import Saved, salvage
from ntm_desktop.workspace.tables import TABLES
from tests.support.copied import filled
from tests.support.workspaces import files_in, key_of, new_claim

PAGE = 4096
FACTS = 200


def make(tmp_path: Path) -> tuple[Path, Path]:
    """Make a workspace of many pages and a copy of it; return its folder and the copy."""
    with filled(tmp_path) as workspace:
        workspace.commit([new_claim(n, key=key_of(f"nhieu{n}")) for n in range(FACTS)], label="import")
        copy = shutil.move(workspace.take_copy("before"), tmp_path / "copy.ntm")
        folder = workspace.folder
    return folder, Path(copy)


def spoil(folder: Path, page: int) -> None:
    with (folder / DATABASE).open("r+b") as file:
        file.seek(page * PAGE)
        file.write(random.Random(page).randbytes(PAGE))


def pages_of(folder: Path, table: str) -> list[int]:
    """Return the leaf pages of a table, from the numbers SQLite counts from one."""
    connection = sqlite3.connect(folder / DATABASE)
    try:
        rows = connection.execute(
            "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path", (table,)
        ).fetchall()
    finally:
        connection.close()
    return [row[0] - 1 for row in rows]


def save(folder: Path, target: Path, copy: Path | None) -> Saved:
    return salvage(folder, target, copy, Watch(), Disk())


@pytest.mark.parametrize("table", ["claim", "edit", "evidence", "hamlet", "about", "action"])
def test_a_page_lost_from_any_table_loses_nothing_that_the_last_copy_had(tmp_path: Path, table: str) -> None:
    folder, copy = make(tmp_path)
    before = cells_in(folder / DATABASE)
    leaves = pages_of(folder, table)
    spoil(folder, leaves[len(leaves) // 2])
    damaged = files_in(folder)
    saved = save(folder, tmp_path / "cứu", copy)
    assert cells_in(tmp_path / "cứu" / DATABASE) == before
    assert diagnose(tmp_path / "cứu").healthy
    assert table in saved.unreadable
    assert (saved.files, saved.missing_files) == (4, 0)
    assert files_in(folder) == damaged


def test_claims_lost_with_their_page_come_from_the_journal_where_there_is_no_copy(tmp_path: Path) -> None:
    folder, _copy = make(tmp_path)
    before = cells_in(folder / DATABASE)
    leaves = pages_of(folder, "claim")
    spoil(folder, leaves[len(leaves) // 2])
    saved = save(folder, tmp_path / "cứu", None)
    assert cells_in(tmp_path / "cứu" / DATABASE) == before
    assert dict(saved.from_journal)["claim"] > 5
    assert saved.from_copy == ()
    assert diagnose(tmp_path / "cứu").healthy


def test_edits_lost_with_their_page_leave_what_holds_and_a_journal_that_says_so(tmp_path: Path) -> None:
    folder, _copy = make(tmp_path)
    before = cells_in(folder / DATABASE)
    for page in pages_of(folder, "edit")[2:6]:
        spoil(folder, page)
    save(folder, tmp_path / "cứu", None)
    assert cells_in(tmp_path / "cứu" / DATABASE) == before
    assert diagnose(tmp_path / "cứu").healthy


def test_a_first_page_that_is_lost_leaves_the_copy(tmp_path: Path) -> None:
    folder, copy = make(tmp_path)
    before = cells_in(folder / DATABASE)
    spoil(folder, 0)
    saved = save(folder, tmp_path / "cứu", copy)
    assert saved.read == 0
    assert dict(saved.from_copy)["claim"] == FACTS + 5
    assert cells_in(tmp_path / "cứu" / DATABASE) == before
    with pytest.raises(WorkspaceDamaged):
        save(folder, tmp_path / "không", None)
    assert not (tmp_path / "không" / DATABASE).exists()


def test_what_rests_on_something_lost_is_left_out_and_told(tmp_path: Path) -> None:
    folder, _copy = make(tmp_path)
    connection = sqlite3.connect(folder / DATABASE)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("INSERT INTO remark (dossier, about, text) VALUES ('gone', 'a', 'b')")
    connection.commit()
    connection.close()
    assert dict(save(folder, tmp_path / "cứu", None).dropped) == {"remark": 1}
    assert diagnose(tmp_path / "cứu").healthy


def test_a_file_that_cannot_be_read_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _copy = make(tmp_path)
    real = salvaging.open_source

    def failing(path: Path) -> object:
        if path.name == "abc.json":
            raise FileUnreadable(str(path), "EIO")
        return real(path)

    monkeypatch.setattr(salvaging, "open_source", failing)
    saved = save(folder, tmp_path / "cứu", None)
    assert (saved.files, saved.missing_files) == (3, 1)


def test_nothing_is_written_over_and_what_cannot_be_read_or_written_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _copy = make(tmp_path)
    with pytest.raises(FolderNotEmpty):
        save(folder, tmp_path, None)
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileUnwritable):
        save(folder, tmp_path / "file" / "kho", None)

    def failing(*_: object) -> None:
        raise OSError(errno.EIO, "")

    monkeypatch.setattr(salvaging.shutil, "copyfile", failing)
    with pytest.raises(FileUnreadable):
        save(folder, tmp_path / "cứu", None)


def test_a_copy_of_an_older_program_is_brought_up_to_date_first(tmp_path: Path) -> None:
    folder, _copy = make(tmp_path)
    spoil(folder, pages_of(folder, "claim")[1])
    old = Path(__file__).parent / "fixtures" / "schema-1001" / DATABASE
    before = old.read_bytes()
    assert "claim" in save(folder, tmp_path / "cứu", old).unreadable
    assert old.read_bytes() == before


def test_every_table_is_saved() -> None:
    cells = {table.everything.rpartition(" FROM ")[2] for table in TABLES.values()}
    assert cells | {table for table, _key in salvaging._KEYS} == schema._TABLE_NAMES
