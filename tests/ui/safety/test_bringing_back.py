"""A copy comes back into a folder that says whose it is, once its passphrase is right; any question may be left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from ntm_desktop.operations import restoring
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.restoring import PassphraseNeeded, Restored, WrongPassphrase
from ntm_desktop.ui.safety.bringing_back import BringingBack, damage_words
from tests.support.scripted_ask import ScriptedAsk

NOW = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)


def at_once(_title: str, job: Callable[[Watch], object], done: Callable[[object], None]) -> None:
    done(job(Watch()))


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every copy is locked with the word `đúng`."""

    def restore(source: Path, folder: Path, watch: Watch, passphrase: str = "") -> Restored:
        if passphrase != "đúng":
            raise WrongPassphrase(source.name) if passphrase else PassphraseNeeded(source.name)
        return Restored(folder, 1, 1, ())

    monkeypatch.setattr(restoring, "restore", restore)


@pytest.mark.usefixtures("locked")
def test_the_passphrase_is_asked_until_it_is_right(dressed: QApplication, tmp_path: Path) -> None:
    window, ask, done = QWidget(), ScriptedAsk(tmp_path, "sai", "đúng"), []
    BringingBack(window, ask, at_once, done.append).begin(tmp_path / "a.ntmbackup", "30604", NOW)
    assert [one.folder for one in done] == [tmp_path / "30604-khoi-phuc-20261123-0805"]
    assert not ask.asked[1].problem
    assert ask.asked[2].problem


@pytest.mark.usefixtures("locked")
@pytest.mark.parametrize("answers", [(None,), ("place", None), ("place", "sai", None)])
def test_every_question_may_be_left(
    dressed: QApplication, tmp_path: Path, answers: tuple[object, ...]
) -> None:
    window, done = QWidget(), []
    ask = ScriptedAsk(*(tmp_path if one == "place" else one for one in answers))
    BringingBack(window, ask, at_once, done.append).begin(tmp_path / "a.ntmbackup", "30604", NOW)
    assert (done, ask.left()) == ([], 0)


def test_damaged_files_are_counted_and_none_is_not_told(tmp_path: Path) -> None:
    assert damage_words(Restored(tmp_path, 1, 1, ())) == ""
    assert damage_words(Restored(tmp_path, 1, 1, ("a", "b"))).startswith("2 tệp")
