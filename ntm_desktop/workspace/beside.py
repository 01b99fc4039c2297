"""Much is stored beside the window: a job writes over a connection of its own, and nobody else writes until it is told.

The window's own connection goes on reading what stood before. It writes again once memory has followed: an entry made
in between would rest on figures that are no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from ntm_desktop.facts.fact import Edit
from ntm_desktop.workspace.connection import open_for_writing
from ntm_desktop.workspace.errors import StoringBeside
from ntm_desktop.workspace.journal import Journal, Watch
from ntm_desktop.workspace.states import NewState


class Beside:
    """Whether a job writes, and its way to do so."""

    def __init__(
        self,
        file: Path,
        writing: Callable[[], Journal],
        follow: Callable[[Sequence[Edit], Sequence[NewState]], None],
    ) -> None:
        self._file = file
        self._writing = writing
        self._follow = follow
        self._held = False

    def require_free(self) -> None:
        """Refuse to write while a job does. Raises StoringBeside."""
        if self._held:
            raise StoringBeside(str(self._file.parent))

    @contextmanager
    def hold(self) -> Iterator[Journal]:
        """Give the journal that writes in a job; after that nobody writes until `follow`, unless it failed.

        Raises WorkspaceReadOnly, StoringBeside, FileUnwritable, WorkspaceDamaged.
        """
        journal = self._writing()
        self._held = True
        try:
            with closing(open_for_writing(self._file)) as connection:
                yield replace(journal, connection=connection)
        except BaseException:
            self._held = False
            raise

    def commit(
        self, states: Sequence[NewState], *, label: str, watch: Watch | None = None
    ) -> tuple[Edit, ...]:
        """Write the states in a job as `Workspace.commit` does; memory has to `follow` on the window's own thread.

        Raises as `Workspace.commit`, and what `watch` raises; then nothing was changed.
        """
        with self.hold() as journal:
            return journal.commit(states, label=label, watch=watch)

    def follow(self, edits: Sequence[Edit], states: Sequence[NewState]) -> None:
        """Bring memory to what the job has written; from here on others may write."""
        self._held = False
        self._follow(edits, states)
