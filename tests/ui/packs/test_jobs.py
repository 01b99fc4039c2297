"""What the page of the packs has done beside the window."""

from __future__ import annotations

from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pack_preview import KeptLookedAt
from ntm_desktop.ui.packs.jobs import CopyJob, KeptJob
from tests.support.windows import NTM


def untold(_told: object) -> None:
    """Hear nothing."""


def test_a_kept_pack_is_previewed_and_a_copy_taken(desk: Desk) -> None:
    looked = KeptJob(desk, NTM).run(untold, lambda: False)
    assert isinstance(looked, KeptLookedAt)
    assert looked.pack.set is desk.compiled.source, "what was read already is not read again"
    CopyJob(desk, "before").run(untold, lambda: False)
    assert [path.name for path in (desk.workspace.folder / "copies").glob("before*")] == ["before-1.ntm"]
