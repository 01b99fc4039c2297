"""The page that compares two sets: groups first, the reasons of the group that is looked at, printing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop.i18n import set_language
from ntm_desktop.operations import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.compare.page import ComparePage
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.overview.page import OverviewPage
from ntm_desktop.ui.packs.page import PacksPage
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import key, make_window, settle
from tests.ui.conftest import Shown

NANG_CAO = "vn-xa-ntm-nang-cao-2021-2025@1.0.0"


@pytest.fixture
def ask() -> ScriptedAsk:
    """Return the one who is asked; a test writes the answers."""
    return ScriptedAsk()


@pytest.fixture
def window(dressed: QApplication, desk: Desk, ask: ScriptedAsk, shown: Shown) -> MainWindow:
    """Return the window at the page, as on a screen of 1366x768."""
    set_language("vi")
    made = make_window(desk, ask, first="packs")
    shown(made, 1366, 697)
    return made


def opened(window: MainWindow) -> ComparePage:
    """Open the page and compare with the advanced set."""
    window.go_to("compare", "")
    page = window.page()
    assert isinstance(page, ComparePage)
    page.second.setCurrentIndex(page.second.findData(NANG_CAO))
    page.second.commit()
    return page


def test_packs_and_overview_lead_to_it_and_it_leads_back(window: MainWindow) -> None:
    packs = window.page()
    assert isinstance(packs, PacksPage)
    packs.panel.compare.click()
    page = window.page()
    assert isinstance(page, ComparePage)
    assert window.rail.pages().count("compare") == 0
    page.back.click()
    assert window.page() is packs
    window.open_page("overview")
    overview = window.page()
    assert isinstance(overview, OverviewPage)
    overview.compare.click()
    assert window.page() is page


def test_groups_come_first_and_one_shows_its_reasons(window: MainWindow) -> None:
    page = opened(window)
    assert page.first.key() == "vn-xa-ntm-2021-2025@1.0.0"
    words = page.groups.words()
    assert words[0].endswith("tất cả chỉ tiêu và điều kiện")
    both = next(row for row in words if row.endswith("chưa đạt ở cả hai bộ"))
    page.groups.chosen.emit("NOT_MET NOT_MET")
    assert len(page.words()) == int(both.split()[0])
    assert page.words()[0].startswith("8.4 Ứng dụng CNTT: Chưa đạt, Chưa đạt.")


def test_the_code_of_the_other_set_stands_beside_the_name(window: MainWindow) -> None:
    page = opened(window)
    page.groups.chosen.emit("UNDETERMINED UNDETERMINED")
    page.card.more.click() if page.card is not None else None
    assert any(row.startswith("14.1 Bảo hiểm y tế (bộ trước: 15.1):") for row in page.words())


def test_filters_leave_out_what_is_the_same_or_not_digital(window: MainWindow) -> None:
    page = opened(window)
    every = int(page.groups.words()[0].split()[0])
    page.filters.choose("different")
    different = int(page.groups.words()[0].split()[0])
    page.filters.choose("digital")
    assert int(page.groups.words()[0].split()[0]) < different < every


def test_a_new_figure_is_compared_when_the_page_comes_into_view(window: MainWindow, desk: Desk) -> None:
    page = opened(window)
    before = page.groups.words()
    window.open_page("packs")
    window.session.publish(answer.answer(desk, key("ho_so_truc_tuyen"), "2.000"))
    assert page.groups.words() == before
    window.go_to("compare", "")
    assert page.groups.words() != before
    assert page.second.key() == NANG_CAO


def test_it_prints_what_is_filtered_where_the_officer_says(
    window: MainWindow, ask: ScriptedAsk, tmp_path: Path
) -> None:
    page = opened(window)
    ask.answer_with(None)
    page.print.click()
    assert page.written is None
    ask.answer_with(tmp_path / "so-sanh.pdf")
    page.print.click()
    assert (tmp_path / "so-sanh.pdf").read_bytes().startswith(b"%PDF-")
    assert page.written is not None
    assert "so-sanh.pdf" in page.written.words()


@pytest.mark.parametrize("size", [(1024, 697), (911, 465), (683, 384)])
def test_nothing_is_wider_than_a_smaller_window(
    window: MainWindow, qapp: QApplication, size: tuple[int, int]
) -> None:
    page = opened(window)
    window.resize(*size)
    settle(qapp)
    assert page.card is not None
    assert page.card.mapTo(page, page.card.rect().topRight()).x() <= page.width()
    assert page.regions()[0].isVisible()


def test_without_a_dossier_it_says_so(window: MainWindow, desk: Desk) -> None:
    window.go_to("compare", "")
    page = window.page()
    assert isinstance(page, ComparePage)
    window.session.publish(desk.choose(None))
    assert page.empty.isVisible()
    page.print_out()
    page.filters.choose("digital")
    assert not page.column.isVisible()
