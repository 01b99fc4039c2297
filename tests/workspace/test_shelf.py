"""The shelf: who published a pack, what it reads, what was remembered, what a move put aside."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from ntm_desktop.snapshot.model import PackFile
from ntm_desktop.workspace.errors import WorkspaceDamaged, WorkspaceReadOnly
from ntm_desktop.workspace.shelf import NewPack, Publication
from ntm_desktop.workspace.states import Dossier, NewDossier, NewSetAside, SetAside
from tests.support.workspaces import HASH, key_of, make_workspace, reopen

PROVINCE = Publication("ab" * 32, "Trung ương", "an-giang", "Tỉnh An Giang")


def _file(content: bytes, proof: bytes = b"") -> PackFile:
    return PackFile("bo-thu", "1.0.0", hashlib.sha256(content).hexdigest(), content, proof)


def test_a_pack_is_kept_with_its_publisher_its_proof_and_what_it_reads(tmp_path: Path) -> None:
    read, own = _file(b"read"), _file(b"own", b"proof")
    with make_workspace(tmp_path) as workspace:
        workspace.shelf.keep((NewPack(read), NewPack(own, PROVINCE, {"khac": read.sha256})), b"trust")
    with reopen(tmp_path) as workspace:
        shelf = workspace.shelf
        assert shelf.publications() == {own.sha256: PROVINCE}
        assert (shelf.proof(own.sha256), shelf.proof(read.sha256)) == (b"proof", b"")
        assert shelf.references(own.sha256) == {"khac": read.sha256}
        assert shelf.references(read.sha256) == {}
        assert shelf.trust() == b"trust"
        assert (PROVINCE.title, PROVINCE.key) == ("Tỉnh An Giang", f"{'ab' * 32}/an-giang")


def test_what_was_kept_first_is_never_changed(tmp_path: Path) -> None:
    one, other, own = _file(b"one"), _file(b"other"), _file(b"own", b"proof")
    with make_workspace(tmp_path) as workspace:
        workspace.shelf.keep((NewPack(one), NewPack(other), NewPack(own, PROVINCE, {"khac": one.sha256})))
        later = NewPack(_file(b"own", b"later"), Publication("cd" * 32, "Kẻ lạ"), {"khac": other.sha256})
        workspace.shelf.keep((later,))
        assert workspace.shelf.publications() == {own.sha256: PROVINCE}
        assert workspace.shelf.proof(own.sha256) == b"proof"
        assert workspace.shelf.references(own.sha256) == {"khac": one.sha256}
        assert workspace.shelf.trust() == b""


def test_packs_are_kept_all_or_none(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        with pytest.raises(sqlite3.IntegrityError):
            workspace.shelf.keep((NewPack(_file(b"a")), NewPack(_file(b"b"), references={"x": "00" * 32})))
        assert workspace.packs() == ()


def test_a_workspace_open_for_reading_keeps_nothing(tmp_path: Path) -> None:
    make_workspace(tmp_path).close()
    with reopen(tmp_path, read_only=True) as workspace:
        with pytest.raises(WorkspaceReadOnly):
            workspace.shelf.keep((NewPack(_file(b"a")),))
        with pytest.raises(WorkspaceReadOnly):
            workspace.take_copy("before")


def test_what_a_move_put_aside_comes_back_whole_and_goes_with_undo(tmp_path: Path) -> None:
    dossier = Dossier("d1", "bo-thu", "1.0.0", HASH, 2023, date(2023, 12, 31))
    aside = SetAside("d1", key_of(), "not_asked", "bo-thu@1.0.0", (("Thống kê", "6,12"), ("", "612")))
    with make_workspace(tmp_path) as workspace:
        workspace.commit([NewDossier("d1", dossier)])
        workspace.commit([NewSetAside("d1", key_of(), aside)], label="move_dossier")
        assert workspace.shelf.set_aside("d1") == (aside,)
        assert workspace.shelf.set_aside("d2") == ()
        workspace.undo()
        assert workspace.shelf.set_aside("d1") == ()


def test_what_cannot_be_read_any_more_is_told(tmp_path: Path) -> None:
    dossier = Dossier("d1", "bo-thu", "1.0.0", HASH, 2023, date(2023, 12, 31))
    aside = SetAside("d1", key_of(), "not_asked", "bo-thu@1.0.0", ())
    with make_workspace(tmp_path) as workspace:
        workspace.commit([NewDossier("d1", dossier), NewSetAside("d1", key_of(), aside)])
        workspace._connection.execute("UPDATE set_aside SET texts = '{'")
        with pytest.raises(WorkspaceDamaged):
            workspace.shelf.set_aside("d1")


def test_each_copy_has_a_name_of_its_own(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        names = [workspace.take_copy("before-move").name for _ in range(2)]
    assert names == ["before-move-1.ntm", "before-move-2.ntm"]
