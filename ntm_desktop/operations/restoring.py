"""Bring a copy back into a new folder, and rehearse that: really restore, compare everything, tidy up, note it."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from ntm_desktop.criteria.compare import compare as flips
from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.errors import Refused
from ntm_desktop.operations import dossiers
from ntm_desktop.operations.copies import Copy, Watch, copies_at, known, utc_text
from ntm_desktop.operations.start import open_desk
from ntm_desktop.trust.locked_stream import PassphraseNeeded, WrongPassphrase
from ntm_desktop.workspace import ledger, rehearsal
from ntm_desktop.workspace.carrying import PlaceGone
from ntm_desktop.workspace.drive import hold_local, label_of
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.ledger import Rehearsed
from ntm_desktop.workspace.places import copy_at
from ntm_desktop.workspace.rehearsal import Compared
from ntm_desktop.workspace.restoring import Restored, restore_copy, restore_file

__all__ = [
    "Compared",
    "NoCopyAtHand",
    "PassphraseNeeded",
    "Rehearsal",
    "Rehearsed",
    "Restored",
    "WrongPassphrase",
    "rehearse",
    "restore",
]

_SCRATCH = "rehearsal-"


@dataclass(eq=False)
class NoCopyAtHand(Refused):
    """Say that there is no complete copy to rehearse with."""

    folder: str

    code: ClassVar[str] = "no_copy_at_hand"
    what: ClassVar[str] = "There is no complete copy of {folder} at hand."
    safe: ClassVar[str] = "The workspace was not touched."
    next_step: ClassVar[str] = "Make a copy first, or put in the stick it is on."


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came out of restoring a copy for trial."""

    noted: Rehearsed
    compared: Compared
    flipped: tuple[str, ...]
    """Dossiers whose results come out differently from the restored workspace, by set and year."""
    indicators: int
    """Indicators computed anew over all dossiers."""

    @property
    def agrees(self) -> bool:
        """Say whether everything came back."""
        return self.noted.agrees


def restore(source: Path, folder: Path, watch: Watch, passphrase: str = "") -> Restored:
    """Restore a `.ntmbackup`, or a copy `copies/NAME.ntm` of a place, into a new or empty folder.

    Raises WorkspaceOnNetwork, and what `workspace.restoring` raises; then the folder is as it was.
    """
    hold_local(folder)
    if source.suffix == ".ntm" and source.parent.name == "copies":
        return restore_copy(copy_at(source), folder, disk=Disk(), watch=watch)
    return restore_file(source, folder, passphrase=passphrase, disk=Disk(), watch=watch)


def rehearse(workspace: Workspace, now: datetime, watch: Watch) -> Rehearsal:
    """Restore the newest copy at hand into a scratch folder, compare every entry and file, open every dossier.

    Raises NoCopyAtHand, CopyDamaged, PlaceGone, DiskFull, WorkspaceDamaged, FileUnreadable, Cancelled.
    """
    started = time.monotonic()
    copy = _newest(workspace)
    copies = workspace.folder / "copies"
    for left in copies.glob(f"{_SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)  # of a rehearsal that was cut off
    try:
        scratch = tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=copies, ignore_cleanup_errors=True)
    except OSError as fault:
        raise unwritable(copies, fault) from fault
    with scratch, workspace.reader() as live:
        folder = Path(scratch.name) / "kho"
        restored = restore_copy(copy, folder, disk=Disk(), watch=watch)
        head = copy.manifest.head if copy.manifest is not None else ""
        # Opening brings a copy of an older program up to date, as it did the workspace.
        flipped, opened, indicators = _opened(workspace, folder, now, same=live.head == head)
        compared = rehearsal.compare(folder, live, head, watch)
        at_copy = utc_text(copy.at)
    agrees = compared.agrees and not flipped and not restored.damaged
    noted = Rehearsed(
        at=utc_text(now),
        copy_at=at_copy,
        label=label_of(copy.place),
        facts=compared.facts,
        files=compared.files,
        size=compared.size,
        dossiers=opened,
        seconds=max(1, round(time.monotonic() - started)),
        agrees=agrees,
    )
    seen = known(workspace)
    ledger.save(workspace.folder, ledger.Ledger(seen.places, noted), Disk())
    return Rehearsal(noted, compared, flipped, indicators)


def _newest(workspace: Workspace) -> Copy:
    """Return the newest complete copy at hand; of two as new, the one farther away."""
    places = [Path(one.place) for one in known(workspace).places if Path(one.place) != workspace.folder]
    found: list[Copy] = []
    for place in (*places, workspace.folder):
        try:
            found += [copy for copy in copies_at(place)[:1] if copy.manifest is not None]
        except PlaceGone:
            continue
    if not found:
        raise NoCopyAtHand(str(workspace.folder))
    return max(found, key=lambda copy: copy.at)


def _opened(
    workspace: Workspace, folder: Path, now: datetime, *, same: bool
) -> tuple[tuple[str, ...], int, int]:
    """Open every dossier of the restored workspace; compare its results while nothing was entered since."""
    restored = open_desk(folder, who="", clock=lambda: now)
    live = open_desk(workspace.folder, who="", clock=lambda: now, read_only=True)
    try:
        flipped, indicators = [], 0
        everyone = dossiers.listed(restored)
        for dossier in everyone:
            evaluation = restored.evaluate(dossier)
            indicators += len(evaluation.indicators)
            if same and flips(live.evaluate(dossier), evaluation):
                flipped.append(f"{dossier.set_id} {dossier.year}")
    finally:
        live.close()
        restored.close()
    return tuple(flipped), len(everyone), indicators
