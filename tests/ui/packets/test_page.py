"""A part goes out, is opened, worked on, given back and taken in: in the windows of both PCs."""

from __future__ import annotations

from contextlib import closing

import pytest
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import packets
from ntm_desktop.operations.answer import answer
from ntm_desktop.ui.exchange.page import ExchangePage
from ntm_desktop.ui.packets.page import PacketsPage
from ntm_desktop.workspace.packets import WrongWay
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import entry_of, key, make_window, settle
from tests.support.workspaces import Ticking


def opened(window):
    """Open the page as an officer does, from the files."""
    files = window.page()
    assert isinstance(files, ExchangePage)
    files.share.click()
    page = window.page()
    assert isinstance(page, PacketsPage)
    return page


@pytest.fixture
def office(dressed, shown, shared):
    made = make_window(shared.office, ScriptedAsk(), first="exchange")
    shown(made, 1024, 697)
    yield made
    made.session.tasks.close()


def done(qtbot, page):
    qtbot.waitUntil(lambda: page._running is not None and not page._running.is_running, timeout=20_000)
    settle(QApplication.instance())


def test_part_is_written_and_the_other_pc_shows_only_that(office, shown, qtbot, tmp_path):
    page = opened(office)
    page.cut.criteria["9"].setChecked(True)
    page.session.ask.answer_with(tmp_path / "tc9")
    page.cut.write.click()
    done(qtbot, page)
    assert "tc9.ntmpacket" in page.told.words()
    page.session.ask.answer_with(None)
    page.write()
    heard = []
    office.session.desk_opened.connect(heard.append)
    page.session.ask.answer_with(tmp_path / "tc9.ntmpacket", tmp_path)
    page.open.click()
    with closing(heard[0]) as part:
        window = make_window(part, ScriptedAsk(), first="entry")
        shown(window, 1024, 697)
        tree = entry_of(window).tree
        assert [tree.view.model().index(row, 0).data() for row in range(2)] == ["Nhà ở dân cư", None]
        assert entry_of(window).session.desk.workspace.part.criteria == ("9",)
        window.open_page("packets")
        back = window.page()
        assert "tiêu chí 9" in back.part_words.text()
        assert back.cut.isHidden()
        back.session.ask.answer_with(tmp_path / "xong-9.ntmpacket")
        back.give_back.click()
        done(qtbot, back)
        assert (tmp_path / "xong-9.ntmpacket").exists()
        back.files.click()
        window.session.tasks.close()


def test_conflict_is_chosen_side_by_side_and_taken_back_again(office, shared, qtbot):
    page = opened(office)
    page.session.ask.answer_with(shared.back)
    page.take_back.click()
    done(qtbot, page)
    assert page.summary.text().startswith("1 chỗ nhận vào, 1 chỗ hai máy cùng sửa")
    assert page.take.words() == "Nhận 2 thay đổi"
    page.sides.theirs.use.click()
    page.table.selectRow(1)
    assert not page.sides.theirs.use.isEnabled()
    page.take.click()
    assert "0 chỗ còn phải chọn" in page.told.words()
    assert texts(shared.office) == ("720", "25")
    office.undo()
    office.undo()
    assert texts(shared.office) == ("650", "23")


def texts(desk):
    return tuple(desk.book.fact(key(name)).in_use.text for name in ("ho_so_truc_tuyen", "so_may_tinh"))


def test_what_is_not_chosen_stays_open_and_a_second_time_brings_nothing(office, shared, qtbot):
    page = opened(office)
    for turn in range(2):
        page.session.ask.answer_with(shared.back)
        page.look()
        done(qtbot, page)
        if not turn:
            page.merge()
    assert shared.office.book.fact(key("ho_so_truc_tuyen")).in_conflict
    assert not page.take.isEnabled()
    page.leave.click()
    assert page.stack.currentWidget() is page.start
    page.session.ask.answer_with(None, None, shared.cut, None)
    page.look()
    page.open_packet()
    page.open_packet()


def test_packet_that_goes_the_other_way_is_said(office, shared, qtbot):
    page = opened(office)
    heard = []
    page.session.failed.connect(heard.append)
    page.session.ask.answer_with(shared.cut)
    page.look()
    done(qtbot, page)
    page._path = shared.cut
    page.merge()
    assert [type(one) for one in heard] == [WrongWay, WrongWay]


def test_part_of_a_hamlet_names_it(dressed, shown, desk, tmp_path):
    hamlet = desk.book.hamlets[0]
    packets.cut(desk, tmp_path / "a.ntmpacket", hamlets=(hamlet.id,))
    part = packets.open_packet(tmp_path / "a.ntmpacket", tmp_path / "ap", who="An", clock=Ticking())
    with closing(part):
        window = make_window(part, ScriptedAsk(None), first="packets")
        shown(window, 1024, 697)
        assert f"ấp: {hamlet.name}" in window.page().part_words.text()
        window.page().write_back()
        window.session.publish(answer(part, key("thon_so_ho")._replace(subject=hamlet.id), "310"))
        window.session.tasks.close()
