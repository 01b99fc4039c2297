"""The note: Enter goes to what is empty and then stores; a date that is none stays away."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ntm_desktop.operations.years import Note
from ntm_desktop.ui.figures.note_form import NoteForm


def test_enter_goes_through_the_inputs_and_then_stores(shown) -> None:
    form = NoteForm()
    shown(form, 400, 500)
    stored: list[bool] = []
    form.done.connect(lambda: stored.append(True))
    form.ask("Phiếu đính chính", "Ghi phiếu", "20")
    for text in ("", "Dem sot", "12/BC", "01/03/2024"):
        focused = form.window().focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)
        QTest.keyClick(focused, Qt.Key.Key_Return)
    assert stored == [True]
    assert form.note() == Note("Dem sot", "12/BC", date(2024, 3, 1))
    assert form.value.text() == "20"
    form.dated.replace_text("hôm qua")
    assert form.note().dated is None
