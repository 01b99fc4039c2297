"""A page over a dossier that can be sealed, with answers written down before they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop.errors import NtmError
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.sealing.page import SealingPage
from ntm_desktop.ui.session import Session
from ntm_desktop.ui.tasks import Tasks
from tests.support.scripted_ask import ScriptedAsk
from tests.support.sealing import desk_to_seal
from tests.support.signers import write_key_file


class Bench:
    """The page with everything around it that a test looks at."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.folder = folder
        self.ask = ScriptedAsk()
        self.session = Session(desk, Tasks(), self.ask)
        self.errors: list[NtmError] = []
        self.places: list[tuple[str, str]] = []
        self.session.failed.connect(self.errors.append)
        self.page = SealingPage(self.session)
        self.session.setParent(self.page)
        self.session.changed.connect(self.page.show_change)
        self.session.go_to.connect(self._note_place)
        self.page.fit(Room(1366, 697))
        self.page.resize(1282, 615)
        self.page.show()

    @property
    def journey(self):
        return self.page.journey

    @property
    def primary(self):
        return self.page.foot.primary

    def _note_place(self, page: str, place: str) -> None:
        self.places.append((page, place))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_to_seal(tmp_path) as made:
        yield made


@pytest.fixture
def bench(dressed: QApplication, qtbot, desk: Desk, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(desk, tmp_path)
    yield made
    assert made.session.tasks.close() == ()
    made.page.close()
    made.page.deleteLater()


@pytest.fixture
def key_path(tmp_path: Path) -> Path:
    return write_key_file(tmp_path / "khóa.p12")
