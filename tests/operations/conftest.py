"""A desk over a workspace of its own, with a dossier of 2024 under the set xa NTM; the publisher of the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop.operations.desk import Desk
from tests.support.desks import NTM, fresh_desk
from tests.support.pack_desks import shipped_with
from tests.support.pack_repository import Simulated


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NTM, year=2024) as made:
        yield made


@pytest.fixture
def home() -> Iterator[Simulated]:
    """Return the publisher the program came with."""
    publisher = Simulated()
    with shipped_with(publisher):
        yield publisher
