"""The packs a workspace uses or ever used, byte for byte, kept for ever."""

from __future__ import annotations

import hashlib
import sqlite3

from ntm_desktop.criteria.registers import is_register_book
from ntm_desktop.snapshot.model import PackFile


def pack(connection: sqlite3.Connection, sha256: str) -> PackFile | None:
    """Return a kept pack; None when it was never kept here. Raises ValueError when it is no longer what was kept."""
    row = connection.execute(
        "SELECT id, version, sha256, content FROM pack WHERE sha256 = ?", (sha256,)
    ).fetchone()
    if row is None:
        return None
    kept = PackFile(*row)
    if (
        hashlib.sha256(kept.content).hexdigest() != sha256
    ):  # verdicts must never come from a pack that was changed
        raise ValueError(sha256)
    return kept


def changed_packs(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the SHA-256 of every kept pack that is no longer what was kept."""
    rows = connection.execute("SELECT sha256, content FROM pack ORDER BY sha256")
    return tuple(str(sha256) for sha256, content in rows if hashlib.sha256(content).hexdigest() != sha256)


def pack_names(connection: sqlite3.Connection) -> tuple[tuple[str, str, str], ...]:
    """Return id, version and SHA-256 of every kept criterion set, in the order they came."""
    return _names(connection, registers=False)


def register_names(connection: sqlite3.Connection) -> tuple[tuple[str, str, str], ...]:
    """Return id, version and SHA-256 of every kept register book, in the order they came."""
    return _names(connection, registers=True)


def _names(connection: sqlite3.Connection, *, registers: bool) -> tuple[tuple[str, str, str], ...]:
    rows = connection.execute("SELECT id, version, sha256, content FROM pack ORDER BY kept_at, sha256")
    return tuple(
        (id_, version, sha256)
        for id_, version, sha256, content in rows
        if is_register_book(content) is registers
    )
