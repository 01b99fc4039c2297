"""Writes a table as Parquet, the columns typed, for any analytics engine. docs/counts-table.md names the columns."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from ntm_desktop.disk import unwritable

Value = str | int | bool | None


class ColumnType(StrEnum):
    """What a column holds, as Parquet calls it in SQL."""

    TEXT = "VARCHAR"
    NUMBER = "INTEGER"
    YES_NO = "BOOLEAN"


def write_parquet(
    columns: Sequence[tuple[str, ColumnType]], rows: Iterable[Sequence[Value]], target: Path
) -> None:
    """Write rows beside the target, flush them, put them in its place; None is null, an empty text is none.

    Raises DiskFull, FileUnwritable.
    """
    import duckdb

    try:
        with TemporaryDirectory(prefix=".parquet-", dir=target.parent) as scratch:
            lines, made = Path(scratch, "rows.csv"), Path(scratch, "rows.parquet")
            with lines.open(
                "w", encoding="utf-8", newline=""
            ) as file:  # row by row into the engine is far slower
                csv.writer(file).writerows(rows)
            settings: dict[str, str | bool | int | float | list[str]] = {
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
            with duckdb.connect(config=settings) as engine:
                table = engine.read_csv(
                    str(lines), header=False, columns=dict(columns), auto_detect=False, quotechar='"'
                )
                table.write_parquet(str(made), compression="zstd")
            with made.open("rb+") as file_made:
                os.fsync(file_made.fileno())
            made.replace(target)
    except OSError as fault:
        raise unwritable(target, fault) from fault
    except duckdb.IOException as fault:  # the disk took no more, which it tells in words only
        raise unwritable(target, OSError(str(fault))) from fault
