"""What a workspace keeps about packs beside their bytes: who published each, what it reads, what moving put aside.

Rules:
* A pack is kept once and for ever, with the packs its rules read as they were at that moment: a newer version of one of
  those changes no verdict of a dossier that is here.
* What is remembered of publishers is per user; the copy here goes with the workspace to another PC.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.snapshot.model import PackFile
from ntm_desktop.workspace.connection import transaction, translated
from ntm_desktop.workspace.errors import WorkspaceDamaged
from ntm_desktop.workspace.journal import Journal, moment
from ntm_desktop.workspace.packs import register_names
from ntm_desktop.workspace.states import SetAside


@dataclass(frozen=True, slots=True)
class Publication:
    """Who published a pack."""

    fingerprint: str
    name: str
    province: str = ""
    province_name: str = ""

    @property
    def key(self) -> str:
        """The identity of the publisher; a province has its own."""
        return f"{self.fingerprint}/{self.province}" if self.province else self.fingerprint

    @property
    def title(self) -> str:
        """The name to show."""
        return self.province_name or self.name


@dataclass(frozen=True, slots=True)
class NewPack:
    """A pack to be kept."""

    file: PackFile
    """With its proof where it was published; shipped packs have none."""
    publication: Publication | None = None
    references: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of the packs its rules read, by set id."""


class PackShelf:
    """The packs of a workspace; `writing` gives the journal, or refuses where nothing may be written."""

    def __init__(self, connection: sqlite3.Connection, file: Path, writing: Callable[[], Journal]) -> None:
        self._connection = connection
        self._file = file
        self._writing = writing

    def keep(self, packs: tuple[NewPack, ...], trust: bytes = b"") -> None:
        """Keep packs for ever, all or none, and the copy of what is remembered of publishers.

        One that is there already is left alone. Packs come before those that refer to them. Raises ValueError when a
        hash is not the content's, WorkspaceReadOnly, DiskFull, FileUnwritable.
        """
        journal = self._writing()
        for new in packs:
            if hashlib.sha256(new.file.content).hexdigest() != new.file.sha256:
                raise ValueError(new.file.sha256)
        now = moment(journal.clock)
        with transaction(self._connection, self._file):
            for new in packs:
                self._keep(new, now)
            if trust:
                self._connection.execute(
                    "INSERT OR REPLACE INTO trust (one, content, kept_at) VALUES (1, ?, ?)", (trust, now)
                )

    def _keep(self, new: NewPack, now: str) -> None:
        pack, publication = new.file, new.publication
        self._connection.execute(
            "INSERT OR IGNORE INTO pack (sha256, id, version, content, kept_at) VALUES (?, ?, ?, ?, ?)",
            (pack.sha256, pack.id, pack.version, pack.content, now),
        )
        if publication is not None:
            self._connection.execute(
                "INSERT OR IGNORE INTO publication (sha256, fingerprint, name, province, province_name, proof)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    *(pack.sha256, publication.fingerprint, publication.name),
                    *(publication.province, publication.province_name, pack.proof),
                ),
            )
        for set_id, reference in new.references.items():
            self._connection.execute(
                "INSERT OR IGNORE INTO pack_reference (sha256, set_id, reference) VALUES (?, ?, ?)",
                (pack.sha256, set_id, reference),
            )

    def publications(self) -> dict[str, Publication]:
        """Return who published the packs that came from a publisher, by SHA-256."""
        with translated(self._file):
            rows = self._connection.execute(
                "SELECT sha256, fingerprint, name, province, province_name FROM publication"
            ).fetchall()
        return {row[0]: Publication(*row[1:]) for row in rows}

    def registers(self) -> tuple[tuple[str, str, str], ...]:
        """Return id, version and SHA-256 of every kept register book."""
        with translated(self._file):
            return register_names(self._connection)

    def proof(self, sha256: str) -> bytes:
        """Return the proof of who published a pack; empty where there is none."""
        with translated(self._file):
            row = self._connection.execute(
                "SELECT proof FROM publication WHERE sha256 = ?", (sha256,)
            ).fetchone()
        return b"" if row is None else bytes(row[0])

    def references(self, sha256: str) -> dict[str, str]:
        """Return the SHA-256 of the packs whose thresholds a pack reads, by set id."""
        with translated(self._file):
            rows = self._connection.execute(
                "SELECT set_id, reference FROM pack_reference WHERE sha256 = ? ORDER BY set_id", (sha256,)
            ).fetchall()
        return dict(rows)

    def trust(self) -> bytes:
        """Return the copy of what was remembered of publishers; empty where there is none."""
        with translated(self._file):
            row = self._connection.execute("SELECT content FROM trust").fetchone()
        return b"" if row is None else bytes(row[0])

    def set_aside(self, dossier: str) -> tuple[SetAside, ...]:
        """Return what moving a dossier to another set put aside. Raises WorkspaceDamaged."""
        with translated(self._file):
            rows = self._connection.execute(
                "SELECT element, subject, period, plan, reason, from_set, texts FROM set_aside"
                " WHERE dossier = ? ORDER BY element, subject, period, plan",
                (dossier,),
            ).fetchall()
        try:
            return tuple(
                SetAside(
                    dossier,
                    FactKey(element, subject, Period(period), plan == 1),
                    reason,
                    from_set,
                    tuple((str(source), str(text)) for source, text in json.loads(texts)),
                )
                for element, subject, period, plan, reason, from_set, texts in rows
            )
        except (ValueError, TypeError) as fault:
            raise WorkspaceDamaged(str(self._file.parent), "what was set aside cannot be read") from fault
