"""The main window at every size: nothing cut, nothing over each other, everything named, and nothing left behind."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from ntm_desktop.i18n import set_language
from ntm_desktop.operations import answer, dossiers, foreign
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.card import RequirementCard
from ntm_desktop.ui.exchange.page import ExchangePage
from ntm_desktop.ui.frame.rail import SCREEN_KEYS
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.look import style
from ntm_desktop.ui.look.tokens import DARK, LIGHT, Palette
from ntm_desktop.ui.parts.words import Fit, Words
from tests.operations.test_foreign import export
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import IT_OF_THE_COMMUNE, entry_of, key, make_desk, make_window, settle

SIZES = (
    (1366, 697),
    (1200, 697),
    (1024, 768),
    (1024, 697),
    (960, 620),
    (911, 512),
    (759, 420),
    (683, 384),
    (512, 340),
)
MAY_BE_ELIDED = {Fit.ELIDE, Fit.ELIDE_MIDDLE}


def cut_words(window: MainWindow) -> list[str]:
    """Return sentences and titles that are shown and do not fit, or that a neighbour or the edge covers."""
    cut = []
    for words in window.findChildren(Words):
        if words.isVisible() and words.text() and words._fit not in MAY_BE_ELIDED:
            too_low = words.hasHeightForWidth() and words.heightForWidth(words.width()) > words.height()
            if words.is_cut() or too_low:
                cut.append(f"{words.text()!r} in {words.width()}x{words.height()}")
    return cut


def overlapping(parent: QWidget) -> list[str]:
    """Return pairs of visible children, placed by a layout, that lie over each other."""
    layout = parent.layout()
    if layout is None:
        return []
    placed = [
        child
        for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child.isVisible() and child.objectName() != "focus_ring" and not child.size().isEmpty()
    ]
    areas = [(child, QRect(child.pos(), child.size())) for child in placed]
    return [
        f"{type(one).__name__} {area} and {type(other).__name__} {other_area} in {type(parent).__name__}"
        for number, (one, area) in enumerate(areas)
        for other, other_area in areas[number + 1 :]
        if area.intersects(other_area)
    ]


@pytest.mark.parametrize(
    ("size", "palette", "language"),
    [
        *((size, LIGHT, "vi") for size in SIZES),
        *((size, LIGHT, "en") for size in SIZES if size[0] in {1366, 911, 512}),
        ((1366, 697), DARK, "vi"),
    ],
)
def test_nothing_is_cut_or_covered_at_any_size(
    dressed: QApplication, desk: Desk, size: tuple[int, int], palette: Palette, language: str
) -> None:
    set_language(language)
    style.apply(dressed, palette)
    try:
        window = make_window(desk)
        window.resize(*size)
        window.show()
        for page, place in (
            ("entry", "8.4"),
            ("entry", "8.2"),
            ("entry", "17.1"),
            ("entry", "14.1"),
            ("overview", ""),
        ):
            window.go_to(page, place)
            settle(dressed)
            assert not cut_words(window), (page, place)
            for card in window.findChildren(RequirementCard):
                assert not overlapping(card), (page, place)
            for part in (window, window.top_bar, window.status_bar):
                assert not overlapping(part), (page, place)
    finally:
        set_language("vi")
        style.apply(dressed, LIGHT)


def _nameless(window: MainWindow) -> list[str]:
    """Return what Tab reaches and a screen reader could not name; the words of a button are its name."""
    found = []
    for widget in window.findChildren(QWidget):
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        words = widget.text() if isinstance(widget, QAbstractButton) else ""
        if reached and not (widget.accessibleName() or words):
            found.append(f"{type(window.page()).__name__}: {type(widget).__name__} {widget.objectName()}")
    return found


def test_everything_tab_reaches_has_a_name(window: MainWindow, qapp: QApplication, desk: Desk) -> None:
    window.session.publish(dossiers.add(desk, "vn-xa-ntm-2026-2030", 2026))
    nameless = []
    for page, place in (
        ("overview", ""),
        ("entry", "1.1"),
        ("hamlets", ""),
        ("figures", ""),
        ("registers", ""),
        ("registers", "survey"),
        ("review", ""),
        ("exchange", ""),
        ("packs", ""),
        ("compare", ""),
        ("safety", ""),
        ("sealing", ""),
    ):
        window.go_to(page, place)
        settle(qapp)
        nameless += _nameless(window)
    assert not nameless


def test_everything_tab_reaches_in_the_assistant_has_a_name(
    window: MainWindow, qapp: QApplication, tmp_path: Path
) -> None:
    looked = foreign.look(export(tmp_path / "một cửa.csv"))
    window.go_to("exchange", "")
    page = window.page()
    assert isinstance(page, ExchangePage)
    page._received(looked)
    page.assistant.add.click()
    page.assistant.rows[0].more.click()
    page.assistant.add_cell.click()
    settle(qapp)
    assert page.assistant.isVisible()
    assert _nameless(window) == []


def test_tab_goes_in_reading_order_and_rail_and_tree_are_one_stop_each(window: MainWindow) -> None:
    page = entry_of(window)
    page.tree.view.setFocus()
    stops = []
    for _step in range(60):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        stops.append(window.focusWidget())
        if stops[-1] is page.tree.view:
            break
    assert stops.count(page.tree.view) == 1
    assert stops.count(window.rail) == 1
    edits = [stop for stop in stops if isinstance(stop, QLineEdit) and page.cards.isAncestorOf(stop)]
    wanted = [one.control for card in page.cards.shown for one in card.inputs.values()]
    assert edits == [control for control in wanted if isinstance(control, QLineEdit)]
    tops = [edit.mapTo(page.cards, QPoint(0, 0)).y() for edit in edits]
    assert tops == sorted(tops)


def test_f6_jumps_between_the_regions(window: MainWindow) -> None:
    page = entry_of(window)
    page.tree.view.setFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_F6)
    assert page.isAncestorOf(window.focusWidget())
    assert window.focusWidget() is not page.tree.view
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() is page.tree.view


def test_find_goes_to_an_indicator_without_diacritics_and_escape_gives_the_focus_back(
    window: MainWindow, qapp: QApplication
) -> None:
    before = window.focusWidget()
    QTest.keyClick(before, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.find_box.input
    QTest.keyClicks(window.focusWidget(), "x")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.focusWidget() is before
    QTest.keyClick(before, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.focusWidget(), "tieu chi 8.1")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    settle(qapp)
    assert entry_of(window).head.code.text() == "8.1"
    assert window.find_box.input.text() == ""


def test_alt_digits_open_the_screens(window: MainWindow) -> None:
    assert len(window.rail.pages()) <= len(SCREEN_KEYS)
    for digit, page in zip(SCREEN_KEYS, window.rail.pages(), strict=False):
        QTest.keyClick(window, Qt.Key(ord(digit)), Qt.KeyboardModifier.AltModifier)
        assert window.page() is window._pages[page]


def test_a_page_out_of_sight_is_rebuilt_once_when_it_is_opened_and_not_before(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_page("overview")
    page = window.page()
    window.open_page("entry")
    told: list[Change] = []
    monkeypatch.setattr(page, "show_change", told.append)
    window.show_change(Change(label="answer"))
    assert [change.structure for change in told] == [False]
    for change in (Change(structure=True), Change(label="answer")):
        window.show_change(change)
    assert len(told) == 1
    for _again in range(2):
        window.open_page("overview")
    assert [change.structure for change in told] == [False, True]


def test_ctrl_s_says_that_everything_is_saved_by_itself(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    window.session.publish(answer.answer(desk, key("so_cbcc"), "22"))
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qapp)
    shown = [words.text() for words in window.findChildren(Words) if words.isVisible()]
    assert any(text.startswith("Đã tự lưu lúc") for text in shown)


def test_the_progress_shrinks_and_vanishes_with_the_room(window: MainWindow, qapp: QApplication) -> None:
    said = []
    for width in (1366, 1024, 911):
        window.resize(width, 697)
        settle(qapp)
        said.append(window.top_bar.progress_words())
    assert "0/19" in said[0]
    assert "0/57" in said[0]
    assert said[1] == "0/57 chỉ tiêu đạt"
    assert said[2] == ""


def test_a_window_that_holds_unsaved_typing_asks_before_it_closes(
    dressed: QApplication, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = ScriptedAsk(False, True)
    window = make_window(desk, ask)
    window.show()
    monkeypatch.setattr(type(window), "unsaved", lambda _self: True)
    assert not window.close()
    assert window.close()
    assert ask.left() == 0


def test_pages_and_window_are_let_go_without_the_collector(dressed: QApplication, tmp_path: Path) -> None:
    desk = make_desk(tmp_path, IT_OF_THE_COMMUNE)
    gc.collect()
    gc.disable()
    try:
        window = make_window(desk)
        window.show()
        for page in ("overview", "entry"):
            window.open_page(page)
        window.go_to("entry", "8.4")
        settle(dressed)
        gone = [weakref.ref(one) for one in (window, *window._pages.values())]
        window.close()
        window.deleteLater()
        del window
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        alive = [type(one()).__name__ for one in gone if one() is not None]
        assert not alive
    finally:
        gc.enable()


def test_opening_and_closing_twenty_times_leaves_no_more_objects(
    dressed: QApplication, tmp_path: Path
) -> None:
    counts = []
    desk = make_desk(tmp_path, IT_OF_THE_COMMUNE)
    close, desk.close = desk.close, lambda: None  # type: ignore[method-assign]
    gc.freeze()  # what earlier tests left is not looked through twenty times
    try:
        for _round in range(20):
            window = make_window(desk)
            window.show()
            window.go_to("entry", "8.4")
            settle(dressed)
            window.close()
            window.deleteLater()
            del window
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            gc.collect()
            counts.append(sum(1 for one in gc.get_objects() if isinstance(one, QWidget)))
    finally:
        gc.unfreeze()
    close()
    assert counts[-1] <= counts[1]
