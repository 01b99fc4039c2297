"""Sections that are written by hand."""

from __future__ import annotations

from ntm_desktop.operations.paper_sections import Section
from ntm_desktop.ui.papers.section_view import SectionView


def test_what_was_typed_is_handed_on_once_and_undo_shows_what_is_stored(shown):
    view, written = SectionView(), []
    shown(view, 500, 400)
    view.written.connect(lambda name, text: written.append((name, text)))
    section = Section("debts", "II. CÔNG TRÌNH", "", ("Tên", "Nợ"), ("Cầu",))
    view.show_sections("a", [section], editable=True)
    (box,) = view.boxes
    box.setPlainText("500")
    view.store()
    assert written == [("debts", "500")]
    view.show_sections("a", [Section("debts", "II. CÔNG TRÌNH", "400")], editable=False)
    assert view.boxes == (box,)
    assert box.toPlainText() == "400"
    assert box.isReadOnly()
    view.store()
    assert len(written) == 1
    view.show_sections("b", [], editable=True)
    assert view.boxes == ()
