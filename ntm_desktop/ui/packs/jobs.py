"""What the page has done beside the window: the preview of a set that is here, the copy from before a change."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pack_preview import KeptLookedAt, look_at_kept
from ntm_desktop.operations.packs import Before, copy_before
from ntm_desktop.ui.tasks import IsCancelled, Report


@dataclass(frozen=True, slots=True)
class KeptJob:
    """Preview a pack that is here (`SET@VERSION`), over a connection of its own."""

    desk: Desk
    name: str

    def run(self, _report: Report, _cancelled: IsCancelled) -> KeptLookedAt:
        """Do it. Raises what `pack_preview.look_at_kept` raises."""
        return look_at_kept(self.desk.workspace.folder, self.name, self.desk.clock, self.desk.library)


@dataclass(frozen=True, slots=True)
class CopyJob:
    """Take the copy from before a change, over a connection of its own."""

    desk: Desk
    occasion: str

    def run(self, _report: Report, _cancelled: IsCancelled) -> Before:
        """Do it. Raises what `packs.copy_before` raises."""
        return copy_before(self.desk.workspace, self.occasion)
