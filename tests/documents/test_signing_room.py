from __future__ import annotations

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from ntm_desktop.documents.signing_room import signing_room
from ntm_desktop.trust.pdf_signing import outlook
from tests.support.signed_papers import paper


def test_each_room_is_told_after_the_words_the_paper_has_anyway():
    words = outlook(paper(rooms=2, keywords="files=ab")).keywords
    assert words[0] == "files=ab"
    first, second = ([int(part) for part in word.partition("=")[2].split("/")] for word in words[1:])
    page, left, bottom, right, top = first
    assert (page, right - left, top - bottom) == (1, 227, 85)
    assert second[4] <= bottom


def test_room_on_a_canvas_that_takes_no_notes_is_only_empty():
    content = BytesIO()
    canvas = Canvas(content)
    signing_room(50, 20).drawOn(canvas, 10, 10)
    canvas.save()
    assert b"signature=" not in content.getvalue()
