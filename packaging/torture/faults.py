"""Make the disk fail at every single call of sealing, in three ways, and see what is left.

* refuse: this one call fails (no room, or an error of the medium); everything after it works.
* unplug: from this call on nothing works any more, as when a stick is pulled: no tidying up either.
* power:  as unplug, and what was not synced is lost: contents since the last sync, and names since the last sync of
  their folder. Also after everything went well and the dossier was recorded.

`power` is the worst that a disk which keeps its word may do. It says nothing of disks that do not.
"""

from __future__ import annotations

import errno
import itertools
import time
from enum import Enum
from pathlib import Path
from typing import BinaryIO
from unittest.mock import patch

from typing_extensions import override

from ntm_desktop.disk import Disk
from ntm_desktop.errors import Unavailable
from ntm_desktop.operations import seal
from ntm_desktop.operations.desk import Desk
from torture import communes

FILES, SIZE = 3, 3000


class Way(Enum):
    """How the disk fails."""

    REFUSE = "refuse"
    UNPLUG = "unplug"
    POWER = "power"


class FailingDisk(Disk):
    """Fail at the call with this number; remember what a loss of power would take."""

    def __init__(self, fail_at: int, way: Way, fault: int = errno.EIO) -> None:
        self.calls = 0
        self._fail_at = fail_at
        self._way = way
        self._fault = fault
        self._dead = False
        self._unsynced: set[Path] = set()
        self._renames: list[tuple[Path, Path, bytes | None]] = []

    @property
    def failed(self) -> bool:
        """Whether the call was reached."""
        return self.calls > self._fail_at

    def _call(self) -> None:
        number, self.calls = self.calls, self.calls + 1
        if self._dead or number == self._fail_at:
            self._dead = self._way is not Way.REFUSE
            raise OSError(self._fault, "injected")

    def lose_power(self) -> None:
        """Bring the folder to what a disk may show when the power comes back."""
        for source, target, before in reversed(self._renames):
            target.replace(source)
            if before is not None:
                target.write_bytes(before)
        for path in self._unsynced:
            if path.exists():
                path.write_bytes(b"")

    @override
    def create(self, path: Path) -> BinaryIO:
        self._call()
        self._unsynced.add(path)
        return super().create(path)

    @override
    def write(self, file: BinaryIO, block: bytes | memoryview) -> None:
        self._call()
        self._unsynced.add(Path(file.name))
        super().write(file, block)

    @override
    def sync(self, file: BinaryIO) -> None:
        self._call()
        super().sync(file)
        self._unsynced.discard(Path(file.name))

    @override
    def rename(self, source: Path, target: Path) -> None:
        self._call()
        before = target.read_bytes() if target.exists() else None
        super().rename(source, target)
        self._renames.append((source, target, before))
        if source in self._unsynced:
            self._unsynced.remove(source)
            self._unsynced.add(target)

    @override
    def sync_folder(self, folder: Path) -> None:
        self._call()
        super().sync_folder(folder)
        self._renames = [one for one in self._renames if one[1].parent != folder]

    @override
    def remove(self, path: Path) -> None:
        self._call()
        super().remove(path)


def run(folder: Path, *, every: int = 1) -> list[str]:
    """Fail at every n-th call, each way; return the harm that was done."""
    harm: list[str] = []
    folder.mkdir()
    key = communes.make_key(folder)
    for way, fault, before in (
        (Way.REFUSE, errno.ENOSPC, communes.OLD),
        (Way.REFUSE, errno.EIO, None),
        (Way.UNPLUG, errno.EIO, communes.OLD),
        (Way.POWER, errno.EIO, communes.OLD),
        (Way.POWER, errno.EIO, None),
    ):
        started = time.monotonic()
        name = f"{way.value}-{errno.errorcode[fault]}-{'old' if before else 'none'}"
        attempt = _Attempt(folder / name, key.key_file, key.anchor, before)
        try:
            found = [f"{name}: {one}" for one in attempt.at_all_calls(way, fault, every)]
        finally:
            attempt.desk.close()
        print(
            f"sealing, {name}: {attempt.tried} faults, {len(found)} failures, {time.monotonic() - started:.0f} s"
        )
        harm += found
    return harm


class _Attempt:
    """A commune that is sealed again and again on a disk that fails."""

    def __init__(self, folder: Path, key_file: Path, anchor: Path, before: bytes | None) -> None:
        folder.mkdir()
        self.target = folder / "out" / "dossier.asice"
        self.target.parent.mkdir()
        self.desk: Desk = communes.make(folder / "workspace", files=FILES, size=SIZE)
        self.facts = len(self.desk.book.facts)
        self.tried = 0
        self._key = seal.unlock(key_file, communes.PASSWORD)
        self._anchor = anchor
        self._before = before

    def at_all_calls(self, way: Way, fault: int, every: int) -> list[str]:
        """Fail at every n-th call until none is left; the last run goes well and is recorded."""
        harm: list[str] = []
        for number in itertools.count(0, every):
            disk = FailingDisk(number, way, fault)
            built = self._build(disk)
            if built is None:
                self.tried += 1
                harm += [f"call {number}: {one}" for one in self._judge(disk, way)]
                continue
            seal.commit(self.desk, built)
            # The dossier is recorded: now it must be there whatever the disk forgets.
            harm += [f"recorded: {one}" for one in self._judge(disk, way, recorded=True)]
            return harm
        return harm

    def _build(self, disk: FailingDisk) -> seal.Built | None:
        """Seal; None when that failed as it should."""
        for path in self.target.parent.iterdir():
            if path != self.target:
                path.unlink()
        if self._before is None:
            self.target.unlink(missing_ok=True)
        else:
            self.target.write_bytes(self._before)
        prepared = seal.prepare(self.desk, communes.SIGNATORY)
        try:
            with patch.object(seal, "Disk", lambda: disk):
                built = seal.build(self.desk.workspace, prepared, self.target, self._key)
        except Unavailable:
            return None
        # Tidying up may have failed unnoticed: that is no failure of sealing, and no harm.
        return built

    def _judge(self, disk: FailingDisk, way: Way, *, recorded: bool = False) -> list[str]:
        if way is Way.POWER:
            disk.lose_power()
        harm = communes.judge_target(self.target, self._before, self._anchor)
        if recorded:
            self.desk.close()
            harm += communes.judge_workspace(self.desk.workspace.folder, self.facts, self.target)
        elif self.desk.dossier is None or not self.desk.editable:
            harm.append("the dossier is locked though sealing failed")
        beside = {path.name for path in self.target.parent.iterdir()} - {self.target.name}
        if way is Way.REFUSE and beside:
            harm.append(f"left beside: {sorted(beside)}")
        return harm
