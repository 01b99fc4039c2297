"""What the page does beside the window; plain functions for `ui.tasks`. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ntm_desktop.operations import merger
from ntm_desktop.operations.merger import Ground, Seen


@dataclass(frozen=True, slots=True)
class LookJob:
    """Read the former communes and work out what a merger would bring."""

    base: Ground
    folders: tuple[Path, ...]

    def run(self, _report: Callable[[object], None], _cancelled: Callable[[], bool]) -> Seen:
        """Do it. Raises what `merger.look` raises."""
        return merger.look(self.base, self.folders)
