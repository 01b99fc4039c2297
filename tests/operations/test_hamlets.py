from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ntm_desktop.operations.hamlets import rename, take_hamlets
from tests.support.desks import HAMLETS, fresh_desk


def test_hamlets_that_differ_in_one_mark_are_two(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk:
        assert tuple(hamlet.name for hamlet in desk.book.hamlets) == HAMLETS


def test_list_taken_again_adds_only_what_is_new_and_renames_by_id(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk:
        ids = {hamlet.name: hamlet.id for hamlet in desk.book.hamlets}
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in (
            ["Id", "Tên ấp"],
            ["", "vinh loi"],
            [ids["Vĩnh Thạnh"], "Vĩnh Thạnh A"],
            ["", "Vĩnh Mới"],
            ["", 7],
        ):
            book.active.append(row)
        book.save(tmp_path / "ap.xlsx")
        taken = take_hamlets(desk, tmp_path / "ap.xlsx")
        assert (taken.added, taken.renamed, taken.unchanged) == (1, 1, 1)
        assert [(one.address, one.code) for one in taken.problems] == [("B5", "not_a_name")]
        names = {hamlet.name: hamlet.id for hamlet in desk.book.hamlets}
        assert list(names) == ["Vĩnh Thành", "Vĩnh Thạnh A", "Vĩnh Lợi", "Vĩnh Mới"]
        assert names["Vĩnh Thạnh A"] == ids["Vĩnh Thạnh"]
        assert taken.change.structure


def test_rename_keeps_the_id(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk:
        first = desk.book.hamlets[0]
        rename(desk, first.id, "Vĩnh Thành 1")
        assert (desk.book.hamlets[0].id, desk.book.hamlets[0].name) == (first.id, "Vĩnh Thành 1")
        with pytest.raises(KeyError):
            rename(desk, "nobody", "x")
