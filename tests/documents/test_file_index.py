"""The index of files: every file, every digit."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from ntm_desktop.documents.file_index import IndexedFile, grouped, write_index
from tests.support.pdf import flowing_text_of, fonts_of, info_of, needs_poppler, page_texts
from tests.support.snapshots import make_snapshot


def files(count: int) -> list[IndexedFile]:
    made = []
    for number in range(count):
        sha256 = hashlib.sha256(str(number).encode()).hexdigest()
        made.append(IndexedFile(f"evidence/{sha256[:12]}_tep_{number}.pdf", number * 1000, sha256))
    return made


def test_digits_are_grouped_by_eight_on_two_lines() -> None:
    first, second = grouped("0123456789abcdef" * 4).split("\n")
    assert first == second == "01234567 89abcdef 01234567 89abcdef"


@needs_poppler
def test_five_hundred_files_are_all_there_with_every_digit(tmp_path: Path) -> None:
    target = tmp_path / "danh-muc.pdf"
    listed = files(500)
    pages = write_index(make_snapshot(), listed, target)
    text = flowing_text_of(target)
    assert pages == int(info_of(target)["Pages"])
    assert all(" ".join(grouped(file.sha256).split()) in text for file in listed)
    assert all(file.name in text.replace(" ", "") for file in listed)
    assert "Cộng: 500 tệp, 124.750.000 byte./." in text
    assert all("Mã kiểm tra SHA-256" in page for page in page_texts(target)[:-1])
    assert {embedded for _, embedded in fonts_of(target)} == {"yes"}


@needs_poppler
def test_it_names_the_dossier_and_has_head_and_signature(tmp_path: Path) -> None:
    target = tmp_path / "danh-muc.pdf"
    write_index(make_snapshot(revision=3), files(2), target)
    text = flowing_text_of(target)
    assert "5f0c1f0a6d9b4d0e8f5a3b2c1d0e9f8a, lần lập thứ 3." in text
    assert "Số: /DM-UBND" in text
    assert "TM. ỦY BAN NHÂN DÂN" in text


@needs_poppler
@pytest.mark.parametrize(
    "name", ["x" * 200 + ".pdf", "documents/01_báo_cáo.pdf", "a" * 30 + "/" + "W" * 90, "M"]
)
def test_a_long_name_is_broken_and_keeps_every_letter(tmp_path: Path, name: str) -> None:
    target = tmp_path / "danh-muc.pdf"
    write_index(make_snapshot(), [IndexedFile(name, 1, "0" * 64)], target)
    assert name in flowing_text_of(target).replace(" ", "")


@needs_poppler
def test_no_file_is_said_as_such(tmp_path: Path) -> None:
    target = tmp_path / "danh-muc.pdf"
    assert write_index(make_snapshot(), [], target) == 1
    assert "Hồ sơ chưa có tệp nào." in flowing_text_of(target)


def test_equal_files_give_equal_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_index(make_snapshot(), files(30), first)
    write_index(make_snapshot(), files(30), second)
    assert first.getvalue() == second.getvalue()
