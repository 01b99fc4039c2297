"""A commune at its desk, and the main window over it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QApplication

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import answer, start
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.start import HamletRow, NewWorkspace
from ntm_desktop.ui.app import pages
from ntm_desktop.ui.ask import Ask
from ntm_desktop.ui.entry.page import EntryPage
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.session import Session
from ntm_desktop.ui.tasks import Tasks
from tests.support.workspaces import Ticking

NTM = "vn-xa-ntm-2021-2025"
WHO = "Trần Thị Mai"
HAMLETS = ("Vĩnh Thành", "Vĩnh Hòa", "Vĩnh Phú", "Vĩnh Lợi")
IT_OF_THE_COMMUNE = {
    "so_cbcc": "21",
    "cbcc_co_may_tinh": "21",
    "so_may_tinh": "23",
    "may_tinh_noi_lan": "23",
    "ht_qlvb": "có",
    "ht_tthc": "có",
    "ht_thu_dien_tu": "có",
    "ht_trang_ttdt": "có",
    "ho_so_truc_tuyen": "612",
    "ho_so_giai_quyet": "2.382",
}
"""Indicator 8.4 as in the picture of the entry: three of four met, 103 files short."""


def make_desk(
    folder: Path,
    facts: Mapping[str, str] | None = None,
    *,
    hamlets: tuple[str, ...] = HAMLETS,
    set_id: str = NTM,
    year: int = 2024,
) -> Desk:
    """Make the workspace of Vinh An with these facts of the commune."""
    unit = start.find_communes("30604").units[0]
    rows = tuple(HamletRow(name, 300 + number) for number, name in enumerate(hamlets))
    plan = NewWorkspace(unit, "ấp", rows, set_id, year, WHO)
    desk = start.create(folder / "xã Vĩnh An", plan, clock=Ticking())
    for element, text in (facts or {}).items():
        answer.answer(desk, key(element, year), text)
    return desk


def key(element: str, year: int = 2024) -> FactKey:
    """Return the key of a fact of the commune."""
    return FactKey(element, "", year_period(year))


def make_session(desk: Desk, ask: Ask | None = None) -> Session:
    """Return a session without a window."""
    return Session(desk, Tasks(), ask or Ask())


def make_window(desk: Desk, ask: Ask | None = None, *, first: str = "entry") -> MainWindow:
    """Make the main window of a desk; it owns its session."""
    session = make_session(desk, ask)
    window = MainWindow(session, pages(desk.commune.hamlet_label), first)
    session.setParent(window)
    return window


def entry_of(window: MainWindow) -> EntryPage:
    """Return the page of entry, which must be open."""
    page = window.page()
    assert isinstance(page, EntryPage)
    return page


def settle(app: QApplication) -> None:
    """Let Qt lay out, paint and run what waits for the next turn of the loop."""
    for _turn in range(8):
        app.processEvents()
