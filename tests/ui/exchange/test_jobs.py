"""The jobs are plain: they report, they can be stopped, they need no window."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.foreign import Looked
from ntm_desktop.operations.intake import ground
from ntm_desktop.ui.exchange.jobs import CopyJob, LookJob, ReceiveJob, TallyJob
from tests.operations.test_foreign import ONE_STOP, export


def test_table_is_received_looked_at_counted_and_copied(desk: Desk, tmp_path: Path) -> None:
    path, told = export(tmp_path / "a.csv"), list[object]()

    def go_on() -> bool:
        return False

    assert isinstance(ReceiveJob(ground(desk), path).run(told.append, go_on), Looked)
    assert LookJob(path, "a", 1).run(told.append, go_on).rows == 103
    assert TallyJob(ground(desk), path, ONE_STOP, 2024).run(told.append, go_on).tally.rows == 103
    first, second = (CopyJob(path, ONE_STOP, tmp_path).run(told.append, go_on) for _time in range(2))
    assert first != second
    assert first.name == second.name == "a.xlsx"
    assert told
