"""A small program of several versions, set up in a folder, and a publisher that brings newer ones on a stick."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import pytest

from ntm_desktop import launcher
from ntm_desktop.packs.program.publish import add_program
from ntm_desktop.packs.program.update_file import Update, build_update, read_update
from ntm_desktop.packs.repository.publish import Office, bundle
from tests.support.publisher import new_office

ROOT = Path(__file__).parents[2]
LOCK = b"library==1.0\n"
RUNTIME = hashlib.sha256(LOCK).hexdigest()
OLD, NEW, NEWER = "0.1.0", "0.2.0", "0.3.0"


def write_tree(folder: Path, version: str = NEW, lock: bytes = LOCK, **changed: str) -> Path:
    """Write the source of a version; `changed` are files by `a__b` for `ntm_desktop/a/b.py`."""
    files = {
        "ntm_desktop/__init__.py": f'__version__ = "{version}"\n__released__ = "2027-01-31"\n',
        "ntm_desktop/__main__.py": "from ntm_desktop.inner.part import SAYS\n\n\ndef main(words):\n    return SAYS\n",
        "ntm_desktop/inner/__init__.py": "",
        "ntm_desktop/inner/part.py": "import json\n\nSAYS = 7\n",
        "resources/packs/one.json": "{}\n",
        "translations/vi.mo": version,
        "translations/vi.po": "is not needed",
    }
    files |= {f"ntm_desktop/{name.replace('__', '/')}.py": text for name, text in changed.items()}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / "packaging/locks").mkdir(parents=True)
    (folder / "packaging/locks/runtime.txt").write_bytes(lock)
    return folder


def update_of(folder: Path, version: str = NEW, lock: bytes = LOCK, **changed: str) -> bytes:
    """Return the update file of a small version."""
    return build_update(write_tree(folder / f"tree-{version}-{len(lock)}", version, lock, **changed))


@cache
def this_update() -> bytes:
    """Return the update file of this very checkout; built once, for it takes a second or two."""
    return build_update(ROOT)


def opened_update(folder: Path, version: str = NEW, **changed: str) -> Update:
    """Return a small version as it is read."""
    return read_update(update_of(folder, version, **changed))


def set_up(folder: Path, monkeypatch: pytest.MonkeyPatch, version: str = OLD) -> Path:
    """Let these tests run in a program that was set up; return the folder of its code."""
    package = folder / "installed" / "ntm_desktop"
    package.mkdir(parents=True)
    (package / launcher.MARKER).write_text(json.dumps({"version": version, "runtime": RUNTIME}))
    monkeypatch.setattr(launcher, "_PACKAGE", package)
    return package


def stick(folder: Path, *updates: bytes, office: Office | None = None) -> Path:
    """Return a one-file bundle of a publisher (a new one where none is given) with these versions of the program."""
    office = office or new_office(folder)
    for update in updates:
        add_program(office, update)
    bundle(office.repo, folder / "stick.zip")
    return folder / "stick.zip"
