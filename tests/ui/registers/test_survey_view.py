from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.registers.page import RegistersPage
from ntm_desktop.ui.registers.survey_view import SurveyView, doubt_words
from tests.support.scripted_ask import ScriptedAsk


def shown(page: RegistersPage) -> SurveyView:
    page.show_register("survey")
    return page.survey


def test_tallies_pasted_from_excel_show_rates_and_who_is_missing(page: RegistersPage) -> None:
    view = shown(page)
    assert view.sheet is not None
    assert "Còn 4 ấp chưa hỏi" in view.forms.text()
    view.focus()
    view.sheet.setCurrentIndex(view.sheet.table.index(0, 1))
    columns = "100\t90\t81\t81\t81\t81\t45\t81\t81\t81\t80"
    QGuiApplication.clipboard().setText("\n".join([columns] * 4))
    view.sheet.paste()
    words = [one.text() for one in view._rates]
    assert words[4] == "5. Y tế: 50 % (180/360)"
    assert words[-1] == "Hài lòng chung: 88,88 % (320/360)"
    assert "chưa hỏi" not in view.forms.text()
    assert view.doubts.isHidden()


def test_the_tallies_are_taken_over_into_the_dossier(page: RegistersPage, desk: Desk) -> None:
    view = shown(page)
    assert view.sheet is not None
    for column, text in ((2, "90"), (11, "80")):
        view.sheet.table.setData(view.sheet.table.index(0, column), text)
    assert [line.code for line in view.feeds.lines] == [
        "dk.hai_long",
        "dk.hai_long",
        "dk.hai_long",
        "8.4.e",
    ]
    view.feeds.lines[-1].take.click()
    assert desk.evaluation.requirements["8.4.e"].verdict is Verdict.MET
    assert not view.feeds.lines[0].go.isEnabled()


def test_a_tally_that_cannot_be_is_told(page: RegistersPage) -> None:
    view = shown(page)
    assert view.sheet is not None
    for column, text in ((2, "10"), (11, "80")):
        view.sheet.table.setData(view.sheet.table.index(0, column), text)
    assert "phiếu hài lòng nhiều hơn phiếu hợp lệ" in view.doubts.text()
    assert doubt_words("Vĩnh Lợi", "more_sent_than_households").startswith("Vĩnh Lợi: ")


def test_slips_and_results_are_written_where_the_officer_says(page: RegistersPage, tmp_path: Path) -> None:
    view = shown(page)
    page.session.ask = ScriptedAsk(tmp_path / "phieu.pdf", tmp_path / "ket-qua.pdf", None)
    view.slips.click()
    view.results.click()
    view.results.click()
    assert (tmp_path / "phieu.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "ket-qua.pdf").read_bytes().startswith(b"%PDF")
    assert "ket-qua.pdf" in view.told.words()


def test_without_a_dossier_the_page_says_what_is_needed(page: RegistersPage, desk: Desk) -> None:
    view = shown(page)
    page.session.publish(desk.choose(None))
    assert view.nothing.isVisible()
    assert view.slips.isHidden()
    assert not page.next_problem(1)


def test_the_page_goes_to_the_survey_and_back_to_a_register(window: MainWindow, page: RegistersPage) -> None:
    window.go_to("registers", "hamlets")
    assert page.survey.isVisible()
    assert page.add.isHidden()
    window.go_to("registers", "san_pham_ocop")
    assert page.grid.isVisible()
    assert page.add.isVisible()
