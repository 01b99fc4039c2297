"""Make the database of a workspace in a new or empty folder: alone, under a temporary name, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.workspace.drive import hold_local
from ntm_desktop.workspace.errors import FolderNotEmpty, WorkspaceExists
from ntm_desktop.workspace.lock import LOCK_NAME, Holder, Lock


@contextmanager
def founding(file: Path, folders: Sequence[str], holder: Holder, disk: Disk) -> Iterator[Path]:
    """Give the name to make the database under; when that is done, it takes its own name beside its folders.

    Raises WorkspaceOnNetwork, WorkspaceExists, FolderNotEmpty, WorkspaceInUse, WorkspaceReadOnly, DiskFull,
    FileUnwritable.
    """
    folder, part = file.parent, file.with_name(file.name + ".part")
    cut_off = (part, part.with_name(part.name + "-journal"))
    hold_local(folder)
    try:
        _require_free(file)
        folder.mkdir(parents=True, exist_ok=True)
        if {entry.name for entry in folder.iterdir()} - {
            LOCK_NAME,
            *folders,
            *(left.name for left in cut_off),
        }:
            raise FolderNotEmpty(str(folder))
    except OSError as fault:
        raise unwritable(folder, fault) from fault
    lock = Lock(folder, holder)
    try:
        _require_free(file)  # another program may have been quicker
        for left in cut_off:
            disk.remove(left)
        yield part
        make_folders(folder, folders, disk)
        disk.rename(part, file)
        disk.sync_folder(folder)
        disk.sync_folder(folder.parent)
    except OSError as fault:
        raise unwritable(folder, fault) from fault
    finally:
        with suppress(OSError):  # what cannot be taken away now goes when it is tried again
            disk.remove(part)
        lock.release()


def make_folders(folder: Path, names: Sequence[str], disk: Disk) -> None:
    """Make the folders of a workspace that are not there. Raises DiskFull, FileUnwritable."""
    try:
        made = [disk.make_folder(folder / name) for name in names]
        if any(made):
            disk.sync_folder(folder)
    except OSError as fault:
        raise unwritable(folder, fault) from fault


def _require_free(file: Path) -> None:
    if file.exists():
        raise WorkspaceExists(str(file.parent))
