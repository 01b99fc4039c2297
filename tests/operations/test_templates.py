"""An office's own template: looked through, kept, used for the Word file, and let go again."""

from __future__ import annotations

import io

import pytest
from docx import Document

from ntm_desktop.documents import forms, office_template
from ntm_desktop.documents.template_refusals import TemplateTooLarge
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.operations import history, papers, templates, wording
from ntm_desktop.operations.papers import Kind
from ntm_desktop.operations.templates import NoSuchPaper, TemplateFile
from tests.support.papers import usual_form
from tests.support.sealing import SIGNATORY, desk_to_seal


@pytest.fixture
def desk(tmp_path, monkeypatch):
    few = tuple(map(usual_form, ("to_trinh", "no_dong_xay_dung")))
    monkeypatch.setattr(forms, "usual_forms", lambda: few)
    with desk_to_seal(tmp_path / "kho") as made:
        yield made


def own(*paragraphs: str) -> TemplateFile:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    content = io.BytesIO()
    document.save(content)
    return TemplateFile("mẫu xã.docx", content.getvalue())


def test_the_word_file_of_a_paper_is_the_office_s_own_and_the_pdf_is_not(desk, tmp_path):
    template = own("MẪU RIÊNG CỦA {{ ten_co_quan }}", "{{ sai_ten }}")
    form = templates.form_named(desk, "to_trinh")
    found = templates.check(template, form, papers.freeze_to_look_at(desk, SIGNATORY).snapshot)
    assert (found.used, found.unknown) == (("ten_co_quan",), ("sai_ten",))
    change = templates.keep(desk, form.id, template)
    assert wording.undo_words(change.label) == "Hoàn tác: chọn mẫu cho giấy tờ"
    assert templates.in_use(desk)[form.id].name == "mẫu xã.docx"
    assert templates.files(desk) == {form.id: template}
    first, _second = papers.write_papers(desk, tmp_path / "ra", SIGNATORY, (Kind.WORD,))[:2]
    words = [one.text for one in Document(first).paragraphs]
    assert words[0].startswith("MẪU RIÊNG CỦA ỦY BAN NHÂN DÂN ")
    assert words[1] == "[sai_ten?]"
    history.undo(desk)
    assert templates.in_use(desk) == {}
    history.redo(desk)
    templates.drop(desk, form.id)
    again = papers.write_papers(desk, tmp_path / "ra", SIGNATORY, (Kind.WORD,))[0]
    assert "MẪU RIÊNG" not in "".join(one.text for one in Document(again).paragraphs)


def test_a_sample_is_read_back_as_a_template(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(office_template, "in_child", lambda job, *given, seconds: job(*given))
    snapshot = papers.freeze_to_look_at(desk, SIGNATORY).snapshot
    form, target = templates.form_named(desk, "no_dong_xay_dung"), tmp_path / "mau.docx"
    templates.write_sample(form, snapshot, target)
    found = templates.check(templates.read(target), form, snapshot)
    assert found.unknown == ()
    assert "tung_cong_trinh" in found.used


def test_what_is_not_there_or_too_large_is_told(desk, tmp_path):
    with pytest.raises(NoSuchPaper) as refused:
        templates.form_named(desk, "giay_la")
    assert refused.value.known == "to_trinh, no_dong_xay_dung"
    with pytest.raises(FileUnreadable):
        templates.read(tmp_path / "khong-co.docx")
    with (tmp_path / "lon.docx").open("wb") as file:
        file.truncate(50 << 20)
    with pytest.raises(TemplateTooLarge):
        templates.read(tmp_path / "lon.docx")
