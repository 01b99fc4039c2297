"""Evidence that is missing or changed, brought back from copies: only content with the right hash is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_desktop.errors import Unavailable
from ntm_desktop.workspace.carrying import Watch, hash_of
from ntm_desktop.workspace.evidence import EvidenceStore


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of evidence that was missing or changed."""

    brought: tuple[tuple[str, Path], ...]
    """SHA-256 and the place it came from."""
    still: tuple[str, ...]
    """SHA-256 of what no place at hand has."""


def bring_back(store: EvidenceStore, wanted: Sequence[str], places: Sequence[Path], watch: Watch) -> Mended:
    """Take each content from the first place that has it; a changed file goes to quarantine first.

    Raises DiskFull, FileUnwritable, FileInUse, Cancelled.
    """
    brought, still = [], []
    for sha256 in wanted:
        place = next((each for each in places if _has(each, sha256, watch)), None)
        if place is None:
            still.append(sha256)
            continue
        store.add(_path(place, sha256))
        brought.append((sha256, place))
    return Mended(tuple(brought), tuple(still))


def _path(place: Path, sha256: str) -> Path:
    return place / "evidence" / sha256[:2] / sha256


def _has(place: Path, sha256: str, watch: Watch) -> bool:
    try:
        return hash_of(_path(place, sha256), watch) == sha256
    except Unavailable:
        return False
