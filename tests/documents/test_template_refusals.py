"""Refusals of templates name the file and what to do."""

from __future__ import annotations

from ntm_desktop.documents.template_refusals import TemplateFaulty, TemplateTooLarge
from ntm_desktop.operations.wording import explain


def test_refusals_name_the_file_and_the_place() -> None:
    assert "mau.docx" in explain(TemplateTooLarge("mau.docx")).what
    assert "8 MB" in explain(TemplateTooLarge("mau.docx")).next_step
    assert "{{ ten" in explain(TemplateFaulty("mau.docx", "{{ ten")).what
