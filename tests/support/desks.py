"""A desk over a fresh workspace of the sample commune, made with the program's own operations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ntm_desktop.operations import dossiers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.hamlets import take_hamlets
from ntm_desktop.operations.new import new_workspace

NTM = "vn-xa-ntm-2021-2025"
NANG_CAO = "vn-xa-ntm-nang-cao-2021-2025"
HAMLETS = ("Vĩnh Thành", "Vĩnh Thạnh", "Vĩnh Lợi")


def clock() -> datetime:
    """Return the one moment at which everything in these tests happens."""
    return datetime(2024, 12, 31, 7, 2, tzinfo=UTC)


@contextmanager
def fresh_desk(folder: Path, *sets: str, year: int = 2023) -> Iterator[Desk]:
    """Make a workspace with three hamlets and a dossier for each set; the last one is chosen."""
    desk = new_workspace(folder / "kho", "30604", hamlet_label="ấp", who="Lê Văn Hậu", clock=clock)
    try:
        (folder / "ap.csv").write_text("Tên ấp\n" + "\n".join(HAMLETS), encoding="utf-8")
        take_hamlets(desk, folder / "ap.csv")
        for one in sets:
            dossiers.add(desk, one, year)
        yield desk
    finally:
        desk.close()
