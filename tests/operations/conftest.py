"""A desk over a workspace of its own, with a dossier of 2024 under the set xa NTM."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop.operations.desk import Desk
from tests.support.desks import NTM, fresh_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NTM, year=2024) as made:
        yield made
