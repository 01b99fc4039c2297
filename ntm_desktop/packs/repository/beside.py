"""Write a file so that it is there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ntm_desktop.disk import Disk, unwritable


def write_beside(path: Path, content: bytes, disk: Disk) -> None:
    """Write a content beside its place and rename it, over an old file if there is one.

    Raises: DiskFull, FileUnwritable.
    """
    with beside(path, disk) as file:
        disk.write(file, content)


@contextmanager
def beside(path: Path, disk: Disk) -> Iterator[BinaryIO]:
    """Give a file that takes the place of `path` once it is whole, and vanishes otherwise.

    Raises: DiskFull, FileUnwritable.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.remove(part)
        try:
            with disk.create(part) as file:
                yield file
                disk.sync(file)
            disk.rename(part, path)
        except BaseException:
            with suppress(OSError):  # the first fault is the one to tell
                disk.remove(part)
            raise
        disk.sync_folder(path.parent)
    except OSError as fault:
        raise unwritable(path, fault) from fault
