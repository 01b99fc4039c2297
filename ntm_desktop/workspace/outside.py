"""Papers given out to be signed elsewhere and those that came back, in a folder of the workspace until it is sealed.

What is lost here is given out once more; nothing of the dossier depends on it.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path

from ntm_desktop.disk import Disk, fault_name, unwritable
from ntm_desktop.errors import FileUnreadable

_STATE = "state.json"


class OutsideFolder:
    """What is kept of one dossier."""

    def __init__(self, workspace: Path, dossier: str) -> None:
        self._folder = workspace / "outside" / dossier

    def state(self) -> bytes:
        """Return what was kept last; nothing where nothing is, or nothing that can be read."""
        try:
            return (self._folder / _STATE).read_bytes()
        except OSError:
            return b""

    def keep_state(self, state: dict[str, object]) -> None:
        """Keep what is known. Raises DiskFull, FileUnwritable."""
        self.keep(_STATE, json.dumps(state, ensure_ascii=False).encode())

    def paper(self, name: str) -> bytes:
        """Return a paper that came back. Raises FileUnreadable."""
        try:
            return (self._folder / name).read_bytes()
        except OSError as fault:
            raise FileUnreadable(name, fault_name(fault)) from fault

    def keep(self, name: str, content: bytes) -> None:
        """Keep a file; it appears whole or not at all. Raises DiskFull, FileUnwritable."""
        disk, target = Disk(), self._folder / name
        beside = target.with_name(f"{name}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                disk.remove(beside)
            with disk.create(beside) as file:
                disk.write(file, content)
                disk.sync(file)
            disk.rename(beside, target)
        except OSError as fault:
            raise unwritable(target, fault) from fault

    def clear(self) -> None:
        """Forget it all."""
        shutil.rmtree(self._folder, ignore_errors=True)
