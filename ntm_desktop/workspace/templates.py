"""The office's own Word templates: kept for ever by content; which paper is written with which is journaled."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from ntm_desktop.facts.fact import EditKind
from ntm_desktop.workspace.connection import transaction, translated
from ntm_desktop.workspace.journal import Journal, moment
from ntm_desktop.workspace.states import Body, Target


@dataclass(frozen=True, slots=True)
class Template:
    """The template a paper is written with."""

    paper: str
    """Id of the paper's form, the same in every set."""
    sha256: str
    name: str
    """What the file was called."""


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template's file."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """With which kept template a paper is written; None: as the program lays it out."""

    kind: ClassVar[EditKind] = EditKind.TEMPLATE
    paper: str
    template: Template | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.paper,)

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.template
        return None if one is None else {"sha256": one.sha256, "name": one.name}


class TemplateShelf:
    """The templates of a workspace; `writing` gives the journal, or refuses where nothing may be written."""

    def __init__(self, connection: sqlite3.Connection, file: Path, writing: Callable[[], Journal]) -> None:
        self._connection = connection
        self._file = file
        self._writing = writing

    def keep(self, content: bytes) -> str:
        """Keep a file for ever and return its SHA-256. Raises WorkspaceReadOnly, DiskFull, FileUnwritable."""
        journal, sha256 = self._writing(), hashlib.sha256(content).hexdigest()
        with transaction(self._connection, self._file):
            self._connection.execute(
                "INSERT OR IGNORE INTO template_file (sha256, content, kept_at) VALUES (?, ?, ?)",
                (sha256, content, moment(journal.clock)),
            )
        return sha256

    def all(self) -> dict[str, Template]:
        """Return the templates in use, by paper."""
        with translated(self._file):
            rows = self._connection.execute(
                "SELECT paper, sha256, name FROM template ORDER BY paper"
            ).fetchall()
        return {row[0]: Template(*row) for row in rows}

    def files(self) -> dict[str, TemplateFile]:
        """Return the files of the templates in use, by paper."""
        with translated(self._file):
            rows = self._connection.execute(
                "SELECT paper, name, content FROM template JOIN template_file USING (sha256)"
            ).fetchall()
        return {row[0]: TemplateFile(row[1], bytes(row[2])) for row in rows}
