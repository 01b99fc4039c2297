"""Copies as officers know them: every day, to a stick, into one file; noted and thinned."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ntm_desktop.operations import copies
from ntm_desktop.operations.copies import CopyInsideWorkspace, Medium, Watch, copies_at, copy_day, known
from tests.support.desks import NTM, clock, fresh_desk

NOW = clock()


def test_the_daily_copy_is_due_once_a_day_whatever_the_clock_does(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        assert copies.is_daily_due(desk.workspace, NOW)
        (made,) = copies.make_daily(desk.workspace, NOW, Watch())
        assert made.known.medium is Medium.HERE
        assert not copies.is_daily_due(desk.workspace, NOW + timedelta(hours=2))
        assert copies.is_daily_due(desk.workspace, NOW + timedelta(days=1))
        assert copies.is_daily_due(desk.workspace, NOW - timedelta(days=400))


def test_daily_copies_go_also_where_an_officer_once_copied_to_and_are_thinned_there(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        (tmp_path / "ổ khác").mkdir()
        made = copies.make_copy(desk.workspace, tmp_path / "ổ khác", NOW, Watch())
        assert made.known.daily
        for day in range(1, 12):
            both = copies.make_daily(desk.workspace, NOW + timedelta(days=day), Watch())
            assert len(both) == 2
        place = Path(made.known.place)
        assert len(copies_at(place)) == len(copies_at(desk.workspace.folder)) + 1
        assert len(copies_at(place)) < 12
        for path in sorted(place.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        place.rmdir()
        assert len(copies.make_daily(desk.workspace, NOW + timedelta(days=20), Watch())) == 1
        assert [one.medium for one in known(desk.workspace).places] == [Medium.HERE, Medium.HERE]


def test_a_stick_is_asked_each_time_and_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "is_stick", lambda folder: True)
    monkeypatch.setattr(copies, "is_other_disk", lambda one, other: True)
    with fresh_desk(tmp_path, NTM) as desk:
        (tmp_path / "usb").mkdir()
        made = copies.make_copy(desk.workspace, tmp_path / "usb", NOW, Watch())
        again = copies.make_copy(desk.workspace, Path(made.known.place), NOW, Watch())
        assert (made.known.medium, made.known.daily) == (Medium.STICK, False)
        assert again.known.place == made.known.place
        assert again.new_bytes == again.manifest.database.size
        monkeypatch.setattr(copies, "is_stick", lambda folder: False)
        file = copies.make_backup(desk.workspace, tmp_path / "a.ntmbackup", NOW, Watch())
        assert file.known.medium is Medium.OTHER_DISK
        assert file.known.place == str(tmp_path / "a.ntmbackup")


def test_a_copy_inside_the_workspace_is_refused(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        folder = desk.workspace.folder
        with pytest.raises(CopyInsideWorkspace):
            copies.make_copy(desk.workspace, folder / "evidence", NOW, Watch())
        with pytest.raises(CopyInsideWorkspace):
            copies.make_backup(desk.workspace, folder / "a.ntmbackup", NOW, Watch())
        assert not (folder / "a.ntmbackup").exists()


def test_a_noted_moment_is_a_day_of_viet_nam_and_a_broken_one_long_ago() -> None:
    assert copy_day("2024-12-31T18:00:00Z") == date(2025, 1, 1)
    assert copy_day("?") == date.min
    assert copies.utc_text(datetime(2025, 1, 1, 7, tzinfo=UTC)) == "2025-01-01T07:00:00Z"
