"""Restoring and its rehearsal: really done, compared to the last entry and file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import FileUnwritable
from ntm_desktop.operations import answer, copies, packs, publishers, restoring
from ntm_desktop.operations.copies import Watch, copies_at, known
from ntm_desktop.operations.restoring import NoCopyAtHand
from ntm_desktop.operations.start import open_desk
from ntm_desktop.workspace import drive
from ntm_desktop.workspace.drive import WorkspaceOnNetwork
from tests.support.desks import NTM, clock, fresh_desk
from tests.support.windows import key

NOW = clock()


def test_a_rehearsal_compares_everything_says_so_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        answer.answer(desk, key("so_cbcc", 2023), "21")
        source = tmp_path / "a.txt"
        source.write_text("một")
        desk.workspace.add_evidence(source)
        copies.make_daily(desk.workspace, NOW, Watch())
        (desk.workspace.folder / "copies" / "rehearsal-cut-off").mkdir()
        found = restoring.rehearse(desk.workspace, NOW, Watch())
        assert found.agrees
        assert (found.noted.facts, found.noted.files, found.noted.dossiers) == (1, 1, 1)
        assert found.indicators == 57
        assert known(desk.workspace).rehearsed == found.noted
        assert not list((desk.workspace.folder / "copies").glob("rehearsal-*"))


def test_a_rehearsal_takes_the_newest_copy_at_hand_and_figures_entered_since_are_no_difference(
    tmp_path: Path,
) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        copies.make_daily(desk.workspace, NOW, Watch())
        (tmp_path / "usb").mkdir()
        made = copies.make_copy(desk.workspace, tmp_path / "usb", NOW + timedelta(days=1), Watch())
        copies.make_backup(desk.workspace, tmp_path / "a.ntmbackup", NOW, Watch())
        answer.answer(desk, key("so_cbcc", 2023), "21")
        found = restoring.rehearse(desk.workspace, NOW, Watch())
        assert found.agrees
        assert found.noted.copy_at == made.known.at
        assert found.noted.facts == 0


def test_a_copy_that_spoiled_is_told(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        source = tmp_path / "a.txt"
        source.write_text("một")
        stored = desk.workspace.add_evidence(source)
        copies.make_daily(desk.workspace, NOW, Watch())
        (desk.workspace.folder / "evidence" / stored.sha256[:2] / stored.sha256).write_bytes(b"?????")
        found = restoring.rehearse(desk.workspace, NOW, Watch())
        assert not found.agrees


def test_other_results_are_told(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        copies.make_daily(desk.workspace, NOW, Watch())
        with mock.patch.object(restoring, "flips", return_value=("one",)):
            found = restoring.rehearse(desk.workspace, NOW, Watch())
        assert found.flipped == (f"{NTM} 2023",)
        assert not found.agrees


def test_without_a_complete_copy_there_is_nothing_to_rehearse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        desk.workspace.take_copy("before-move")
        with pytest.raises(NoCopyAtHand):
            restoring.rehearse(desk.workspace, NOW, Watch())
        copies.make_daily(desk.workspace, NOW, Watch())

        def gone(place: Path) -> None:
            raise copies.PlaceGone(str(place), "ENODEV")

        monkeypatch.setattr(restoring, "copies_at", gone)
        with pytest.raises(NoCopyAtHand):
            restoring.rehearse(desk.workspace, NOW, Watch())


def test_a_scratch_place_that_cannot_be_made_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(**_: object) -> None:
        raise PermissionError(13, "")

    with fresh_desk(tmp_path, NTM) as desk:
        copies.make_daily(desk.workspace, NOW, Watch())
        monkeypatch.setattr(restoring.tempfile, "TemporaryDirectory", failing)
        with pytest.raises(FileUnwritable):
            restoring.rehearse(desk.workspace, NOW, Watch())


def test_any_kind_of_copy_is_restored_into_a_new_folder(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        answer.answer(desk, key("so_cbcc", 2023), "21")
        copies.make_daily(desk.workspace, NOW, Watch())
        copies.make_backup(desk.workspace, tmp_path / "a.ntmbackup", NOW, Watch(), "bốn từ ghép lại")
        inside = copies_at(desk.workspace.folder)[0].file
    restoring.restore(inside, tmp_path / "một", Watch())
    restoring.restore(tmp_path / "a.ntmbackup", tmp_path / "hai", Watch(), "bốn từ ghép lại")
    for name in ("một", "hai"):
        restored = open_desk(tmp_path / name, who="Lê Văn Hậu", clock=clock)
        try:
            assert len(restored.book.facts) == 1
        finally:
            restored.close()


def test_a_restore_onto_a_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drive, "is_on_network", lambda folder: True)
    with pytest.raises(WorkspaceOnNetwork):
        restoring.restore(tmp_path / "a.ntmbackup", tmp_path / "kho", Watch())


def test_restoring_an_old_copy_touches_nothing_that_is_remembered_of_publishers(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        copies.make_backup(desk.workspace, tmp_path / "a.ntmbackup", NOW, Watch())
        packs.installed(desk)
        store = publishers.trust_store()
        store.raise_floor(NOW)
        before = {path.name: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()}
    restoring.restore(tmp_path / "a.ntmbackup", tmp_path / "mới", Watch())
    restored = open_desk(tmp_path / "mới", who="Lê Văn Hậu", clock=clock)
    try:
        packs.installed(restored)
    finally:
        restored.close()
    assert {path.name: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()} == before
    assert store.seen == NOW
    assert isinstance(store.disk, Disk)
