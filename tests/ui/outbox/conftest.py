"""A window over a desk with one sealed dossier that waits."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop import settings
from ntm_desktop.operations import safety, seal
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.start import open_desk
from ntm_desktop.ui.outbox.page import OutboxPage
from tests.support.scripted_ask import ScriptedAsk
from tests.support.sealing import SIGNATORY, desk_to_seal
from tests.support.signers import NOW
from tests.support.windows import make_window
from tests.ui.conftest import Shown


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace and its one sealed dossier `ho-so.asice`; not to be changed."""
    folder = tmp_path_factory.mktemp("gui")
    with desk_to_seal(folder) as made:
        built = seal.build(made.workspace, seal.prepare(made, SIGNATORY), folder / "ho-so.asice", None)
        seal.commit(made, built)
    return folder


@pytest.fixture
def sealed_desk(finished: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(finished / "kho", tmp_path / "kho")
    made = open_desk(tmp_path / "kho", who="Lê Văn Hậu", clock=lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def ask() -> ScriptedAsk:
    return ScriptedAsk()


@pytest.fixture
def page(
    sealed_desk: Desk, ask: ScriptedAsk, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OutboxPage]:
    monkeypatch.setattr(safety, "sticks", lambda: ())
    window = make_window(sealed_desk, ask, first="outbox")
    shown(window, 1366, 697)
    made = window.page()
    assert isinstance(made, OutboxPage)
    yield made
    window.close()


def send_to(address: str) -> None:
    """Let this be the address of the receiving office."""
    settings.save(replace(settings.load(), send_to=address))
