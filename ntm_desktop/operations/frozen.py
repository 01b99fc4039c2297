"""What a sealed dossier swore to, kept beside the workspace, so that it is shown as it was signed.

The figures of a commune go on changing; a sealed dossier does not. Its `dossier.json` is kept under the identity of
its container, and read again whenever the dossier is shown. Where it is missing (a workspace from before, or a file
somebody removed) the figures of today are shown, because there are no others.
"""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.snapshot.content import DossierContent
from ntm_desktop.snapshot.decoding import DossierFormatUnknown, decode
from ntm_desktop.snapshot.encoding import encode
from ntm_desktop.snapshot.model import Snapshot
from ntm_desktop.snapshot.reader import DossierUnreadable
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.states import Dossier, DossierState

FOLDER = "sealed"


def keep(workspace: Workspace, snapshot: Snapshot, identity: str) -> None:
    """Keep what was sealed, before it is recorded. Raises DiskFull, FileUnwritable."""
    folder, disk = workspace.folder / FOLDER, Disk()
    target = folder / f"{identity}.json"
    part = target.with_name(target.name + ".part")
    try:
        disk.make_folder(folder)
        with disk.create(part) as file:
            disk.write(file, encode(snapshot))
            disk.sync(file)
        disk.rename(part, target)
        disk.sync_folder(folder)
    except OSError as fault:
        raise unwritable(target, fault) from fault


def content(workspace: Workspace, dossier: Dossier) -> DossierContent | None:
    """Return what the last sealed file of a dossier swore to; None for an open dossier, or when it is not there."""
    if dossier.state is DossierState.OPEN:
        return None
    sealed = workspace.sealed(dossier.id)
    return sealed_content(workspace, sealed[0].identity) if sealed else None


def sealed_content(workspace: Workspace, identity: str) -> DossierContent | None:
    """Return what one sealed file swore to, by the identity of its container; None when it is not there."""
    return _read(workspace.folder / FOLDER / f"{identity}.json") if identity else None


def _read(path: Path) -> DossierContent | None:
    try:
        return decode(path.read_bytes())
    except (OSError, DossierUnreadable, DossierFormatUnknown):
        return None
