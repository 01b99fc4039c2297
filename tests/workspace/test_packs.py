"""Packs: kept byte for byte, for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ntm_desktop.snapshot.model import PackFile
from ntm_desktop.workspace.doctor import Finding, diagnose
from ntm_desktop.workspace.errors import WorkspaceDamaged
from ntm_desktop.workspace.shelf import NewPack
from tests.support.workspaces import make_workspace, reopen

CONTENT = b"\0 g\xc3\xb3i" * 1000


def make_pack(content: bytes = CONTENT) -> PackFile:
    return PackFile("vn-xa-ntm-2021-2025", "1.0.0", hashlib.sha256(content).hexdigest(), content)


def test_a_pack_comes_back_byte_for_byte_and_once(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.shelf.keep((NewPack(make_pack()),))
        workspace.shelf.keep((NewPack(make_pack()),))
        workspace.shelf.keep((NewPack(make_pack(b"other")),))
        workspace.undo()
    with reopen(tmp_path) as workspace:
        assert workspace.pack(make_pack().sha256) == make_pack()
        assert workspace.pack("00" * 32) is None
        names = [(pack.id, pack.version, pack.sha256) for pack in (make_pack(), make_pack(b"other"))]
        assert list(workspace.packs()) == names


def test_a_pack_under_a_wrong_hash_is_not_kept(tmp_path: Path) -> None:
    wrong = PackFile("a", "1", "00" * 32, CONTENT)
    with make_workspace(tmp_path) as workspace:
        with pytest.raises(ValueError, match="0000"):
            workspace.shelf.keep((NewPack(wrong),))
        assert workspace.packs() == ()


def test_a_pack_that_was_changed_is_never_used_and_the_diagnosis_names_it(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.shelf.keep((NewPack(make_pack()),))
        workspace._connection.execute("UPDATE pack SET content = ?", (CONTENT[:-1] + b"0",))
        with pytest.raises(WorkspaceDamaged):
            workspace.pack(make_pack().sha256)
    diagnosis = diagnose(workspace.folder)
    assert diagnosis.findings == ((Finding.PACK_CHANGED, make_pack().sha256),)
    assert not diagnosis.healthy
