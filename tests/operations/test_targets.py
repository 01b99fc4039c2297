from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from ntm_desktop.errors import DiskFull, FileUnwritable
from ntm_desktop.operations import seal
from ntm_desktop.operations.form import write_form
from ntm_desktop.operations.papers import write_papers
from ntm_desktop.operations.targets import NoPlaceForFiles, require_file_target, require_outside
from tests.support.sealing import SIGNATORY, desk_to_seal
from tests.support.workspaces import files_in


def test_new_and_present_files_elsewhere_are_fine(tmp_path: Path) -> None:
    require_file_target(tmp_path / "a.asice", tmp_path / "kho")
    (tmp_path / "a.asice").touch()
    require_file_target(tmp_path / "a.asice", tmp_path / "kho")
    require_file_target(tmp_path / "kho 2" / "a.asice", tmp_path / "kho")
    assert (tmp_path / "a.asice").read_bytes() == b""


def test_what_is_no_file_is_no_target(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for target in (Path(), tmp_path / "folder", Path(os.devnull), tmp_path / "circle"):
        with pytest.raises(NoPlaceForFiles):
            require_file_target(target, tmp_path / "kho")


def test_a_name_no_disk_can_hold_is_no_bug(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        require_file_target(tmp_path / ("x" * 300), tmp_path / "kho")


def test_files_of_a_workspace_are_its_own_by_whatever_way_they_are_named(tmp_path: Path) -> None:
    own = tmp_path / "kho"
    (own / "evidence").mkdir(parents=True)
    (tmp_path / "link").symlink_to(own)
    for target in (
        own,
        own / "workspace.ntm",
        own / "evidence" / "x",
        tmp_path / "link" / "x",
        own / ".." / "kho",
    ):
        with pytest.raises(NoPlaceForFiles):
            require_outside(target, own)


def test_neither_dossier_nor_form_nor_papers_go_into_the_workspace(tmp_path: Path) -> None:
    with desk_to_seal(tmp_path) as desk:
        before = files_in(desk.workspace.folder)
        for name in ("workspace.ntm", "workspace.lock", "workspace.ntm-wal", "evidence/x.asice"):
            with pytest.raises(NoPlaceForFiles):
                seal.build(desk.workspace, seal.prepare(desk, SIGNATORY), desk.workspace.folder / name, None)
            with pytest.raises(NoPlaceForFiles):
                write_form(desk, desk.workspace.folder / name)
        with pytest.raises(NoPlaceForFiles):
            write_papers(desk, desk.workspace.folder / "evidence", SIGNATORY)
        assert files_in(desk.workspace.folder) == before


def test_a_full_disk_ends_the_form_with_one_refusal(tmp_path: Path) -> None:
    if not Path("/dev/full").is_char_device():
        pytest.skip("this system has no device that is always full")
    with desk_to_seal(tmp_path) as desk:
        target = tmp_path / "phieu.xlsx"
        target.with_name(".phieu.xlsx.part").symlink_to("/dev/full")
        with pytest.raises(DiskFull):
            write_form(desk, target)
        gc.collect()  # a packer left half way would complain here
        assert not target.exists()
        assert not list(tmp_path.glob(".*.part"))
