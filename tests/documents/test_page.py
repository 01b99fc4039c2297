"""The page: margins, numbers, fonts, metadata; equal input is equal bytes; a file appears whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ntm_desktop.errors import DiskFull, FileUnwritable
from tests.support.papers import write_report
from tests.support.pdf import fonts_of, info_of, needs_poppler, page_texts, pages_of
from tests.support.snapshots import make_snapshot

pytestmark = needs_poppler


def test_all_fonts_are_embedded_and_only_those_of_papers_appear(big: Path) -> None:
    fonts = fonts_of(big)
    assert {name for name, _ in fonts} <= {
        "LiberationSerif",
        "LiberationSerif-Bold",
        "LiberationSerif-Italic",
        "LiberationSerif-BoldItalic",
    }
    assert {embedded for _, embedded in fonts} == {"yes"}


def test_title_language_and_dates_are_in_the_file(big: Path) -> None:
    info = info_of(big)
    assert info["Title"].startswith("Báo cáo kết quả xây dựng nông thôn mới năm 2023 của đặc khu Văn Miếu")
    assert info["Author"].startswith("Ủy ban nhân dân đặc khu Văn Miếu")
    content = big.read_bytes()
    assert b"/Lang (vi)" in content
    assert b"D:20240110003000+07'00'" in content


def test_page_numbers_stand_in_the_middle_of_the_top_margin_from_the_second_page(big: Path) -> None:
    pages = pages_of(big)
    assert min(word.top for word in pages[0].words) >= 19
    for number, page in enumerate(pages[1:], start=2):
        (found,) = [word for word in page.words if word.bottom < 20]
        assert found.text == str(number)
        assert (found.left + found.right) / 2 == pytest.approx(page.width / 2, abs=0.5)


def test_margins_are_those_of_the_decree_on_every_page(big: Path) -> None:
    for page in pages_of(big):
        body = [word for word in page.words if word.bottom >= 20]
        assert min(word.left for word in body) >= 29.9
        assert max(word.right for word in body) <= page.width - 14.9
        assert max(word.bottom for word in body) <= page.height - 19.9


def test_pages_are_a4_and_only_the_annex_lies(big: Path) -> None:
    sizes = [(round(page.width), round(page.height)) for page in pages_of(big)]
    lying = [size == (297, 210) for size in sizes]
    assert set(sizes) == {(210, 297), (297, 210)}
    assert lying == sorted(lying)
    assert "DANH MỤC MINH CHỨNG" in page_texts(big)[lying.index(True)]


def test_equal_snapshots_give_equal_bytes_in_another_process_zone_and_hash_order(tmp_path: Path) -> None:
    here = io.BytesIO()
    write_report(make_snapshot(evidence=20), here)
    there = tmp_path / "there.pdf"
    program = (
        "from pathlib import Path; import sys;"
        "from tests.support.papers import write_report;"
        "from tests.support.snapshots import make_snapshot;"
        "write_report(make_snapshot(evidence=20), Path(sys.argv[1]))"
    )
    environment = os.environ | {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    root = Path(__file__).resolve().parents[2]
    subprocess.run(
        [sys.executable, "-c", program, str(there)], check=True, env=environment, cwd=root, timeout=60
    )
    assert there.read_bytes() == here.getvalue()


def test_a_place_that_cannot_be_written_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "missing" / "bao-cao.pdf"
    with pytest.raises(FileUnwritable):
        write_report(make_snapshot(), target)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_a_folder_is_refused_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    target = tmp_path / "bao-cao.pdf"
    target.mkdir()
    with pytest.raises(FileUnwritable):
        write_report(make_snapshot(), target)
    assert [path.name for path in tmp_path.iterdir()] == ["bao-cao.pdf"]


def test_a_full_disk_is_said_as_such_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("ntm_desktop.documents.page.os.fsync", full)
    with pytest.raises(DiskFull):
        write_report(make_snapshot(), tmp_path / "bao-cao.pdf")
    assert list(tmp_path.iterdir()) == []
