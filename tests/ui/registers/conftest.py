from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop.i18n import set_language
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.registers.page import RegistersPage
from tests.support.register_desks import OCOP, TRAINING, add, ocop, trained
from tests.support.windows import make_desk, make_window, settle
from tests.ui.conftest import Shown

NANG_CAO = "vn-xa-ntm-nang-cao-2021-2025"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the desk of a commune with three products and two trained officers."""
    facts = {"so_cbcc": "2", "cbcc_tap_huan_so": "1", "co_san_pham_ocop": "có"}
    made = make_desk(tmp_path, facts, set_id=NANG_CAO, year=2023)
    add(made, OCOP, ocop("Khô cá"), ocop("Mắm", "không", "05/01/2021"), ocop("Gạo") | {"ocop_hang": "năm"})
    add(made, TRAINING, trained("Lê A"), trained("Trần B"))
    yield made
    made.close()


@pytest.fixture
def window(dressed: QApplication, desk: Desk, shown: Shown) -> MainWindow:
    """Return the main window of that desk at the OCOP products."""
    set_language("vi")
    made = make_window(desk, first="registers")
    shown(made, 1366, 697)
    settle(dressed)
    return made


@pytest.fixture
def page(window: MainWindow) -> RegistersPage:
    """Return the page of registers."""
    found = window.page()
    assert isinstance(found, RegistersPage)
    return found
