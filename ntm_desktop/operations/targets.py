"""Where a new file may be written: never over anything but a plain file, never among the files of a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from ntm_desktop.disk import unwritable
from ntm_desktop.errors import Refused


@dataclass(eq=False)
class NoPlaceForFiles(Refused):
    """Say that a file cannot be written where it was asked for."""

    path: str

    code: ClassVar[str] = "no_place_for_files"
    what: ClassVar[str] = (
        "No file can be written at {path}: it is no file, or it lies in the folder of the workspace."
    )
    safe: ClassVar[str] = "Nothing was written; everything that is there was left alone."
    next_step: ClassVar[str] = "Name a file in another folder."


def require_file_target(target: Path, workspace: Path) -> None:
    """Hold a name for a new file against what is there. Raises NoPlaceForFiles, FileUnwritable."""
    try:
        plain = target.is_file() or not target.exists()
    except OSError as fault:
        raise unwritable(target, fault) from fault
    if not target.name or not plain:
        raise NoPlaceForFiles(str(target))
    require_outside(target, workspace)


def require_outside(target: Path, workspace: Path) -> None:
    """Keep files and folders out of a workspace, whose files are its own. Raises NoPlaceForFiles, FileUnwritable."""
    try:
        place, own = target.resolve(), workspace.resolve()
    except (OSError, RuntimeError) as fault:  # a link that leads in a circle
        raise NoPlaceForFiles(str(target)) from fault
    if place == own or own in place.parents:
        raise NoPlaceForFiles(str(target))
