from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop.errors import NtmError
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.proof import read_back
from tests.support.windows import IT_OF_THE_COMMUNE, make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, IT_OF_THE_COMMUNE)
    yield made
    made.close()


def test_what_is_stored_is_counted_in_the_file_and_the_last_entry_named(desk: Desk) -> None:
    proof = read_back(desk.workspace)
    assert proof.facts == len(desk.workspace.book.facts) >= len(IT_OF_THE_COMMUNE)
    assert proof.differing == 0
    assert proof.edits == len(desk.workspace.edits())
    assert proof.last[2] == "/"


def test_figures_that_memory_has_otherwise_than_the_file_are_counted(desk: Desk) -> None:
    shown = desk.workspace.book
    first, second, *_rest = list(shown.facts.values())
    shown.put(type(first)(first.key, second.claims))
    shown.put(type(second)(second.key, ()))
    assert read_back(desk.workspace).differing == 2


def test_a_file_without_any_entry_has_no_last_one(desk: Desk) -> None:
    with desk.workspace._writing.connection as connection:
        for line in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute("DROP TRIGGER " + line[0].split()[2])
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM edit")
    proof = read_back(desk.workspace)
    assert (proof.edits, proof.last) == (0, "")


def test_a_file_that_is_gone_is_said_and_not_proven(desk: Desk) -> None:
    (desk.workspace.folder / "workspace.ntm").rename(desk.workspace.folder / "elsewhere")
    with pytest.raises(NtmError):
        read_back(desk.workspace)
