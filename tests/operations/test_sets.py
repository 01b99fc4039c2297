from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from ntm_desktop.criteria.load import load
from ntm_desktop.operations import sets, start
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.sets import PackLost, SetLibrary, UnknownSet
from ntm_desktop.packs.shipped import content_of, shipped_pack
from tests.support.desks import NANG_CAO, NTM, clock, fresh_desk


def test_a_shipped_set_is_kept_in_the_workspace_byte_for_byte_and_once(desk: Desk) -> None:
    desk.library.keep_newest(NTM)
    shipped = shipped_pack(NTM)
    assert shipped is not None
    kept = desk.workspace.pack(shipped.sha256)
    assert kept is not None
    assert kept.content == content_of(shipped)
    assert [name for name, _version, _hash in desk.workspace.packs()] == [NTM]


def test_a_set_is_loaded_once_while_the_desk_is_open(desk: Desk) -> None:
    sha256 = desk.compiled.source.sha256
    assert desk.library.by_hash(sha256) is desk.library.by_hash(sha256)


def test_a_workspace_opens_with_the_pack_it_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = desk.workspace.folder
    desk.close()
    monkeypatch.setattr(sets, "content_of", lambda _pack: pytest.fail("the shipped pack was read"))
    again = start.open_desk(folder, who="Trần Thị Mai", clock=clock)
    try:
        assert again.set is not None
        assert again.set.id == NTM
    finally:
        again.close()


def test_a_pack_the_workspace_lost_is_told(desk: Desk) -> None:
    with pytest.raises(PackLost) as lost:
        SetLibrary(desk.workspace).by_hash("0" * 64)
    assert lost.value.sha256 == "0" * 64


def test_a_set_that_did_not_come_with_the_program_is_unknown(desk: Desk) -> None:
    with pytest.raises(UnknownSet):
        desk.library.keep_newest("vn-xa-ntm-1999")


def test_sets_whose_thresholds_are_read_are_kept_along_and_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = shipped_pack(NTM)
    assert shipped is not None

    def load_with_reference(content: bytes):
        loaded = load(content)
        wanted = (NANG_CAO, "vn-not-kept") if loaded.id == NTM else ()
        return dataclasses.replace(loaded, references=wanted)

    monkeypatch.setattr(sets, "load", load_with_reference)
    with fresh_desk(tmp_path) as desk:
        with pytest.raises(UnknownSet):  # the second reference; the first is there by then
            desk.library.keep_newest(NTM)
        own = desk.library.of(content_of(shipped)).source
        assert list(desk.library.references(own)) == [NANG_CAO]
        assert desk.library.references(desk.library.references(own)[NANG_CAO]) == {}
