"""The session tells everyone what changed, and lets bugs through."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop.errors import DiskFull
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from tests.support.windows import make_session


def test_a_stored_change_is_told_and_remembered(dressed: QApplication, desk: Desk) -> None:
    session, told = make_session(desk), []
    session.changed.connect(told.append)
    session.publish(Change())
    assert session.saved_at is None
    session.publish(Change(label="answer"))
    assert session.saved_at is not None
    assert len(told) == 2


def test_what_a_job_could_not_do_is_told_and_a_bug_goes_up(dressed: QApplication, desk: Desk) -> None:
    session, told = make_session(desk), []
    session.failed.connect(told.append)
    error = DiskFull("D:")
    session.fail(error)
    assert told == [error]
    with pytest.raises(ZeroDivisionError):
        session.fail(ZeroDivisionError())
