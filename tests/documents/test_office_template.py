"""An office's own template: its places are filled and told, and whatever else it tries is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document

from ntm_desktop.documents import office_template
from ntm_desktop.documents.office_template import LARGEST, Drawn, fill_job, fill_template
from ntm_desktop.documents.template_refusals import (
    ContentInsideText,
    NotATemplate,
    TemplateFaulty,
    TemplateHasPrograms,
    TemplateLinksOut,
    TemplateReachesOut,
    TemplateTooLarge,
)
from ntm_desktop.documents.word import word_xml
from ntm_desktop.errors import NtmError
from ntm_desktop.media.child import Answer, CannotError, in_child

VALUES = {
    "ten_xa": "xã <Vĩnh> & An\x0b",
    "bang": [{"ten": "một & hai"}, {"ten": "<ba>"}],
    "nhieu_doan": "đoạn một\ađoạn hai",
}
DRAWN = Drawn("noi_dung", *word_xml([]))


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    """Do the child's work in this process."""

    def here(job: Callable[..., Answer], *arguments: object, seconds: float) -> Answer:
        assert seconds == office_template.SECONDS
        return job(*arguments)

    monkeypatch.setattr(office_template, "in_child", here)


def written(*paragraphs: str, table: tuple[str, ...] = ()) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        made = document.add_table(rows=len(table), cols=1)
        for row, text in zip(made.rows, table, strict=True):
            row.cells[0].text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def filled(template: bytes):
    return fill_template(template, "mẫu.docx", VALUES, DRAWN)


def text_of(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(one.text for one in document.paragraphs), *cells]


def with_part(template: bytes, name: str, content: bytes) -> bytes:
    """Put a part into a document, in place of the one of that name."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def test_places_loops_and_paragraphs_are_filled_with_letters_that_mean_something_in_xml() -> None:
    rows = ("{%tr for dong in bang %}", "{{ dong.ten }}", "{%tr endfor %}")
    found = filled(written("Tại {{ ten_xa }}.", "{{ nhieu_doan }}", "{{p noi_dung }}", table=rows))
    assert text_of(found.content) == ["Tại xã <Vĩnh> & An.", "đoạn một", "đoạn hai", "một & hai", "<ba>"]
    assert found.used == ("bang", "nhieu_doan", "noi_dung", "ten_xa")
    assert (found.unknown, found.missing) == ((), ())


def test_a_name_there_is_no_place_of_is_printed_and_told() -> None:
    rows = ("{%tr for dong in bang %}", "{{ dong.tuoi }}", "{%tr endfor %}")
    found = filled(written("{{ ten_xax }} {{ la['<b>'].gi }}{% if khong_co %}a{% endif %}", table=rows))
    assert text_of(found.content) == ["[ten_xax?] [la?]", "[tuoi?]", "[tuoi?]"]
    assert found.unknown == ("khong_co", "la", "ten_xax", "tuoi")
    assert found.missing == ("noi_dung", "ten_xa", "nhieu_doan")


def test_what_the_program_drew_comes_in_with_its_styles() -> None:
    from ntm_desktop.documents.styles import BODY, paragraph

    drawn = Drawn("noi_dung", *word_xml([paragraph("Một & hai", BODY)]))
    found = fill_template(written("{{p noi_dung }}", "sau"), "a", {}, drawn)
    document = Document(io.BytesIO(found.content))
    assert [(one.text, one.style.name) for one in document.paragraphs] == [
        ("Một & hai", "NTM body"),
        ("sau", "Normal"),
    ]
    again = fill_template(found.content, "a", {}, drawn)  # the style is there already
    assert text_of(again.content) == ["Một & hai", "sau"]


REL = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
OUT = (
    b'<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"'
    b' Target="http://a.example/x" TargetMode="External"/></Relationships>'
)
PLAIN = written("a")


def linked(kind: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as parts:
        rels = parts.read("word/_rels/document.xml.rels")
    return with_part(
        PLAIN, "word/_rels/document.xml.rels", rels.replace(b"</Relationships>", b"") + OUT % kind
    )


@pytest.mark.parametrize(
    ("template", "error"),
    [
        (b"", NotATemplate),
        (b"%PDF-1.4", NotATemplate),
        (with_part(PLAIN, "word/document.xml", b"<w:document"), NotATemplate),
        (with_part(PLAIN, "word/vbaProject.bin", b"x"), TemplateHasPrograms),
        (with_part(PLAIN, "word/embeddings/oleObject1.bin", b"x"), TemplateHasPrograms),
        (
            with_part(
                PLAIN, "[Content_Types].xml", b"application/vnd.ms-word.document.macroEnabled.main+xml"
            ),
            TemplateHasPrograms,
        ),
        (linked(b"image"), TemplateLinksOut),
        (linked(b"attachedTemplate"), TemplateLinksOut),
        (bytes(LARGEST + 1), TemplateTooLarge),
        (with_part(PLAIN, "word/media/large.png", bytes(65 << 20)), TemplateTooLarge),
        (written("{{ ten_xa.__class__ }}"), TemplateReachesOut),
        (written("{{ ten_xa.__class__.__mro__[1].__subclasses__() }}"), TemplateReachesOut),
        (written("{{ bang.append(1) }}"), TemplateReachesOut),
        (written("{{ ''|attr('__class__') }}"), TemplateReachesOut),
        (written("{{ '{0.__class__}'.format(ten_xa) }}"), TemplateReachesOut),
        (written("{% for i in range(10**9) %}a{% endfor %}"), TemplateFaulty),
        (written("{{ lipsum() }}"), TemplateFaulty),
        (written("{% include 'a' %}"), TemplateFaulty),
        (written("{% for dong in bang %}{{ dong.ten }}"), TemplateFaulty),
        (written("{{ ten_xa / 0 }}"), TemplateFaulty),
        (written("Tên: {{ ten_xa "), TemplateFaulty),
        (written("a {{ noi_dung }} b"), ContentInsideText),
    ],
)
def test_what_is_no_plain_template_is_refused(template: bytes, error: type[NtmError]) -> None:
    drawn = Drawn("noi_dung", "<w:p xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'/>")
    with pytest.raises(error) as refused:
        fill_template(template, "mẫu.docx", VALUES, drawn)
    assert refused.value.facts()["path"] == "mẫu.docx"


def test_a_link_to_be_clicked_is_no_reason_and_a_faulty_place_is_quoted() -> None:
    assert text_of(filled(linked(b"hyperlink")).content) == ["a"]
    with pytest.raises(TemplateFaulty) as refused:
        filled(written("Tên: {% for a in bang %}"))
    assert "{% for a in bang %}" in refused.value.near


def test_an_endless_template_is_given_up(monkeypatch) -> None:
    monkeypatch.setattr(office_template, "SECONDS", 2)
    monkeypatch.setattr(office_template, "in_child", in_child)
    loops = "".join(f"{{% for {name} in s %}}" for name in "abcd") + "{% endfor %}" * 4
    with pytest.raises(TemplateTooLarge):
        filled(written("{% set s = 'x' * 10000 %}" + loops))


def test_memory_that_runs_out_is_a_template_that_is_too_large(monkeypatch) -> None:
    def no_room(*_arguments: object, seconds: float) -> Answer:
        raise CannotError("memory" if seconds else "")

    monkeypatch.setattr(office_template, "in_child", no_room)
    with pytest.raises(TemplateTooLarge):
        filled(PLAIN)


def test_the_job_needs_nothing_but_what_it_is_given() -> None:
    answer = fill_job(written("{{ a }}"), {"a": "1"}, "b", "", ())
    assert (answer.facts["used"], answer.facts["unknown"]) == ("a", "")
