"""What sharing the work does beside the window; plain functions for `ui.tasks`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ntm_desktop.errors import Cancelled
from ntm_desktop.operations import packets
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.packets import Plan


@dataclass(frozen=True, slots=True)
class LookJob:
    """Read a packet that came back and compare it; nothing is stored."""

    desk: Desk
    path: Path

    def run(self, _report: Callable[[object], None], cancelled: Callable[[], bool]) -> Plan:
        """Do it. Raises Cancelled, and what `packets.preview` raises."""
        plan = packets.preview(self.desk, self.path)
        if cancelled():
            raise Cancelled
        return plan
