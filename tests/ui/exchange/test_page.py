"""Files come in through a preview and go out as forms; a table of another program is explained once."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ntm_desktop.operations import foreign
from ntm_desktop.operations.attach import attached
from ntm_desktop.operations.history import undo
from ntm_desktop.ui.exchange.page import ExchangePage
from ntm_desktop.ui.session import Session
from tests.operations.test_foreign import ONE_STOP, export
from tests.support.books import save
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import key


def _wait(page: ExchangePage, qtbot: QtBot) -> None:
    running = page._running
    assert running is not None
    qtbot.waitUntil(lambda: not running.is_running, timeout=60_000)
    page.progress.hide()


def _ask(session: Session, *answers: object) -> None:
    assert isinstance(session.ask, ScriptedAsk)
    session.ask.answer_with(*answers)


def test_file_is_shown_first_and_only_ticked_figures_are_taken_with_one_undo(
    page: ExchangePage, qtbot: QtBot, tmp_path: Path
) -> None:
    entries = [
        {"element": "ho_so_truc_tuyen", "period": "2024", "value": "700"},
        {"element": "dan_so", "period": "2024", "value": "8.298"},
        {"element": "so_cbcc", "period": "2024", "value": "nhiều"},
    ]
    (tmp_path / "a.json").write_text(json.dumps({"facts": entries}), encoding="utf-8")
    _ask(page.session, tmp_path / "a.json")
    page.open.click()
    _wait(page, qtbot)
    view, desk = page.preview, page.session.desk
    assert page.stack.currentWidget() is view
    assert [view.model.count(kind) for kind in ("", "new", "changed", "refused")] == [3, 1, 1, 1]
    assert view.model.index(1, 0).data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
    view.filters.choose("new")
    view.focus()
    QTest.keyClick(view.table, Qt.Key.Key_Space)
    assert view.model.chosen == {0}
    view.take.click()
    _wait(page, qtbot)
    assert desk.book.fact(key("dan_so")) is None
    fact = desk.book.fact(key("ho_so_truc_tuyen"))
    assert fact is not None
    assert fact.claims[0].text == "700"
    undo(desk)
    fact = desk.book.fact(key("ho_so_truc_tuyen"))
    assert fact is not None
    assert fact.claims[0].text == "612"


def test_nothing_ticked_greys_the_button_and_refusing_stores_nothing(
    page: ExchangePage, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text('{"facts": []}', encoding="utf-8")
    page.receive(tmp_path / "a.json")
    _wait(page, qtbot)
    assert not page.preview.take.isEnabled()
    page.preview.refuse.click()
    assert page.stack.currentWidget() is page.start


def test_table_is_explained_counted_kept_and_shown_as_evidence_without_names(
    page: ExchangePage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.receive(export(tmp_path / "một cửa.csv", solved=900, online=300))
    _wait(page, qtbot)
    assistant, desk = page.assistant, page.session.desk
    assert page.stack.currentWidget() is assistant
    assert not assistant.go.isEnabled()
    row = assistant.rows[0]
    row.figure.set_key("ho_so_giai_quyet")
    row.once.set_key("Mã hồ sơ")
    test = row.tests[0]
    test.column.set_key("Trạng thái")
    test.column.chosen.emit("Trạng thái")
    assert test.test() is None
    for number in range(test.values.count()):
        item = test.values.item(number)
        if str(item.data(Qt.ItemDataRole.UserRole)).startswith("Đã trả"):
            item.setCheckState(Qt.CheckState.Checked)
    row.more.click()
    row.tests[1].column.set_key("Ngày trả")
    row.tests[1].column.chosen.emit("Ngày trả")
    assistant.name.setText("một cửa")
    assistant.evidence.set_key("8.4.d|bao_cao_mot_cua")
    assert assistant.go.isEnabled()
    page._press_primary()
    _wait(page, qtbot)
    assert [line.proposal.text for line in page.preview.seen.rows] == ["900"]
    page.preview.take.click()
    _wait(page, qtbot)
    _wait(page, qtbot)  # the copy for evidence comes after the figures
    assert [one.requirement for one in attached(desk)] == ["8.4.d"]
    assert list(foreign.mappings(desk)) == ["một cửa"]
    page.receive(export(tmp_path / "sau.csv", solved=950))
    _wait(page, qtbot)
    assert assistant.kept.key() == "một cửa"
    assert assistant.go.isEnabled()


def test_kept_mapping_fills_the_assistant_again(page: ExchangePage, qtbot: QtBot, tmp_path: Path) -> None:
    foreign.keep_mapping(page.session.desk, ONE_STOP)
    page.receive(export(tmp_path / "a.csv"))
    _wait(page, qtbot)
    made = page.assistant.mapping()
    assert [one.element for one in made.counted] == ["ho_so_giai_quyet", "ho_so_truc_tuyen"]
    assert made.counted[1].tests == ONE_STOP.counted[1].tests
    page.assistant.rows[1].away.click()
    assert len(page.assistant.rows) == 1
    page.assistant.look_again.emit("", 2)
    _wait(page, qtbot)
    assert page.assistant.heading.key() == "2"
    page.assistant.back.click()
    assert page.stack.currentWidget() is page.start


def test_cells_of_the_offices_own_report_become_figures_of_the_chosen_year(
    page: ExchangePage, qtbot: QtBot, tmp_path: Path
) -> None:
    cells = {"A1": "BÁO CÁO", "B3": "Dân số", "D3": 8100, "B4": "Hồ sơ giải quyết", "D4": "1.954"}
    page.go_to(str(save(tmp_path / "báo cáo 2023.xlsx", cells, sheet="Biểu")))
    _wait(page, qtbot)
    assistant, desk = page.assistant, page.session.desk
    assert [assistant.year.itemText(at) for at in range(2)] == ["2024", "2023"]
    assistant.year.set_key("2023")
    for element, address in (("dan_so", "D3"), ("ho_so_giai_quyet", "d4"), ("so_cbcc", "D")):
        assistant.add_cell.click()
        row = assistant.cells[-1]
        assert row.figure.accessibleName()
        assert row.address.accessibleName()
        row.figure.set_key(element)
        row.address.setText(address)
    assert assistant.cells[0].found.text() == "Dân số: 8100"
    assert not assistant.go.isEnabled(), "D is no cell"
    assistant.cells[2].away.click()
    assert assistant.go.isEnabled(), "nothing need be counted where single cells are named"
    assistant.name.setText("báo cáo")
    assistant.go.click()
    _wait(page, qtbot)
    page.preview.take.click()
    _wait(page, qtbot)
    assert desk.book.values[key("ho_so_giai_quyet", 2023)] == 1954
    assert desk.book.values[key("dan_so", 2023)] == 8100
    page.receive(tmp_path / "báo cáo 2023.xlsx")
    _wait(page, qtbot)
    assistant.kept.set_key("báo cáo")
    assistant._show_kept("báo cáo")
    assert [one.label for one in assistant.mapping().cells] == ["Dân số", "Hồ sơ giải quyết"]


def test_forms_and_papers_are_written_where_asked(page: ExchangePage, tmp_path: Path) -> None:
    folder = tmp_path / "ra"
    folder.mkdir()
    _ask(page.session, folder / "a.xlsx", folder, folder / "b.pdf", folder / "c.xlsx")
    for button in (page.write, page.write_each, page.print, page.copy):
        button.click()
    assert {"a.xlsx", "b.pdf", "c.xlsx"} < {path.name for path in folder.iterdir()}
    _ask(page.session, None, None, None, None, None)
    for button in (page.write, page.write_each, page.print, page.copy, page.open):
        button.click()


def test_paper_form_is_typed_back_with_enter_only(page: ExchangePage, qtbot: QtBot) -> None:
    page.type.click()
    quick, desk = page.quick, page.session.desk
    assert page.stack.currentWidget() is quick
    first = quick.hamlet.key()
    count = len(quick.inputs)
    asked, shown = quick.inputs[0]
    shown.set_text("có")
    shown.committed.emit("có")
    assert desk.book.fact(asked.key) is not None
    for _question in range(count):
        quick.inputs[_question][1].advanced.emit()
    assert quick.hamlet.key() != first
    quick.end.click()
    assert page.stack.currentWidget() is page.start
