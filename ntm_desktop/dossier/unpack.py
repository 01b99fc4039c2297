"""Write the files of a dossier out into a folder, as they are; nothing is opened, nothing is run."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from ntm_desktop.disk import Disk, fault_name, open_file, unwritable
from ntm_desktop.dossier.pace import Pace, Progress
from ntm_desktop.dossier.ziplayout import ZipEntry, read_layout
from ntm_desktop.errors import FileUnreadable, Refused

_BLOCK: Final = 1 << 20


@dataclass(eq=False)
class NotUnpacked(Refused):
    """Say that a container is not built so that its files can be written out safely."""

    path: str
    flaw: str

    code: ClassVar[str] = "not_unpacked"
    what: ClassVar[str] = "The files of {path} were not saved: the file is not built as a dossier must be."
    safe: ClassVar[str] = "Nothing was written."
    next_step: ClassVar[str] = "Ask the sender for the original file."


@dataclass(eq=False)
class FolderInUse(Refused):
    """Say that the folder to unpack into holds something already."""

    path: str

    code: ClassVar[str] = "folder_in_use"
    what: ClassVar[str] = "The folder {path} already holds something."
    safe: ClassVar[str] = "Nothing was written; what lies there was left alone."
    next_step: ClassVar[str] = "Choose another folder."


def unpack(
    path: Path,
    folder: Path,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    disk: Disk | None = None,
) -> int:
    """Write every file of a container below a new or empty folder and return how many there are.

    Whether they are the files that were signed is for `verify` to say. Raises NotUnpacked, FolderInUse, NotAContainer,
    FileUnreadable, FileUnwritable, DiskFull, Cancelled.
    """
    disk = disk or Disk()
    try:
        with open_file(path) as file:
            layout = read_layout(file, str(path))
            if layout.problems:
                raise NotUnpacked(str(path), str(layout.problems[0].flaw))
            _require_empty(folder)
            pace = Pace(sum(entry.size for entry in layout.entries), progress, cancelled)
            with zipfile.ZipFile(file) as packed:
                for entry in layout.entries:
                    _write(packed, entry, folder, pace, disk)
    except (zipfile.BadZipFile, NotImplementedError) as fault:
        raise NotUnpacked(str(path), type(fault).__name__) from fault
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
    return len(layout.entries)


def _require_empty(folder: Path) -> None:
    try:
        if folder.exists() and any(folder.iterdir()):
            raise FolderInUse(str(folder))
    except OSError as fault:
        raise unwritable(folder, fault) from fault


def _write(packed: zipfile.ZipFile, entry: ZipEntry, folder: Path, pace: Pace, disk: Disk) -> None:
    target = folder / entry.name  # a name that would lead out of the folder is a problem of the layout
    with packed.open(entry.name) as source:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with disk.create(target) as file:
                left = entry.size
                while left and (block := source.read(min(left, _BLOCK))):
                    disk.write(file, block)
                    left -= len(block)
                    pace.advance(len(block))
                disk.sync(file)
        except OSError as fault:
            raise unwritable(target, fault) from fault
