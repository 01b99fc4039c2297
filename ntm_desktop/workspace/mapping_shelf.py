"""How tables of other programs are read, kept by name: a habit of the office, no figure, so undo does not know it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from ntm_desktop.workspace.connection import transaction, translated
from ntm_desktop.workspace.journal import Journal, moment


class MappingShelf:
    """The kept mappings of a workspace; `writing` gives the journal, or refuses where nothing may be written."""

    def __init__(self, connection: sqlite3.Connection, file: Path, writing: Callable[[], Journal]) -> None:
        self._connection = connection
        self._file = file
        self._writing = writing

    def keep(self, name: str, content: str) -> None:
        """Keep a mapping; the one of that name is replaced. Raises WorkspaceReadOnly, DiskFull, FileUnwritable."""
        journal = self._writing()
        with transaction(self._connection, self._file):
            self._connection.execute(
                "INSERT OR REPLACE INTO mapping (name, content, kept_at) VALUES (?, ?, ?)",
                (name, content, moment(journal.clock)),
            )

    def forget(self, name: str) -> None:
        """Take a mapping away; what was counted with it stays. Raises WorkspaceReadOnly, DiskFull, FileUnwritable."""
        self._writing()
        with transaction(self._connection, self._file):
            self._connection.execute("DELETE FROM mapping WHERE name = ?", (name,))

    def all(self) -> dict[str, str]:
        """Return the kept mappings by name."""
        with translated(self._file):
            rows = self._connection.execute("SELECT name, content FROM mapping ORDER BY name").fetchall()
        return {str(name): str(content) for name, content in rows}
