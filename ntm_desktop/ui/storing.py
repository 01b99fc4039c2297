"""Much is stored beside the window: the job, and what it tells while it goes. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ntm_desktop.errors import Cancelled
from ntm_desktop.i18n import gettext as _

Stored = TypeVar("Stored")


@dataclass(frozen=True, slots=True)
class StoreJob(Generic[Stored]):
    """Run an operation that tells how many figures it has stored; stopped in between it has stored nothing.

    Reports how far it is, in words.
    """

    store: Callable[[Callable[[int], None]], Stored]

    def run(self, report: Callable[[object], None], cancelled: Callable[[], bool]) -> Stored:
        """Do it. Raises Cancelled, and what the operation raises."""

        def watch(count: int) -> None:
            if cancelled():
                raise Cancelled
            report(_words(count))

        return self.store(watch)


def _words(count: int) -> str:
    return _("{count} figures stored").format(count=f"{count:,}".replace(",", "."))
