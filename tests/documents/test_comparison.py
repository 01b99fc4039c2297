"""The comparison of two sets on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.documents.comparison import ComparedRow, ComparedSets, write_comparison
from ntm_desktop.errors import FileUnwritable
from tests.support.pdf import flowing_text_of, needs_poppler

ROW = ComparedRow(
    "15.1",
    "Bảo hiểm y tế",
    Verdict.MET,
    Verdict.NOT_MET,
    ("Mức đạt từ ≥ 90 % lên ≥ 95 %", "Thiếu 571 người."),
)
LATE = ComparedRow("11", "Hộ nghèo <5%", None, Verdict.NOT_MET, (), "Sớm nhất năm 2026 mới đạt được.")


def _sets(*rows: ComparedRow) -> ComparedSets:
    return ComparedSets(
        commune="Xã Vĩnh An, tỉnh An Giang",
        year=2024,
        first="Xã NTM 2021–2025, bản 1.0.0",
        second="Xã NTM 2026–2030, bản 1.0.0",
        counts=((Verdict.MET, Verdict.NOT_MET, 5), (None, Verdict.MET, 9)),
        rows=rows,
        notes=("Bộ sau chưa đủ nội dung.",),
        program="1.0.0",
        taken_at="2024-12-31T07:02:00.000Z",
    )


@needs_poppler
def test_rows_say_both_verdicts_why_and_from_when(tmp_path: Path) -> None:
    assert write_comparison(_sets(ROW, LATE), tmp_path / "a.pdf") == 2
    text = flowing_text_of(tmp_path / "a.pdf")
    for part in (
        "Bộ sau chưa đủ nội dung.",
        "15.1 Bảo hiểm y tế",
        "Mức đạt từ ≥ 90 % lên ≥ 95 %",
        "Thiếu 571 người.",
        "Hộ nghèo <5%",
        "Không có",
        "Sớm nhất năm 2026 mới đạt được.",
    ):
        assert part in text


@needs_poppler
def test_without_rows_it_says_that_nothing_differs(tmp_path: Path) -> None:
    write_comparison(_sets(), tmp_path / "a.pdf")
    assert "Không có chỉ tiêu nào khác nhau." in flowing_text_of(tmp_path / "a.pdf")


def test_the_same_comparison_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        write_comparison(_sets(ROW), tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        write_comparison(_sets(ROW), tmp_path / "khong-co" / "a.pdf")
