"""The sample template: filled as it is, it is the paper."""

from __future__ import annotations

import dataclasses
import io

import pytest
from docx import Document

from ntm_desktop.documents import office_template
from ntm_desktop.documents.sample_template import sample_template
from ntm_desktop.documents.template_places import fill_own, places_for
from ntm_desktop.documents.word import write_word
from tests.support.papers import usual_form
from tests.support.snapshots import LONG_COMMUNE, make_snapshot


@pytest.mark.parametrize("name", ["bao_cao_ket_qua", "no_dong_xay_dung", "bieu_10"])
def test_every_place_of_the_sample_is_filled(name: str, monkeypatch) -> None:
    monkeypatch.setattr(office_template, "in_child", lambda job, *given, seconds: job(*given))
    form, snapshot = usual_form(name), dataclasses.replace(make_snapshot(), commune=LONG_COMMUNE)
    content = io.BytesIO()
    write_word(sample_template(form, snapshot), content)
    sample = Document(io.BytesIO(content.getvalue()))
    listed = "\n".join(one.text for one in sample.paragraphs)
    places = places_for(form, snapshot)
    assert all(f"{{#p {one.name}: " in listed for one in places.about)
    found = fill_own(content.getvalue(), "a", form, snapshot)
    assert found.unknown == ()
    filled = Document(io.BytesIO(found.content))
    words = "\n".join(one.text for one in filled.paragraphs)
    assert "{" not in words
    assert form.kind in words
    tables = [one for one in places.parts if one.is_table and one.columns]
    assert [len(table.rows) for table in filled.tables[1:-1]] == [1 + len(one.value) for one in tables]
    assert "ĐẶC KHU VĂN MIẾU" in filled.tables[0].rows[0].cells[0].text
