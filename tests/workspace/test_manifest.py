"""The manifest of a copy: read back as written, and nothing of it is believed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.workspace.manifest import (
    DATABASE,
    CopyDamaged,
    Held,
    Manifest,
    decode,
    hash_in_name,
    is_safe_name,
    kept_name,
    names_in,
)

HASH = "ab" * 32
GOOD = Manifest(
    workspace="w",
    commune="30604",
    at="2023-11-01T09:30:00Z",
    head="h",
    facts=2,
    database=Held(DATABASE, 10, HASH),
    files=(Held(f"evidence/ab/{HASH}", 5, HASH), Held("sealed/a.json", 2, HASH)),
    missing=("cd" * 32,),
)


def test_a_manifest_is_read_as_it_was_written() -> None:
    assert decode(GOOD.encode(), "a") == GOOD
    assert GOOD.size == 17


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", 2),
        ("workspace", None),
        ("facts", -1),
        ("facts", True),
        ("facts", "1"),
        ("database", ["other.ntm", 1, HASH]),
        ("database", [DATABASE, 1]),
        ("database", [DATABASE, 1, "no hash"]),
        ("database", ["evidence/ab/x", 1, HASH]),
        ("files", {}),
        ("files", [["../a", 1, HASH]]),
        ("files", [["sealed/a", 1, HASH], ["sealed/A", 1, HASH]]),
        ("missing", [1]),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(name: str, value: object) -> None:
    content = json.loads(GOOD.encode()) | {name: value}
    with pytest.raises(CopyDamaged):
        decode(json.dumps(content).encode(), "a")


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'{"format":1}', b"1.5"])
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(CopyDamaged):
        decode(content, "a")


@pytest.mark.parametrize(
    "name",
    [
        *("", "a", "/a/b", "a/../b", "../a/b", "a/./b", "a//b", "a/b/", "copies/a.ntm", "workspace.ntm"),
        *(
            "a/con",
            "a/NUL.txt",
            "a/b.",
            "a/b ",
            "a/b:c",
            "a\\b/c",
            "C:/a",
            "a/b\x00",
            "a/b\n",
            "a/" + "b" * 99,
        ),
        "a/b/c/d/e/f/g",
    ],
)
def test_names_that_lead_elsewhere_or_that_some_system_cannot_write_are_not_safe(name: str) -> None:
    assert not is_safe_name(name)
    assert is_safe_name(kept_name(name))


@given(st.text(max_size=40))
def test_whatever_a_file_is_called_its_name_in_a_copy_is_safe(name: str) -> None:
    assert is_safe_name(kept_name(f"quarantine/{name}"))


def test_a_good_name_is_kept_and_evidence_says_its_hash() -> None:
    assert kept_name("quarantine/bảng ấp.xlsx") == "quarantine/bảng ấp.xlsx"
    assert hash_in_name(f"evidence/ab/{HASH}") == HASH
    assert hash_in_name("sealed/a.json") is None


def test_everything_in_the_folders_is_named_but_copies_unfinished_files_and_links(tmp_path: Path) -> None:
    for name in (
        "evidence/ab/x",
        "evidence/incoming/y.part",
        "sealed/s.json",
        "copies/c.ntm",
        "later/z",
        "top",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "sealed" / "link").symlink_to(tmp_path / "top")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert names_in(tmp_path) == ("evidence/ab/x", "later/z", "sealed/s.json")
