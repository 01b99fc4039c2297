"""Type of papers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle

from ntm_desktop.documents import styles
from ntm_desktop.documents.styles import BODY, BOLD, REGULAR, paragraph, text_width

ALL = {name: one for name, one in vars(styles).items() if isinstance(one, ParagraphStyle)}


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("NATION", 12, 13),
        ("MOTTO", 13, 14),
        ("SUPERIOR", 12, 13),
        ("HEAD", 12, 13),
        ("NUMBER", 13, 13),
        ("PLACE", 13, 14),
        ("KIND", 13, 14),
        ("ABSTRACT", 13, 14),
        ("BODY", 13, 14),
        ("SIGNING", 13, 14),
        ("RECIPIENTS_TITLE", 12, 12),
        ("RECIPIENTS", 11, 11),
    ],
)
def test_sizes_are_those_of_the_decree(name: str, least: int, most: int) -> None:
    assert least <= ALL[name].fontSize <= most


def test_body_text_keeps_the_decree_on_indent_spacing_and_leading() -> None:
    assert 28.3 <= BODY.firstLineIndent <= 36.1
    assert BODY.spaceAfter >= 6
    assert 1 <= BODY.leading / BODY.fontSize <= 1.5


def test_only_the_four_faces_are_used() -> None:
    assert {one.fontName for one in ALL.values()} | {one.bulletFontName for one in ALL.values()} <= {
        styles.REGULAR,
        styles.BOLD,
        styles.ITALIC,
        styles.BOLD_ITALIC,
    }


def test_bold_is_wider_than_regular() -> None:
    assert text_width("Độc lập - Tự do - Hạnh phúc", BOLD, 13) > text_width(
        "Độc lập - Tự do - Hạnh phúc", REGULAR, 13
    )


@given(st.text(max_size=60))
def test_any_text_can_be_set_and_none_of_it_is_markup(text: str) -> None:
    set_ = paragraph(text, BODY)
    set_.wrap(300, 10_000)
    # A soft hyphen only says where a word may be broken: it is not seen, and need not stay.
    seen = "".join(set_.getPlainText().replace("\u00ad", "").split())
    assert seen == "".join(text.replace("\u00ad", "").split())
