"""A restored copy held against the workspace it was made of: every cell and every file, none left out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ntm_desktop.facts.fact import EditKind
from ntm_desktop.workspace.carrying import Watch, hash_of
from ntm_desktop.workspace.manifest import DATABASE, hash_in_name, names_in
from ntm_desktop.workspace.places import cells_in
from ntm_desktop.workspace.reading import Reader


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison found."""

    facts: int
    """Claims that are the same."""
    others: int
    """Everything else that is the same: hamlets, dossiers, links."""
    differing: tuple[str, ...]
    """Kinds of entries that differ, each once."""
    files: int
    size: int
    """Bytes of the files that are the same."""
    missing: tuple[str, ...]
    """Names of files that are not there or differ."""

    @property
    def agrees(self) -> bool:
        """Say whether nothing differs."""
        return not self.differing and not self.missing


def compare(restored: Path, live: Reader, head: str, watch: Watch) -> Compared:
    """Compare a restored workspace with what the live one held at the edit `head`, by its journal.

    Evidence is held against the hash in its name, any other file against the one in the live workspace.
    Raises WorkspaceDamaged, FileUnreadable, Cancelled.
    """
    expected = live.cells_at(head)
    found = cells_in(restored / DATABASE)
    same = expected & found
    facts = sum(1 for kind, _target, _body in same if kind == EditKind.CLAIM)
    files = size = 0
    missing = {one.sha256 for one in live.evidence() if not (restored / _shelf(one.sha256)).is_file()}
    missing &= {target for kind, target in _evidence_of(expected)}
    bad = sorted(missing)
    names = names_in(restored)
    watch.total = sum((restored / name).stat().st_size for name in names)
    for name in names:
        path, named = restored / name, hash_in_name(name)
        theirs = live.folder / name
        wanted = named or (hash_of(theirs) if theirs.is_file() else None)
        if hash_of(path, watch) == wanted:
            files, size = files + 1, size + path.stat().st_size
        elif wanted is not None:
            bad.append(name)
    differing = tuple(sorted({kind for kind, _target, _body in expected ^ found}))
    return Compared(facts, len(same) - facts, differing, files, size, tuple(bad))


def _shelf(sha256: str) -> str:
    return f"evidence/{sha256[:2]}/{sha256}"


def _evidence_of(cells: frozenset[tuple[str, str, str]]) -> list[tuple[str, str]]:
    # The target of evidence is a JSON list with its hash alone.
    return [(kind, target[2:-2]) for kind, target, _body in cells if kind == EditKind.EVIDENCE]
