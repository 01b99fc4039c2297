"""The error families: what happens next is in the type.

Rules:
* A family says who can put it right: `Refused` the officer, `Unavailable` the surroundings (disk, file, network),
  `Untrusted` the publisher or signer, `Damaged` nobody here (stop, offer the copy). Anything else is a bug.
* A concrete error is a dataclass: a stable `code`, typed facts as fields, and three message ids in plain English that
  `operations.explain` translates: what happened, whether the work is safe, what to do next.
* Errors are raised with facts, never with prose, and caught in three places only: `ui/tasks.py`, `ui/app.py`, `cli`.
* Problems of typed or imported values are values (`facts.Problem`), not exceptions.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override


class NtmError(Exception):
    """Stand above every error that is shown to an officer.

    Subclasses are dataclasses (`eq=False`) and set the four class attributes. `exit_code` is the one of the command
    line contract.
    """

    code: ClassVar[str] = ""
    exit_code: ClassVar[int] = 6
    what: ClassVar[str] = ""
    safe: ClassVar[str] = ""
    next_step: ClassVar[str] = ""

    def facts(self) -> dict[str, object]:
        """Return the typed facts by field name, for the placeholders of the message ids."""
        own: object = self
        if not dataclasses.is_dataclass(own):
            return {}
        return {field.name: getattr(own, field.name) for field in dataclasses.fields(own)}

    @override
    def __str__(self) -> str:
        return f"{self.code} {self.facts()}"


class Refused(NtmError):
    """Say that the officer can put it right."""

    exit_code = 1


class Unavailable(NtmError):
    """Say that something outside the program is missing: room, a file, a token, a connection."""

    exit_code = 3


class Untrusted(NtmError):
    """Say that a pack or a signature must not be believed."""

    exit_code = 4


class Damaged(NtmError):
    """Say that a workspace or a file is broken; the copy is the way out."""

    exit_code = 5


class Cancelled(NtmError):
    """Say that the officer stopped the work; never shown as a failure."""

    code = "cancelled"
    exit_code = 1
    what = "The work was stopped."
    safe = "Nothing was changed."
    next_step = "Start it again when it suits."


@dataclass(eq=False)
class DiskFull(Unavailable):
    """Say that there is no room left where a file was being written."""

    path: str

    code: ClassVar[str] = "disk_full"
    what: ClassVar[str] = "There is no room left to write {path}."
    safe: ClassVar[str] = "Everything saved before is still there; nothing half written was kept."
    next_step: ClassVar[str] = "Delete files that are not needed or choose another disk, then try again."


@dataclass(eq=False)
class FileUnreadable(Unavailable):
    """Say that a file could not be read: it vanished, is locked or may not be opened."""

    path: str
    reason: str
    """Name of the system's fault (`EACCES`), for the technical details only."""

    code: ClassVar[str] = "file_unreadable"
    what: ClassVar[str] = "The file {path} cannot be read."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Close the program that has it open or find the file again, then try again."


@dataclass(eq=False)
class FileUnwritable(Unavailable):
    """Say that a file could not be written: the folder is read-only, gone, or the file is open elsewhere."""

    path: str
    reason: str
    """Name of the system's fault (`EACCES`), for the technical details only."""

    code: ClassVar[str] = "file_unwritable"
    what: ClassVar[str] = "The file {path} cannot be written."
    safe: ClassVar[str] = "Everything saved before is still there; nothing half written was kept."
    next_step: ClassVar[str] = "Close the program that has it open or choose another folder, then try again."


@dataclass(eq=False)
class FileInUse(Unavailable):
    """Say that another program kept a file open although it was asked for several times."""

    path: str
    reason: str
    """Name of the system's fault (`EACCES`), for the technical details only."""

    code: ClassVar[str] = "file_in_use"
    what: ClassVar[str] = "Another program, often the virus scanner or Excel, holds the file {path}."
    safe: ClassVar[str] = "Everything saved before is still there; nothing half written was kept."
    next_step: ClassVar[str] = "Close that program or wait a minute, then try again."


@dataclass(eq=False)
class FileTooLarge(Unavailable):
    """Say that the file system takes no file of this size: FAT32 ends at 4 GB."""

    path: str

    code: ClassVar[str] = "file_too_large"
    what: ClassVar[str] = (
        "{path} would be larger than its disk takes: a stick formatted as FAT32 ends at 4 GB a file."
    )
    safe: ClassVar[str] = "Everything saved before is still there; nothing half written was kept."
    next_step: ClassVar[str] = "Copy the workspace to the stick as a folder, or choose another disk."
