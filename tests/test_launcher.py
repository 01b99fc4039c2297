"""Which version runs: the installed one, or a newer one that came up before and fits its runtime."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop import launcher
from ntm_desktop.__main__ import main
from ntm_desktop.launcher import MARKER, POINTER, Installed, Pointer
from tests.support.programs import NEW, NEWER, OLD, RUNTIME, set_up

OWN = Installed(OLD, RUNTIME)
FAKE = "a_small_program"


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The versions of a small program that takes no module of the real one away."""
    monkeypatch.setattr(launcher, "_NAME", FAKE)
    monkeypatch.setattr(launcher, "_PACKAGE", tmp_path / "installed" / FAKE)
    path, modules = list(sys.path), set(sys.modules)
    made = launcher.versions_folder()
    made.mkdir(parents=True)
    yield made
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        del sys.modules[name]


def _lay(folder: Path, version: str, start: str = "def main(words):\n    return len(words)\n") -> None:
    (folder / version / FAKE).mkdir(parents=True)
    (folder / version / FAKE / "__init__.py").write_text("")
    (folder / version / FAKE / "__main__.py").write_text(start)


def _point(folder: Path, version: str, previous: str = "", runtime: str = RUNTIME) -> None:
    said = {"version": version, "previous": previous, "runtime": runtime, "publisher": "f"}
    (folder / POINTER).write_text(json.dumps(said))


def test_without_a_pointer_the_installed_version_runs(folder: Path) -> None:
    assert launcher.choice(folder, OWN) == ""


def test_the_chosen_version_runs_when_it_is_newer_and_made_for_this_runtime(folder: Path) -> None:
    _lay(folder, NEW)
    _point(folder, NEW)
    assert launcher.choice(folder, OWN) == NEW
    assert launcher.choice(folder, Installed(NEW, RUNTIME)) == ""
    assert launcher.choice(folder, Installed("0.10.0", RUNTIME)) == ""
    assert launcher.choice(folder, Installed(OLD, "another")) == ""


def test_a_version_that_is_not_whole_gives_way_to_the_one_before(folder: Path) -> None:
    _lay(folder, NEW)
    _point(folder, NEWER, NEW)
    assert launcher.choice(folder, OWN) == NEW


def test_a_version_that_did_not_come_up_twice_is_left_aside_until_it_stood_once(folder: Path) -> None:
    _lay(folder, NEW)
    _point(folder, NEW)
    (folder / f"{NEW}.tried").write_text("1")
    assert launcher.choice(folder, OWN) == NEW
    (folder / f"{NEW}.tried").write_text("2")
    assert launcher.choice(folder, OWN) == ""
    (folder / f"{NEW}.tried").write_text("cut off")
    assert launcher.choice(folder, OWN) == ""
    (folder / f"{NEW}.ok").touch()
    assert launcher.choice(folder, OWN) == NEW


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"version": 3}',
        b'{"version": "../0.2.0"}',
        b'{"version": "0.2.0", "previous": "x"}',
        b"\xff",
    ],
)
def test_a_broken_pointer_chooses_the_installed_version(folder: Path, content: bytes) -> None:
    (folder / POINTER).write_bytes(content)
    assert launcher.read_pointer(folder) == Pointer()


def test_versions_are_compared_by_their_numbers() -> None:
    assert launcher.numbers("0.10.0") > launcher.numbers("0.9.9") > launcher.numbers("") == ()
    assert launcher.is_version("1.2.3")
    assert not launcher.is_version("1.2")


def test_a_checkout_looks_no_further() -> None:
    assert launcher.chosen() == ""
    assert launcher.installed() is None
    launcher.started()
    launcher.failed()
    assert not launcher.versions_folder().exists()


def test_newer_code_knows_what_was_set_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path
) -> None:
    base = tmp_path / "base"
    (base / FAKE).mkdir(parents=True)
    (base / FAKE / MARKER).write_text(json.dumps({"version": OLD, "runtime": RUNTIME}))
    monkeypatch.setattr(launcher, "_PACKAGE", folder / NEW / FAKE)
    monkeypatch.syspath_prepend(str(base))
    assert launcher.installed() == OWN
    assert launcher.chosen() == ""


def test_a_newer_version_takes_over_with_its_words_and_its_exit_code(folder: Path) -> None:
    _lay(folder, NEW)
    assert launcher.hand_over(NEW, ["a", "b"], window=False) == 2
    assert sys.path[0] == str(folder / NEW)
    assert not (folder / f"{NEW}.tried").exists()


def test_a_window_is_counted_until_it_stood(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _lay(folder, NEW)
    launcher.hand_over(NEW, [], window=True)
    assert (folder / f"{NEW}.tried").read_text() == "1"
    monkeypatch.setattr(launcher, "_PACKAGE", (folder / NEW / FAKE).resolve())
    launcher.started()
    assert (folder / f"{NEW}.ok").exists()
    launcher.hand_over(NEW, [], window=True)
    assert (folder / f"{NEW}.tried").read_text() == "1"
    launcher.failed()
    assert not launcher.may_run(folder, NEW)


@pytest.mark.parametrize("broken", ["import no_such_library", "def main(", "1 / {}", "{}['x']"])
def test_code_that_cannot_be_loaded_leaves_this_one_as_it_was(folder: Path, broken: str) -> None:
    before = sys.modules[FAKE] = type(sys)(FAKE)
    _lay(folder, NEW, broken)
    assert launcher.hand_over(NEW, [], window=False) is None
    assert sys.modules[FAKE] is before
    assert str(folder / NEW) not in sys.path
    assert not launcher.may_run(folder, NEW)


def test_code_that_breaks_off_is_left_aside_but_a_wrong_word_is_not_its_fault(folder: Path) -> None:
    _lay(folder, NEW, "def main(words):\n    raise (SystemExit(2) if words else RuntimeError)\n")
    with pytest.raises(SystemExit):
        launcher.hand_over(NEW, ["nope"], window=False)
    assert launcher.may_run(folder, NEW)
    with pytest.raises(RuntimeError):
        launcher.hand_over(NEW, [], window=False)
    assert not launcher.may_run(folder, NEW)


def test_the_start_hands_over_but_for_the_way_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    set_up(tmp_path, monkeypatch)
    versions = launcher.versions_folder()
    (versions / NEW / "ntm_desktop").mkdir(parents=True)
    (versions / NEW / "ntm_desktop" / "__main__.py").touch()
    _point(versions, NEW)
    taken: list[object] = []
    monkeypatch.setattr(launcher, "hand_over", lambda *words, **more: taken.append((*words, more)) or 5)
    assert main(["check", "kho"]) == 5
    assert taken == [(NEW, ["check", "kho"], {"window": False})]
    assert main(["--lang", "en", "update", "rollback"]) == 0
    assert len(taken) == 1
    assert launcher.read_pointer(versions).version == ""
