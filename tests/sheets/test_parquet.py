from __future__ import annotations

import errno
import os

import duckdb
import pytest

from ntm_desktop.errors import DiskFull, FileUnwritable
from ntm_desktop.sheets.parquet import ColumnType, write_parquet

COLUMNS = (("code", ColumnType.TEXT), ("number", ColumnType.NUMBER), ("met", ColumnType.YES_NO))


def test_texts_keep_their_zeros_quotes_and_marks_and_none_is_null(tmp_path):
    folder = tmp_path / "xã 'A'"
    folder.mkdir()
    target = folder / "đếm.parquet"
    rows = [("00123", 1, True), ('Vĩnh, "An"\n', None, False), (None, -3, None)]
    write_parquet(COLUMNS, rows, target)
    read = duckdb.read_parquet(str(target))
    assert (read.fetchall(), read.columns) == (rows, ["code", "number", "met"])
    assert [path.name for path in folder.iterdir()] == [target.name]


def test_table_without_rows_keeps_its_columns(tmp_path):
    write_parquet(COLUMNS, [], tmp_path / "a.parquet")
    read = duckdb.read_parquet(str(tmp_path / "a.parquet"))
    assert (read.fetchall(), [str(one) for one in read.types]) == ([], ["VARCHAR", "INTEGER", "BOOLEAN"])


def test_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileUnwritable):
        write_parquet(COLUMNS, [], tmp_path / "nowhere" / "a.parquet")


def test_full_disk_is_told_and_leaves_what_was_there(tmp_path, monkeypatch):
    target = tmp_path / "a.parquet"
    target.write_bytes(b"before")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        write_parquet(COLUMNS, [("a", 1, True)], target)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(target.name, b"before")]


def test_fault_the_engine_tells_is_told(tmp_path, monkeypatch):
    def refuse(**_settings):
        raise duckdb.IOException("no room")

    monkeypatch.setattr(duckdb, "connect", refuse)
    with pytest.raises(FileUnwritable):
        write_parquet(COLUMNS, [], tmp_path / "a.parquet")
