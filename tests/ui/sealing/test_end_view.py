from __future__ import annotations

from ntm_desktop.operations.seal import Sealed
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.sealing.end_view import EndView
from ntm_desktop.ui.sealing.outcome import Action, FactRow, Outcome, Tone

RECORD = Sealed("d", 1, "9f2c41a7" * 8, "/media/usb/30604.asice", 2048, "VALID", "2026-03-02T08:30:00.000Z")
FACTS = (
    FactRow(Tone.FINE, "met", "Chữ ký đúng", "A", Action.CERTIFICATE),
    FactRow(Tone.NEUTRAL, "clock", "Chưa có dấu thời gian", "B"),
)


def view_of(bench, shown, outcome):
    view = EndView(bench.session)
    shown(view, 1000, 600)
    view.show_outcome(outcome, RECORD)
    shown.settle()
    return view


def test_file_is_named_with_its_check_code_in_fours(bench, shown):
    view = view_of(bench, shown, Outcome(Tone.FINE, "Xong", "", FACTS, checked=True))
    assert view.file.title.text() == "30604.asice"
    assert view.file.second.text() == "Mã kiểm tra " + " ".join(["9F2C 41A7"] * 8)


def test_links_say_what_they_open_and_facts_without_one_have_none(bench, shown):
    view = view_of(bench, shown, Outcome(Tone.FINE, "Xong", "", FACTS, checked=True))
    asked = []
    view.asked.connect(asked.append)
    first, second = (row for row in view.facts.findChildren(ListRow) if row.isVisible())
    assert (first.link.words(), second.link) == ("Xem chứng thư", None)
    first.link.click()
    view.folder.click()
    assert asked == [Action.CERTIFICATE, Action.FOLDER]


def test_other_outcome_takes_the_place_of_the_first(bench, shown):
    view = view_of(bench, shown, Outcome(Tone.FINE, "Xong", "", FACTS, checked=True))
    view.show_outcome(Outcome(Tone.BROKEN, "Tệp đã bị sửa", "", FACTS[1:], checked=True), RECORD)
    assert view.headline.text() == "Tệp đã bị sửa"
    assert view.facts_shown() == ("Chưa có dấu thời gian",)


def test_thresholds_come_below_on_request_and_go_with_the_next_outcome(bench, shown):
    outcome = Outcome(Tone.FINE, "Xong", "", FACTS, checked=True)
    view = view_of(bench, shown, outcome)
    assert view.thresholds.isHidden()
    view.show_thresholds(bench.desk)
    shown.settle()
    assert view.thresholds.isVisible()
    assert view.verticalScrollBar().value() > 0
    view.show_outcome(outcome, RECORD)
    assert view.thresholds.isHidden()
