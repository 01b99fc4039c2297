"""A desk over a workspace of its own, with a dossier of 2024 under the set xa NTM; the publisher of the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop.operations import seal
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.seal import Built
from tests.support.desks import NTM, fresh_desk
from tests.support.pack_desks import shipped_with
from tests.support.pack_repository import Simulated
from tests.support.sealing import SIGNATORY, desk_to_seal


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NTM, year=2024) as made:
        yield made


@pytest.fixture(scope="module")
def sealed_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Built]]:
    """A desk with one dossier that was sealed into `ho-so.asice`."""
    folder = tmp_path_factory.mktemp("gui")
    with desk_to_seal(folder) as desk:
        built = seal.build(desk.workspace, seal.prepare(desk, SIGNATORY), folder / "ho-so.asice", None)
        seal.commit(desk, built)
        yield desk, built


@pytest.fixture
def sealed(sealed_desk: tuple[Desk, Built]) -> Built:
    """What was sealed."""
    return sealed_desk[1]


@pytest.fixture
def home() -> Iterator[Simulated]:
    """Return the publisher the program came with."""
    publisher = Simulated()
    with shipped_with(publisher):
        yield publisher
