"""What the safety light and the page about safety say: true of what is there, careful about the rest."""

from __future__ import annotations

import errno
from datetime import date, timedelta
from pathlib import Path

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import FileUnwritable
from ntm_desktop.operations import copies, safety
from ntm_desktop.operations.copies import Known, Medium, Watch
from ntm_desktop.operations.safety import LossKind, age_words, export_aside, is_old, light, look
from ntm_desktop.workspace import ledger
from tests.support.desks import NTM, clock, fresh_desk

NOW = clock()
TUESDAY = date(2024, 12, 31)


def known(folder: Path, *places: tuple[Medium, str, int]) -> None:
    """Note copies: medium, place and age in days."""
    noted = tuple(
        Known(place, "D:", medium, copies.utc_text(NOW - timedelta(days=age)), 10, daily=False)
        for medium, place, age in places
    )
    ledger.save(folder, ledger.Ledger(noted), Disk())


def test_what_comes_back_after_each_loss_rests_on_the_copies_that_would_be_left(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        folder = desk.workspace.folder
        assert [loss.by for loss in look(desk.workspace).losses] == [None, None, None]
        (tmp_path / "D").mkdir()
        known(
            folder,
            (Medium.HERE, str(folder), 0),
            (Medium.OTHER_DISK, str(tmp_path / "D"), 1),
            (Medium.STICK, "E:/weg", 6),
        )
        found = look(desk.workspace)
        by = {loss.kind: loss.by.medium for loss in found.losses if loss.by is not None}
        assert by == {
            LossKind.WORKSPACE: Medium.HERE,
            LossKind.DISK: Medium.OTHER_DISK,
            LossKind.MACHINE: Medium.STICK,
        }
        assert [one.medium for one in found.places] == [Medium.HERE, Medium.OTHER_DISK, Medium.STICK]


def test_a_copy_somebody_took_away_saves_nobody(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        known(desk.workspace.folder, (Medium.OTHER_DISK, str(tmp_path / "gone"), 0))
        assert look(desk.workspace).places == ()
        assert [note.old for note in light(desk.workspace, NOW)] == [True]


def test_the_light_says_disk_and_stick_with_their_ages(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        folder = desk.workspace.folder
        known(folder, (Medium.HERE, str(folder), 0))
        assert [note.words for note in light(desk.workspace, NOW)] == [
            "Bản sao cùng ổ: hôm nay",
            "Chưa có bản sao ngoài ổ này",
        ]
        (tmp_path / "D").mkdir()
        known(
            folder,
            (Medium.HERE, str(folder), 0),
            (Medium.OTHER_DISK, str(tmp_path / "D"), 1),
            (Medium.STICK, "E:", 6),
        )
        notes = light(desk.workspace, NOW)
        assert [note.words for note in notes] == ["Bản sao trên D: hôm qua", "USB: 6 ngày trước"]
        assert [note.old for note in notes] == [False, True]


@pytest.mark.parametrize(
    ("day", "words", "old"),
    [
        (TUESDAY, "hôm nay", False),
        (TUESDAY - timedelta(days=1), "hôm qua", False),
        (date(2024, 12, 26), "5 ngày trước", False),  # Thursday: Friday, Monday, Tuesday have passed
        (date(2024, 12, 25), "6 ngày trước", True),
        (date(2024, 12, 1), "30 ngày trước", True),
        (date(2025, 1, 5), "05/01/2025", True),
        (date.min, "01/01/0001", True),
    ],
)
def test_ages_are_said_in_days_and_old_is_more_than_three_working_days(
    day: date, words: str, old: bool
) -> None:
    assert (age_words(day, TUESDAY), is_old(day, TUESDAY)) == (words, old)


def test_what_was_put_aside_is_listed_and_exported_over_nothing(tmp_path: Path) -> None:
    target = tmp_path / "ra"
    target.mkdir()
    with fresh_desk(tmp_path, NTM) as desk:
        aside = desk.workspace.folder / "quarantine"
        (aside / "bảng.xlsx").write_text("mới", encoding="utf-8")
        (target / "bảng.xlsx").write_text("cũ", encoding="utf-8")
        (target / "bảng (2).xlsx").write_text("cũ hơn", encoding="utf-8")
        (one,) = look(desk.workspace).aside
        assert (one.name, one.size) == ("bảng.xlsx", 5)
        assert export_aside(desk.workspace, target, Watch()) == 1
        assert (target / "bảng (3).xlsx").read_text(encoding="utf-8") == "mới"
        assert (target / "bảng.xlsx").read_text(encoding="utf-8") == "cũ"
        assert (aside / "bảng.xlsx").exists()


def test_a_folder_that_cannot_be_flushed_or_listed_is_said_or_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise OSError(errno.EACCES, "")

    with fresh_desk(tmp_path, NTM) as desk:
        monkeypatch.setattr(Disk, "sync_folder", failing)
        with pytest.raises(FileUnwritable):
            export_aside(desk.workspace, tmp_path, Watch())
        monkeypatch.setattr(Path, "rglob", failing)
        assert safety._aside(tmp_path) == ()
