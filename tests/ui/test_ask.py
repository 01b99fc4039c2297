from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from ntm_desktop.ui.ask import AfterBug, Ask, Bug, FileKinds, Question, SecretPrompt
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.words import Words
from tests.support.scripted_ask import ScriptedAsk

SEAL = Question(
    title="Ký hồ sơ năm 2024?", text="Sau khi ký, số liệu năm 2024 được khóa.", action="Ký", back="Để sau"
)
PIN = SecretPrompt(title="Mở chứng thư số", text="Nhập mã PIN của USB ký số.", label="Mã PIN", action="Mở")


LONG = Question(title="Ký hồ sơ năm 2024?", text="Sau khi ký, số liệu năm 2024 được khóa. " * 6, action="Ký")


class Officer:
    """Does something as soon as a modal window is there."""

    def __init__(self, act) -> None:
        self._act = act
        self.words: list[str] = []
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self):
        window = QApplication.activeModalWidget()
        if isinstance(window, QDialog):
            self._timer.stop()
            self.words = [button.words() for button in window.findChildren(Button)]
            try:
                self._act(window)
            except AssertionError:
                window.reject()
                raise


def press(key):
    return lambda window: QTest.keyClick(window.focusWidget() or window, key)


@pytest.mark.parametrize(("key", "answer"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)])
def test_enter_presses_the_verb_and_esc_goes_back(dressed, key, answer):
    officer = Officer(press(key))
    assert Ask().confirm(None, SEAL) is answer
    assert officer.words == ["Để sau", "Ký"]


def test_a_long_question_is_shown_whole(dressed):
    cut = []

    def look(window):
        cut.extend(
            words
            for words in window.findChildren(Words)
            if words.height() < words.heightForWidth(words.width())
        )
        window.reject()

    officer = Officer(look)
    assert not Ask().confirm(None, LONG)
    assert cut == []
    assert officer.words[1] == "Ký"


def test_a_secret_is_shown_as_dots_and_handed_back(dressed):
    def enter(window):
        line = window.findChild(QLineEdit)
        assert line.echoMode() is QLineEdit.EchoMode.Password
        assert window.focusWidget() is line
        assert line.accessibleName() == "Mã PIN"
        QTest.keyClicks(line, "1234")
        QTest.keyClick(line, Qt.Key.Key_Return)

    officer = Officer(enter)
    assert Ask().secret(None, PIN) == "1234"
    assert officer is not None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_no_secret_is_handed_back_for_an_empty_line_or_esc(dressed, key):
    officer = Officer(press(key))
    assert Ask().secret(None, PIN) is None
    assert officer.words


def test_details_are_folded_away_until_asked_for(dressed):
    seen = []

    def unfold(window):
        box = window.findChild(QPlainTextEdit)
        seen.append(box.isHidden())
        window.findChildren(Button)[0].click()
        seen.append(box.isHidden())
        window.findChildren(Button)[1].click()
        seen.append(QApplication.clipboard().text())
        window.accept()

    officer = Officer(unfold)
    Ask().show_details(None, "Không đọc được tệp", "Số liệu vẫn còn.", "code=7")
    assert seen == [True, False, "code=7"]
    assert officer.words


BUG = Bug(safe="Vừa đọc lại từ ổ đĩa.", proven=True, details="NTM Desktop\nIndexError", supported=True)


@pytest.mark.parametrize(
    ("act", "answer"),
    [
        (press(Qt.Key.Key_Return), AfterBug.GO_ON),
        (press(Qt.Key.Key_Escape), AfterBug.ESCAPED),
        (lambda window: button_of(window, 2).click(), AfterBug.SUPPORT),
        (lambda window: button_of(window, 3).click(), AfterBug.CLOSE),
    ],
)
def test_after_a_bug_the_officer_goes_on_closes_or_asks_for_support(dressed, act, answer):
    officer = Officer(act)
    assert Ask().tell_bug(None, BUG) is answer
    assert len(officer.words) == 5


def test_places_of_a_bug_are_folded_away_and_support_is_offered_only_where_it_can_be_given(dressed):
    told = []

    def read(window):
        told.append(window.findChild(QPlainTextEdit).toPlainText())
        window.accept()

    held = Officer(press(Qt.Key.Key_Return))
    assert Ask().tell_bug(None, replace(BUG, proven=False)) is AfterBug.GO_ON
    assert len(held.words) == 5
    officer = Officer(read)
    Ask().tell_bug(None, replace(BUG, supported=False, proven=False))
    assert "IndexError" in told[0]
    assert len(officer.words) == 4


def button_of(window, number):
    return window.findChildren(Button)[number]


def test_files_are_asked_for_with_their_kind(dressed, monkeypatch, tmp_path):
    asked = []

    def get(kind, answer):
        return lambda *arguments: asked.append((kind, *arguments[1:])) or answer

    monkeypatch.setattr(QFileDialog, "getOpenFileName", get("open", (str(tmp_path / "a.xlsx"), "")))
    monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", get("several", ([str(tmp_path / "a"), str(tmp_path / "b")], ""))
    )
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", get("folder", str(tmp_path)))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", get("save", ("", "")))
    kinds = FileKinds(
        title="Chọn tệp", words="Excel", patterns=("*.xlsx", "*.xls"), folder=tmp_path, suggested="mau.xlsx"
    )
    ask, parent = Ask(), QWidget()
    assert ask.open_file(parent, kinds) == tmp_path / "a.xlsx"
    assert ask.open_files(parent, kinds) == (tmp_path / "a", tmp_path / "b")
    assert ask.folder(parent, FileKinds(title="Chọn", folder=tmp_path)) == tmp_path
    assert ask.save_as(parent, kinds) is None
    assert asked[0][:3] == ("open", "Chọn tệp", str(tmp_path / "mau.xlsx"))
    assert asked[0][3].startswith("Excel (*.xlsx *.xls);;")


def test_script_answers_in_order_and_refuses_what_nobody_wrote(qapp):
    ask = ScriptedAsk(True, Path("E:/x.asice"), None)
    assert ask.confirm(None, SEAL) is True
    assert ask.save_as(None, FileKinds(title="x")) == Path("E:/x.asice")
    assert ask.secret(None, PIN) is None
    assert ask.left() == 0
    with pytest.raises(pytest.fail.Exception, match="nobody wrote"):
        ask.confirm(None, SEAL)
