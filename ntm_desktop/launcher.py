"""Which version of the program runs: the one that was installed, or newer code that came by an update.

An installed program has `_installed.json` beside its code: which version it is, and which runtime came with it. Newer
code lies in the folder of this user, and one small file says which version of it is chosen:

    data/program/current.json       the pointer
    data/program/0.2.0/             the code of a version with its resources and texts
    data/program/0.2.0.tried        how often its window was begun before it had ever stood
    data/program/0.2.0.ok           its window stood once

* A program without `_installed.json` (a checkout, a virtual environment) looks no further and runs as it is.
* A chosen version is left aside when the installed program is as new or came with another runtime, and when its window
  did not come to stand twice: then the one before it runs, else the installed one. The way back is always the
  installed one's: it must not rest on what may be broken.
* What is in a folder is not judged here: that was done before it was put there (`packs.program`).
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

from ntm_desktop.settings import user_folder

MARKER: Final = "_installed.json"
POINTER: Final = "current.json"
MOST_TRIES: Final = 2

_VERSION: Final = re.compile(r"\d{1,6}\.\d{1,6}\.\d{1,6}", re.ASCII)
_LARGEST: Final = 4096
_PACKAGE = Path(__file__).resolve().parent
_NAME = __name__.partition(".")[0]
_BROKEN: Final = (
    *(ImportError, SyntaxError, OSError, EOFError, ValueError),
    *(TypeError, NameError, AttributeError, LookupError),
)
"""How code that is not whole, or not for this runtime, fails when it is imported."""


@dataclass(frozen=True, slots=True)
class Installed:
    """The program as it was set up."""

    version: str
    runtime: str
    """SHA-256 of the list of pinned libraries it came with."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version this user has chosen."""

    version: str = ""
    """Empty: the installed one."""
    previous: str = ""
    """The one before it; empty: the installed one."""
    runtime: str = ""
    """The runtime that both were made for."""
    publisher: str = ""
    """Fingerprint of who published it."""


def is_version(text: str) -> bool:
    """Say whether a text is a version: `0.2.0`."""
    return _VERSION.fullmatch(text) is not None


def numbers(version: str) -> tuple[int, ...]:
    """Return what versions are compared by; nothing is older than any version."""
    return tuple(map(int, version.split("."))) if is_version(version) else ()


def versions_folder() -> Path:
    """Return where newer code lies."""
    return user_folder("data") / "program"


def installed() -> Installed | None:
    """Return what was set up, also when newer code runs in its place; None where nothing was."""
    for entry in (str(_PACKAGE.parent), *sys.path):
        found = _marker(Path(entry) / _NAME)
        if found is not None:
            return found
    return None


def read_pointer(folder: Path) -> Pointer:
    """Read what was chosen; a missing or broken file chooses the installed program."""
    said = _said(folder / POINTER)
    version, previous = said.get("version", ""), said.get("previous", "")
    if any(one and not is_version(one) for one in (version, previous)):
        return Pointer()
    return Pointer(version, previous, said.get("runtime", ""), said.get("publisher", ""))


def chosen() -> str:
    """Return the version that runs in place of this code; empty: this code itself."""
    own = _marker(_PACKAGE)
    return "" if own is None else choice(versions_folder(), own)


def choice(folder: Path, own: Installed) -> str:
    """Return the version an installed program hands over to; empty: none."""
    return choice_of(folder, read_pointer(folder), own)


def choice_of(folder: Path, pointer: Pointer, own: Installed) -> str:
    """Return what `choice` returns when this is the pointer."""
    if pointer.runtime != own.runtime:
        return ""
    for version in (pointer.version, pointer.previous):
        if numbers(version) > numbers(own.version) and may_run(folder, version):
            return version
    return ""


def may_run(folder: Path, version: str) -> bool:
    """Say whether a version is there and has not failed to come up."""
    if not (folder / version / _NAME / "__main__.py").is_file():
        return False
    return (folder / f"{version}.ok").exists() or _tries(folder, version) < MOST_TRIES


def hand_over(version: str, words: Sequence[str], *, window: bool) -> int | None:
    """Run a newer version in place of this code and return its exit code; None when it cannot be loaded."""
    folder = versions_folder()
    if window and not (folder / f"{version}.ok").exists():
        _note_tries(folder, version, _tries(folder, version) + 1)
    newer = _loaded(folder / version)
    if newer is None:
        give_up(folder, version)
        return None
    ended = False
    try:
        code = int(newer.main(words))
        ended = True
    except SystemExit:
        ended = True
        raise
    finally:
        if not ended:
            give_up(folder, version)
    return code


def started() -> None:
    """Note that the window of this version stands."""
    version = _running_newer()
    mark = versions_folder() / f"{version}.ok"
    if version and not mark.exists():
        with suppress(OSError):  # it is noted at the next start
            mark.touch()


def failed() -> None:
    """Note that this version did not come up, so that the next start takes the one before it."""
    version = _running_newer()
    if version:
        give_up(versions_folder(), version)


def give_up(folder: Path, version: str) -> None:
    """Let no start take a version any more."""
    with suppress(OSError):
        (folder / f"{version}.ok").unlink(missing_ok=True)
    _note_tries(folder, version, MOST_TRIES)


def _running_newer() -> str:
    """Return the version whose folder this code lies in; empty in an installed program and in a checkout."""
    folder = _PACKAGE.parent
    return folder.name if is_version(folder.name) and folder.parent == versions_folder().resolve() else ""


def _loaded(folder: Path) -> ModuleType | None:
    """Load the start of a newer version in place of this one's; None when that fails: then this one is as it was."""
    own = {name: module for name, module in sys.modules.items() if _is_ours(name)}
    _forget_ours()
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        return importlib.import_module(f"{_NAME}.__main__")
    except _BROKEN:
        _forget_ours()
        sys.path.remove(str(folder))
        sys.modules.update(own)
        return None


def _forget_ours() -> None:
    for name in [name for name in sys.modules if _is_ours(name)]:
        del sys.modules[name]


def _is_ours(module: str) -> bool:
    return module == _NAME or module.startswith(f"{_NAME}.")


def _marker(package: Path) -> Installed | None:
    said = _said(package / MARKER)
    version = said.get("version", "")
    return Installed(version, said.get("runtime", "")) if is_version(version) else None


def _said(path: Path) -> dict[str, str]:
    """Return the texts a small file holds by their names; nothing when it is not there or broken."""
    try:
        with path.open("rb") as file:
            said = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    return {name: text for name, text in said.items() if isinstance(text, str)}


def _tries(folder: Path, version: str) -> int:
    try:
        text = (folder / f"{version}.tried").read_text(encoding="ascii")
    except (OSError, ValueError):
        return 0
    return int(text) if text.isdecimal() else MOST_TRIES


def _note_tries(folder: Path, version: str, count: int) -> None:
    with suppress(OSError):  # a folder that cannot be written: it is tried again
        (folder / f"{version}.tried").write_text(str(count), encoding="ascii")
