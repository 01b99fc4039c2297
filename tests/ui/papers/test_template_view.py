"""The side of a paper that shows its template; what runs beside the window runs at once here."""

from __future__ import annotations

import pytest
from docx import Document

from ntm_desktop.documents import office_template
from ntm_desktop.errors import Cancelled, NtmError
from ntm_desktop.operations import papers, templates
from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.papers.template_view import TemplateView
from tests.support.scripted_ask import ScriptedAsk
from tests.support.sealing import SIGNATORY
from tests.support.windows import make_session


@pytest.fixture
def ask():
    return ScriptedAsk()


@pytest.fixture
def view(dressed, desk, ask, monkeypatch):
    def at_once(job, done, failed, progress=None, *, stopped=None, title=""):
        try:
            result = job(print, lambda: False)
        except Cancelled:
            stopped()
        except NtmError as error:
            failed(error)
        else:
            done(result)

    monkeypatch.setattr(office_template, "in_child", lambda job, *given, seconds: job(*given))
    session = make_session(desk, ask)
    monkeypatch.setattr(session.tasks, "run", at_once)
    made = TemplateView(session)
    made.fit(Room(512, 384))
    made.fit(Room(1366, 697))
    made.show_paper(
        templates.form_named(desk, "to_trinh"), papers.freeze_to_look_at(desk, SIGNATORY), looked_at=True
    )
    return made


def test_a_template_is_chosen_its_places_are_told_and_it_is_let_go(view, desk, ask, tmp_path):
    assert view.name.title.text() == "Theo cách trình bày của phần mềm"
    ask.answer_with(tmp_path / "mau.docx", tmp_path / "mau.docx")
    saved = []
    view.saved.connect(saved.append)
    view.save_sample()
    assert saved == ["mau.docx"]
    sample = Document(str(tmp_path / "mau.docx"))
    sample.add_paragraph("{{ ten_la }}")
    sample.save(str(tmp_path / "mau.docx"))
    view.choose_file()
    assert templates.in_use(desk)["to_trinh"].name == view.name.title.text() == "mau.docx"
    assert not view.places.isHidden()
    assert view.unknown.second.text() == "ten_la"
    assert "trich_yeu" in view.used.second.text()
    assert "toan_bo_noi_dung" in view.missing.second.text()
    view.show_paper(None, None, looked_at=True)
    assert not view.choose.isEnabled()
    view.show_paper(
        templates.form_named(desk, "to_trinh"), papers.freeze_to_look_at(desk, SIGNATORY), looked_at=True
    )
    assert not view.places.isHidden()
    view.stop_using()
    assert templates.in_use(desk) == {}
    assert view.places.isHidden()


def test_a_refused_template_changes_nothing(view, desk, ask, tmp_path, qtbot):
    (tmp_path / "xau.docx").write_bytes(b"PK")
    ask.answer_with(tmp_path / "xau.docx", None, None)
    with qtbot.waitSignal(view._session.failed) as failed:
        view.choose_file()
    assert failed.args[0].code == "not_a_template"
    view.choose_file()
    view.save_sample()
    assert templates.in_use(desk) == {}
    assert view.choose.isEnabled()
