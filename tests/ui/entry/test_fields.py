"""The input that fits a field, and the text it shows."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.facts.catalogue import Field
from ntm_desktop.i18n import Text
from ntm_desktop.operations import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.fields import make_input, text_of
from ntm_desktop.ui.parts.inputs import NumberInput
from ntm_desktop.ui.parts.tick import YesNoInput
from tests.support.windows import key


def test_numbers_questions_and_their_names(dressed: QApplication, desk: Desk) -> None:
    number = answer.element(desk, "ho_so_giai_quyet")
    question = answer.element(desk, "ht_tthc")
    one = make_input(number, Field(number.name, Text("Tổng số")))
    two = make_input(question, Field(question.name, Text("Giải quyết TTHC")))
    assert isinstance(one, NumberInput)
    assert isinstance(two, YesNoInput)
    assert one.control.accessibleName() == str(number.label)
    assert text_of(number, desk.book.fact(key("ho_so_giai_quyet"))) == "2.382"
    assert text_of(question, desk.book.fact(key("ht_tthc"))) == "Có"
    assert text_of(number, None) == ""


def test_what_could_not_be_read_is_shown_as_typed(dressed: QApplication, desk: Desk) -> None:
    element = answer.element(desk, "so_cbcc")
    answer.answer(desk, key("so_cbcc"), "hai mốt")
    assert text_of(element, desk.book.fact(key("so_cbcc"))) == "hai mốt"
