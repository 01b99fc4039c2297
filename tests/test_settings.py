from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntm_desktop import settings
from ntm_desktop.settings import HOME_VARIABLE, Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    return tmp_path


def stored(home: Path) -> Path:
    return home / "config" / "settings.json"


def test_without_a_file_everything_has_its_default() -> None:
    assert settings.load() == Settings()


def test_what_was_saved_is_read_again() -> None:
    chosen = Settings(language="en", officer="Trần Thị Mai", tree_width=300)
    settings.save(chosen)
    assert settings.load() == chosen


def test_broken_file_and_wrong_types_give_the_defaults(home: Path) -> None:
    stored(home).parent.mkdir(parents=True)
    for content in ("{", "[]", json.dumps({"tree_width": "wide", "language": "en"})):
        stored(home).write_text(content, encoding="utf-8")
        assert settings.load().tree_width == Settings().tree_width
    assert settings.load().language == "en"


def test_keys_of_a_newer_version_are_kept(home: Path) -> None:
    stored(home).parent.mkdir(parents=True)
    stored(home).write_text(json.dumps({"new_thing": [1]}), encoding="utf-8")
    settings.save(Settings(palette="dark"))
    assert json.loads(stored(home).read_text(encoding="utf-8"))["new_thing"] == [1]


def test_folders_are_under_the_home_that_is_set(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.user_folder("log") == home / "log"
    monkeypatch.delenv(HOME_VARIABLE)
    assert settings.user_folder("config").is_absolute()
