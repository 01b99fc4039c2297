"""What the next start paints first: kept small, read with suspicion."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop import settings
from ntm_desktop.ui.frame import outline
from ntm_desktop.ui.frame.outline import (
    MOST_BYTES,
    MOST_LETTERS,
    MOST_ROWS,
    Outline,
    OutlineRow,
    OutlineScreen,
)

FOLDER = Path("/kho/xã Vĩnh An")
KEPT = Outline(
    workspace=str(FOLDER),
    language="vi",
    title="Hồ sơ",
    commune="Xã Vĩnh An",
    place="30604",
    dossier="Xã NTM · năm 2024",
    find="Tìm",
    opening="Đang mở…",
    filters=("Tất cả 3",),
    screens=(OutlineScreen("home", "Tổng quan"), OutlineScreen("box", "Gói", foot=True)),
    screen="Tổng quan",
    criteria=(
        OutlineRow("1", "Quy hoạch", (OutlineRow("1.1", "Quy hoạch chung"), OutlineRow("1.2", "Quy chế"))),
        OutlineRow("2", "Giao thông", (OutlineRow("2.1", "Đường xã"),)),
        OutlineRow("3", "Chưa rõ"),
    ),
    selected="2.1",
)


def file() -> Path:
    return settings.user_folder("config") / "outline.json"


def test_what_was_kept_is_read_for_its_workspace_and_language_only() -> None:
    assert outline.read(FOLDER, "vi") is None
    outline.save(KEPT)
    assert outline.read(FOLDER, "vi") == KEPT
    assert outline.read(FOLDER, "en") is None
    assert outline.read(Path("/kho/other"), "vi") is None
    outline.save(None)
    outline.save(None)
    assert not file().exists()


def test_one_criterion_is_unfolded() -> None:
    assert [(row.code, is_indicator) for row, is_indicator in KEPT.shown()] == [
        ("1", False),
        ("2", False),
        ("2.1", True),
        ("3", False),
    ]


def test_the_same_outline_is_not_written_again() -> None:
    outline.save(KEPT)
    before = file().stat().st_ino
    outline.save(KEPT)
    assert file().stat().st_ino == before
    outline.save(replace(KEPT, selected="1.1"))
    assert file().stat().st_ino != before
    assert not list(file().parent.glob("*.part"))


def test_an_outline_of_another_version_of_the_program_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    outline.save(KEPT)
    monkeypatch.setattr(outline, "__version__", "99")
    assert outline.read(FOLDER, "vi") is None


@pytest.mark.parametrize(
    "change",
    [
        {"commune": 1},
        {"commune": "x" * (MOST_LETTERS + 1)},
        {"criteria": [{"code": "1", "name": "x", "indicators": []}] * (MOST_ROWS + 1)},
        {"criteria": [{"code": "1", "name": "x", "indicators": [{"code": "1.1", "name": "x"}] * 399}] * 2},
        {"criteria": [{"code": "1", "name": "x"}]},
        {"criteria": ["1"]},
        {"criteria": {}},
        {"screens": [{"icon": "home", "word": None, "foot": False}]},
        {"filters": [[]]},
        {"unknown": "x"},
        {"title": None},
    ],
)
def test_any_other_shape_counts_as_none(change: dict[str, object]) -> None:
    outline.save(KEPT)
    kept = json.loads(file().read_bytes())
    file().write_text(json.dumps(kept | change), encoding="utf-8")
    assert outline.read(FOLDER, "vi") is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"{}",
        b'{"version": "0.1.0"}',
        b"[" * 50_000,
        b" " * (MOST_BYTES + 1) + b"{}",
    ],
    ids=lambda content: f"{len(content)}",
)
def test_any_other_content_counts_as_none(content: bytes) -> None:
    outline.save(KEPT)
    file().write_bytes(content)
    assert outline.read(FOLDER, "vi") is None


def test_a_folder_in_its_place_counts_as_none() -> None:
    file().mkdir(parents=True)
    assert outline.read(FOLDER, "vi") is None
