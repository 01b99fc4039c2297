"""Source files read strictly."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ntm_desktop.packs.files import MAX_FILE_BYTES, place_of, read_file
from ntm_desktop.packs.shape import Findings


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "not_json"),
        (b"\xff\xfe{}", "not_json"),
        (b"[]", "wrong_type"),
        (b'{"a": 1.5}', "decimal_number"),
        (b'{"a": NaN}', "decimal_number"),
        (b'{"a": 1, "a": 2}', "duplicate_key"),
        (b"[" * 100_000, "not_json"),
        (b" " * (MAX_FILE_BYTES + 1), "too_large"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_noted(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "set.json"
    path.write_bytes(content)
    findings = Findings()
    assert read_file(path, findings) == {}
    assert [problem.code for problem in findings.problems] == [code]


def test_the_schema_named_for_editors_is_no_part_of_the_source(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text('{"$schema": "x", "id": "y"}', encoding="utf-8")
    assert read_file(path, Findings()) == {"id": "y"}


def test_places_are_told_from_the_folder_of_all_sources() -> None:
    assert place_of(Path("/a/b/vn-xa/set.json")).file == "vn-xa/set.json"
    assert place_of(Path("/a/b/vn-xa/criteria/01.json")).file == "vn-xa/criteria/01.json"


def test_the_largest_file_is_still_read_and_one_that_is_gone_says_what_the_system_says(
    tmp_path: Path,
) -> None:
    (tmp_path / "set.json").write_bytes(b"{}" + b" " * (MAX_FILE_BYTES - 2))
    findings = Findings()
    assert read_file(tmp_path / "set.json", findings) == {}
    assert findings.problems == []
    read_file(tmp_path / "gone.json", findings)
    assert [(problem.code, problem.found) for problem in findings.problems] == [
        ("unreadable", os.strerror(errno.ENOENT))
    ]
