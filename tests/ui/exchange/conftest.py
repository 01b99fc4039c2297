"""A page of files with an ask that is answered from a script; its folder for looking goes with the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.exchange.page import ExchangePage
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import make_session
from tests.ui.conftest import Shown


@pytest.fixture
def page(dressed: QApplication, desk: Desk, shown: Shown) -> Iterator[ExchangePage]:
    made = ExchangePage(make_session(desk, ScriptedAsk()))
    shown(made, 1200, 640)
    yield made
    made.session.tasks.close()
    if made.session._looking is not None:
        made.session._looking.cleanup()
