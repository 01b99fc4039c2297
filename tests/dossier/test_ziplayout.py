from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.dossier.flaws import Flaw
from ntm_desktop.dossier.ziplayout import (
    Layout,
    NotAContainer,
    ZipEntry,
    directory_bytes,
    fits_local_header,
    local_header,
    needs_wide_header,
    read_layout,
)


def packed(entries: list[ZipEntry], contents: list[bytes]) -> bytes:
    body = b"".join(local_header(entry) + content for entry, content in zip(entries, contents, strict=True))
    return body + directory_bytes(entries, len(body))


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=20), st.booleans())
def test_what_is_written_is_read_back_the_same(contents: list[bytes], wide: bool) -> None:
    entries: list[ZipEntry] = []
    offset = 0
    for number, content in enumerate(contents):
        entry = ZipEntry(f"{number}.bin", len(content), len(content), number, offset, wide=wide)
        entries.append(entry)
        offset = entry.end
    assert read_layout(io.BytesIO(packed(entries, contents)), "x") == Layout(tuple(entries), ())


def test_more_files_than_sixteen_bits_can_count_are_counted_but_refused() -> None:
    entries = [ZipEntry(f"{number}", 0, 0, 0, 0) for number in range(70_000)]
    end = directory_bytes(entries, 0)
    layout = read_layout(io.BytesIO(end), "x")
    assert [problem.flaw for problem in layout.problems] == [Flaw.TOO_MANY_FILES]
    assert [problem.detail for problem in layout.problems] == ["70000"]


def test_files_beyond_four_gigabytes_lie_where_other_programs_find_them(tmp_path: Path) -> None:
    """The file is sparse and only its headers are read: hashing it would take longer than it teaches."""
    first = ZipEntry("a.bin", 5 << 30, 5 << 30, 7, 0, wide=True)
    second = ZipEntry("b.bin", 0, 0, 0, first.end)
    path = tmp_path / "big.zip"
    with path.open("wb") as file:
        file.write(local_header(first))
        file.seek(first.end)
        file.write(local_header(second))
        file.write(directory_bytes([first, second], second.end))
    with zipfile.ZipFile(path) as archive:
        found = [(each.file_size, each.header_offset) for each in archive.infolist()]
    assert found == [(5 << 30, 0), (0, first.end)]
    with path.open("rb") as file:
        assert read_layout(file, "big.zip") == Layout((first, second), ())


def test_only_files_that_need_it_get_the_wide_form() -> None:
    assert not needs_wide_header((1 << 32) - 2)
    assert needs_wide_header((1 << 32) - 1)


def test_a_local_header_must_say_what_the_directory_says() -> None:
    entry = ZipEntry("a.bin", 5, 5, 7, 0)
    header = local_header(entry)
    assert fits_local_header(entry, header)
    assert fits_local_header(entry, header[:4] + b"\x0a\x00" + header[6:])
    assert not fits_local_header(entry, header[:-1])
    assert not fits_local_header(entry, header[:-1] + b"x")


@pytest.mark.parametrize("content", [b"", b"PK\5\6", b"PK\5\6" + bytes(18), bytes(70_000)])
def test_bytes_without_a_directory_are_no_container(content: bytes) -> None:
    with pytest.raises(NotAContainer):
        read_layout(io.BytesIO(content), "x")
