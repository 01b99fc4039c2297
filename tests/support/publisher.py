"""A publisher with keys on disk, made quickly: the passphrases are stretched ten times, not 600,000 times."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from unittest import mock

from typing_extensions import override

from ntm_desktop.packs.repository.keys import KeyFolder, OpenedKey
from ntm_desktop.packs.repository.publish import FIRST_KEYS, Office, init
from ntm_desktop.trust import locked_key
from tests.support.pack_repository import NAME, NOW, Unsynced

NAMES = (
    *FIRST_KEYS,
    "root-4",
    "root-5",
    "targets-2",
    "snapshot-2",
    "thanh-hoa-1",
    "thanh-hoa-2",
    "program-1",
    "program-2",
)
PASSPHRASES = {name: f"một hai ba {name}" for name in NAMES}


@cache
def _key_files(name: str, passphrase: str) -> tuple[bytes, bytes]:
    """Make a key once for all tests; its public half and its locked file."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(locked_key, "ROUNDS", 10):
        path = Path(folder) / f"{name}.pem"
        locked_key.make_key(path, passphrase, Unsynced())
        return path.with_suffix(".pub").read_bytes(), path.read_bytes()


class _QuickKeys(KeyFolder):
    """Keys that take no time to make and open; everything else is as it is."""

    @override
    def make(self, name: str) -> OpenedKey:
        public, locked = _key_files(name, self._passphrase(name))
        path = self._file(name)
        locked_key._write_new(path.with_suffix(".pub"), public, self.disk)
        locked_key._write_new(path, locked, self.disk)
        return self.open(name)


def new_office(folder: Path) -> Office:
    """Start a repository in `folder/repo` with its keys in `folder/keys`."""
    (folder / "keys").mkdir()
    office = Office(folder / "repo", _QuickKeys(folder / "keys", PASSPHRASES, Unsynced()), NOW)
    init(office, NAME)
    return office


class FailingDisk(Unsynced):
    """A disk that is full after some writes."""

    def __init__(self, writes: int) -> None:
        self.left = writes

    @override
    def write(self, file: object, block: bytes | memoryview) -> None:  # type: ignore[override]
        if not self.left:
            raise OSError(28, "No space left on device")
        self.left -= 1
        super().write(file, block)  # type: ignore[arg-type]
