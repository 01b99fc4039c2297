"""Choosing former communes: nothing goes on without one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.merger.choosing import Choosing
from tests.support.windows import make_session
from tests.ui.conftest import Shown


def test_every_input_has_a_name_and_the_first_row_is_the_seat(
    dressed: QApplication, desk: Desk, shown: Shown
) -> None:
    choosing = Choosing(make_session(desk))
    shown(choosing, 900, 600)
    assert not choosing.go.isEnabled()
    choosing.show_folders((Path("a"), Path("b")))
    assert choosing.go.isEnabled()
    assert choosing.on.edit.accessibleName()
    assert choosing.document.edit.accessibleName()
    assert [row.objectName() for row in choosing.rows] == ["0", "1"]
