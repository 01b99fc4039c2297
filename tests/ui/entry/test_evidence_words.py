"""Words about files: sizes before and after, remarks, what became of a drop."""

from __future__ import annotations

import pytest

from ntm_desktop.errors import FileUnreadable
from ntm_desktop.operations.attach import Attached, Origin
from ntm_desktop.operations.evidence_intake import Intake
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.ui.entry.evidence_words import (
    intake_words,
    kind_word,
    place_words,
    remark_words,
    second_line,
)


def row(origin: Origin | None) -> Attached:
    evidence = Evidence("ab" * 32, 700_000, "ảnh.jpg", "image/jpeg")
    return Attached(evidence, "8.4.d", "", there=True, also_for=("8.1.a",), origin=origin)


def test_the_size_before_and_after_is_said() -> None:
    assert second_line(row(Origin(4_404_019))) == "Ảnh · 684 KB, ảnh gốc 4,2 MB · dùng cả cho 8.1.a"
    assert second_line(row(None)) == "Ảnh · 684 KB · dùng cả cho 8.1.a"


@pytest.mark.parametrize("code", ["macros", "pdf_broken", "pdf_password"])
def test_every_remark_has_words(code: str) -> None:
    assert remark_words(row(Origin(1, remark=code)))
    assert remark_words(row(None)) == ""


def test_the_place_is_said_with_where_it_is_kept() -> None:
    assert place_words(row(Origin(1, place="10.1, 105.2"))) == "Chụp tại 10.1, 105.2 (chỉ giữ trên máy này)"
    assert place_words(row(None)) == ""


def test_kinds_have_words() -> None:
    assert [kind_word(kind) for kind in ("application/pdf", "text/csv", "x/y")] == ["PDF", "CSV", "Tệp"]


def test_refused_files_are_named_the_first_four() -> None:
    refused = tuple(FileUnreadable(f"{number}.pdf", "EIO") for number in range(6))
    fact, rest = intake_words(Intake((), refused, left_out=3))
    assert fact == "Chưa thêm được tệp nào."
    assert "3.pdf" in rest
    assert "4.pdf" not in rest
    assert "Còn 2 tệp nữa chưa được thêm." in rest
    assert "Còn 3 tệp chưa thêm: quá nhiều trong một lần." in rest
