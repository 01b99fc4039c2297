"""How long a work will still take, in the officer's words. Knows no Qt and no clock."""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.seal import Stage
from ntm_desktop.operations.sizes import size_words

_SOONEST_MS = 1500
"""Before this nothing is foretold: the first blocks say little."""
_MINUTE = 60


def remaining_words(done: int, total: int, elapsed_ms: int) -> str:
    """Return "about 20 seconds left"; nothing while it cannot be said."""
    if not 0 < done < total or elapsed_ms < _SOONEST_MS:
        return ""
    seconds = max(1, round(elapsed_ms * (total - done) / done / 1000))
    if seconds < _MINUTE:
        return ngettext("about {count} second left", "about {count} seconds left", seconds).format(
            count=seconds
        )
    minutes = round(seconds / _MINUTE)
    return ngettext("about {count} minute left", "about {count} minutes left", minutes).format(count=minutes)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is."""

    stage: Stage
    done: int
    total: int

    def share(self) -> float:
        """Return the part that is done, from 0 to 1."""
        return self.done / self.total if self.total else 0.0

    def amount(self, elapsed_ms: int) -> str:
        """Return "11,2 of 18,4 MB, about 20 seconds left"; `elapsed_ms` counts from the start of the stage."""
        if self.stage is Stage.PAPERS:
            return _("{done} of {total} papers").format(done=self.done, total=self.total)
        words = _("{done} of {total}").format(done=size_words(self.done), total=size_words(self.total))
        left = remaining_words(self.done, self.total, elapsed_ms)
        return _("{amount} \u00b7 {left}").format(amount=words, left=left) if left else words

    def title(self) -> str:
        """Return what is being done."""
        return {
            Stage.PAPERS: _("Writing the papers"),
            Stage.PACKING: _("Packing and signing the file"),
            Stage.READING_BACK: _("Reading the file back and recomputing every result"),
        }[self.stage]


class Splitting(Progress):
    """How far a file is cut into parts and read back."""

    __slots__ = ()

    @override
    def title(self) -> str:
        """Return what is being done."""
        return _("Splitting the file and reading the parts back")
