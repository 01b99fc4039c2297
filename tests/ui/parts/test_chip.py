from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from ntm_desktop.ui.look.tokens import LIGHT, Ink, State
from ntm_desktop.ui.parts.chip import Icon, KeyCap, StateWord, UncheckedMark, VerdictChip


@pytest.mark.parametrize("state", State, ids=lambda state: state.name)
def test_chip_is_words_on_the_pale_ground_of_its_state(shown, state):
    chip = VerdictChip(state, "Chưa đủ số liệu")
    shown(chip, chip.sizeHint().width(), chip.sizeHint().height())
    image = chip.grab().toImage()
    assert chip.text() == "Chưa đủ số liệu"
    assert image.pixelColor(3, 12) == QColor(LIGHT.hex(state.ground))
    assert chip.sizeHint().height() == 24


def test_chip_changes_at_once_and_grows_with_its_words(dressed):
    chip = VerdictChip(State.MET, "Đạt")
    narrow = chip.sizeHint().width()
    chip.set_state(State.UND, "Chưa đủ số liệu")
    assert chip.state is State.UND
    assert chip.text() == "Chưa đủ số liệu"
    assert chip.sizeHint().width() > narrow
    chip.set_state(State.UND, "Chưa đủ số liệu")
    assert chip.state is State.UND


def test_chips_are_not_reached_by_the_keyboard(dressed):
    assert VerdictChip(State.MET, "Đạt").focusPolicy().value == 0


@pytest.mark.parametrize(
    "make",
    [
        lambda: StateWord(State.NOT_MET, "ỬỰ Ẵ"),
        lambda: UncheckedMark("CHƯA ĐỐI CHIẾU Ẵ"),
        lambda: KeyCap("Ẵ Ổ"),
        lambda: VerdictChip(State.NOT_MET, "ẴỔẤẬ"),
    ],
)
def test_marks_leave_a_free_row_above_the_highest_accent(shown, make):
    mark = make()
    shown(mark, mark.sizeHint().width(), mark.sizeHint().height() + 20)
    roomy = mark.grab().toImage()
    mark.resize(mark.sizeHint())
    shown.settle()
    tight = mark.grab().toImage()
    dark = (QColor(LIGHT.text2), QColor(LIGHT.not_met))

    def count(image):
        return sum(
            image.pixelColor(x, y) in dark for x in range(image.width()) for y in range(image.height())
        )

    assert count(tight) == count(roomy)


def test_icon_keeps_its_square_in_a_larger_place(shown):
    icon = Icon("warn", Ink.UND, 14, name="Cần xem lại")
    icon.setFixedHeight(20)
    shown(icon, 14, 20)
    icon.set_icon("not_met", Ink.NOT_MET)
    image = icon.grab().toImage()
    assert image.pixelColor(7, 1) == QColor(LIGHT.window)
    assert image.pixelColor(7, 5) == QColor(LIGHT.not_met)
    assert icon.accessibleName() == "Cần xem lại"
