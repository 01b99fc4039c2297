"""The job reads former communes beside the window."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.operations import merger
from ntm_desktop.operations.merger import NotAMerger
from ntm_desktop.ui.merger.jobs import LookJob
from tests.support.windows import make_desk


def test_the_new_commune_itself_is_refused(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, hamlets=())
    job = LookJob(merger.ground(desk), (desk.workspace.folder,))
    with pytest.raises(NotAMerger):
        job.run(lambda _value: None, lambda: False)
    desk.close()
