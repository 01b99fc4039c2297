"""What kind of disk a folder lies on, as far as the system tells: a share of the network, a stick, a synced folder.

Nothing is guessed in favour of safety: two disks that cannot be told apart count as one.
"""

from __future__ import annotations

import os
import re
import string
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from ntm_desktop.errors import Refused

if sys.platform == "win32":
    import ctypes

_NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "davfs", "glusterfs", "fuse.sshfs"}
    | {"fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.glusterfs"}
)
_SYNCED: Final = (
    "OneDrive",
    "Dropbox",
    "Google Drive",
    "GoogleDrive",
    "My Drive",
    "iCloudDrive",
    "Zalo Cloud",
)
_OCTAL: Final = re.compile(r"\\([0-7]{3})")
_REMOVABLE, _REMOTE = 2, 4
"""What GetDriveTypeW of Windows answers."""


@dataclass(eq=False)
class WorkspaceOnNetwork(Refused):
    """Say that a workspace lies on a share of the network, where SQLite's log does not work."""

    folder: str

    code: ClassVar[str] = "workspace_on_network"
    what: ClassVar[str] = (
        "{folder} lies on a network share. Two computers writing there at once would damage the workspace."
    )
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = (
        "Keep the workspace on a disk of this computer; put copies on the share if they are wanted there."
    )


@dataclass(frozen=True, slots=True)
class Mount:
    """One file system of Linux (proc_pid_mountinfo(5))."""

    device: str
    """Major and minor number, `8:1`."""
    root: str
    kind: str


def hold_local(folder: Path) -> None:
    """Refuse a folder on a network share. Raises WorkspaceOnNetwork."""
    if is_on_network(folder):
        raise WorkspaceOnNetwork(str(folder))


def is_on_network(folder: Path) -> bool:
    """Say whether a folder, there already or not, lies on a share of the network."""
    if sys.platform == "win32":
        path = str(folder.absolute())
        return path.startswith("\\\\") or _drive_type(path) == _REMOTE
    mount = mount_of(folder)
    return mount is not None and mount.kind in _NETWORK


def synced_by(folder: Path) -> str:
    """Return the name of the program that copies a folder to the network by itself; empty where none is known of."""
    parts = folder.absolute().parts
    for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = os.environ.get(variable)
        if root and folder.absolute().is_relative_to(root):
            return "OneDrive"
    return next(
        (
            name
            for part in parts
            for name in _SYNCED
            if part == name or part.startswith((f"{name} -", f"{name} ("))
        ),
        "",
    )


def is_stick(folder: Path) -> bool:
    """Say whether a folder lies on a medium that is taken out."""
    if sys.platform == "win32":
        return _drive_type(str(folder.absolute())) == _REMOVABLE
    mount = mount_of(folder)
    return mount is not None and _is_taken_out(mount)


def sticks() -> tuple[Path, ...]:
    """Return the sticks that are in the computer now."""
    if sys.platform == "win32":
        drives = [Path(f"{letter}:\\") for letter in string.ascii_uppercase]
        return tuple(drive for drive in drives if _drive_type(str(drive)) == _REMOVABLE and drive.exists())
    return tuple(Path(mount.root) for mount in _mounts("/proc/self/mountinfo") if _is_taken_out(mount))


def is_other_disk(one: Path, other: Path) -> bool:
    """Say whether two folders surely lie on different disks: what breaks one leaves the other."""
    if is_stick(one) != is_stick(other):
        return True
    if sys.platform == "win32":
        return False  # C: and D: are often two parts of one disk, and nothing here tells
    first, second = mount_of(one), mount_of(other)
    if first is None or second is None or first.device == second.device:
        return False
    disks = _disk_of(first), _disk_of(second)
    return all(disk.is_dir() for disk in disks) and disks[0] != disks[1]


def label_of(folder: Path) -> str:
    """Return what an officer calls the disk of a folder: `D:`, the name of a stick; `/` for the disk of the system."""
    if sys.platform == "win32":
        return folder.absolute().drive
    mount = mount_of(folder)
    return (Path(mount.root).name or "/") if mount is not None else str(folder)


def mount_of(folder: Path, table: str = "/proc/self/mountinfo") -> Mount | None:
    """Return the file system a folder lies on, or will lie on; None where the system does not tell."""
    path = os.path.realpath(folder)
    inside = [
        mount
        for mount in _mounts(table)
        if path == mount.root or path.startswith(mount.root.rstrip("/") + "/")
    ]
    # Of two on the same folder the later one covers the one before.
    return max(enumerate(inside), key=lambda one: (len(one[1].root), one[0]))[1] if inside else None


def _mounts(table: str) -> list[Mount]:
    try:
        with Path(table).open(encoding="utf-8", errors="surrogateescape") as file:
            fields = [line.split() for line in file]
        return [Mount(one[2], _unescaped(one[4]), one[one.index("-") + 1]) for one in fields]
    except (OSError, ValueError, IndexError):
        return []


def _unescaped(text: str) -> str:
    """Read a path of the table: spaces and the like stand there as octal numbers."""
    return _OCTAL.sub(lambda match: chr(int(match[1], 8)), text)


def _is_taken_out(mount: Mount) -> bool:
    return _says(_disk_of(mount), "removable") or mount.root.startswith(("/media/", "/run/media/"))


def _disk_of(mount: Mount) -> Path:
    """Return the folder of the whole disk that a part of it belongs to."""
    device = Path(os.path.realpath(f"/sys/dev/block/{mount.device}"))
    return device.parent if (device / "partition").exists() else device


def _says(disk: Path, name: str) -> bool:
    try:
        return (disk / name).read_text(encoding="ascii").strip() == "1"
    except OSError:
        return False


def _drive_type(path: str) -> int:
    if sys.platform == "win32":
        return int(ctypes.windll.kernel32.GetDriveTypeW(os.path.splitdrive(path)[0] + "\\"))
    return 0
