"""Lay out a dossier: which files, in which order, under which names.

    dossier.json, pack/..., evidence/..., index.html, documents/...

Before them stands mimetype, behind them manifest and signature: those are the writer's. The papers come last because
the last of them lists every other file with its SHA-256.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BufferedIOBase
from typing import BinaryIO, Final, cast

from ntm_desktop.dossier.container import Entry, bytes_entry
from ntm_desktop.dossier.replay import pack_name, proof_name
from ntm_desktop.snapshot.content import file_evidence
from ntm_desktop.snapshot.encoding import encode
from ntm_desktop.snapshot.model import Snapshot

DOSSIER_NAME: Final = "dossier.json"
PAGE_NAME: Final = "index.html"

OpenEvidence = Callable[[str], BinaryIO]
"""Opens the content with this SHA-256 for reading."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished paper: its name below `documents/` and its bytes."""

    name: str
    content: bytes
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the dossier as the index of files prints it."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Assembly:
    """The files of a dossier but for the papers that are still to be written."""

    entries: tuple[Entry, ...]
    listed: tuple[Listed, ...]

    def with_file(self, name: str, media_type: str, content: bytes) -> Assembly:
        """Return the assembly with one more file at its end."""
        digest = hashlib.sha256(content).hexdigest()
        return Assembly(
            (*self.entries, bytes_entry(name, media_type, content)),
            (*self.listed, Listed(name, len(content), digest)),
        )

    def with_papers(self, papers: Sequence[Paper]) -> Assembly:
        """Return the assembly with these papers at its end."""
        assembly = self
        for paper in papers:
            assembly = assembly.with_file(f"documents/{paper.name}", "application/pdf", paper.content)
        return assembly


def assemble(snapshot: Snapshot, open_evidence: OpenEvidence) -> Assembly:
    """Return dossier.json, packs with the proofs of their publishers, and evidence of a snapshot, in order.

    Raises FigureMustStay when the snapshot holds a personal figure.
    """
    assembly = Assembly((), ()).with_file(DOSSIER_NAME, "application/json", encode(snapshot))
    for pack in snapshot.packs:
        assembly = assembly.with_file(pack_name(pack.id, pack.version), "application/json", pack.content)
        if pack.proof:
            assembly = assembly.with_file(proof_name(pack.id, pack.version), "application/json", pack.proof)
    entries, listed = list(assembly.entries), list(assembly.listed)
    for filed in file_evidence(snapshot.evidence):
        evidence = filed.evidence
        opener = _Opener(open_evidence, evidence.sha256)
        entries.append(Entry(filed.file, evidence.media_type, evidence.size, opener.open, evidence.sha256))
        listed.append(Listed(filed.file, evidence.size, evidence.sha256))
    return Assembly(tuple(entries), tuple(listed))


@dataclass(frozen=True, slots=True)
class _Opener:
    open_evidence: OpenEvidence
    sha256: str

    def open(self) -> BufferedIOBase:
        opened = self.open_evidence(self.sha256)
        return (
            cast("BufferedIOBase", opened)
            if isinstance(opened, io.BufferedIOBase)
            else io.BytesIO(opened.read())
        )
