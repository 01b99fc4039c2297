"""The victim: makes or opens a workspace and enters facts for ever, printing each that was acknowledged.

python entering.py make FOLDER
python entering.py enter FOLDER ROUND
"""

from __future__ import annotations

import itertools
import sys
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from ntm_desktop.facts.fact import Claim, FactKey, Provenance
from ntm_desktop.facts.period import Period
from ntm_desktop.facts.subject import Commune
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.states import NewClaim, NewEvidence

COMMUNE = Commune("30604", "Vinh An", "Xa", "An Giang")
EVIDENCE_EVERY, UNDO_EVERY = 5, 7


def clock() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def acknowledge(*words: str) -> None:
    """Say that something is on the disk."""
    print(*words, flush=True)


def enter(folder: Path, number: str) -> None:
    """Enter facts, now and then a file, now and then undo and redo."""
    with Workspace.open(folder, who="Hong", clock=clock) as workspace:
        acknowledge("open")
        for count in itertools.count():
            identity = f"{int(number):08x}{count:024x}"
            key = FactKey(f"element_{number}_{count}", "", Period("2023"))
            claim = Claim(identity, str(count), Fraction(count, 7), provenance=Provenance("One"))
            workspace.commit([NewClaim(key, "One", claim)], label="answer")
            acknowledge("fact", key.element, identity)
            if count % EVIDENCE_EVERY == 0:
                attach(workspace, folder, f"{number} {count}")
            elif count % UNDO_EVERY == 0:
                acknowledge("undoing", key.element)
                workspace.undo()
                workspace.redo()
                acknowledge("fact", key.element, identity)


def attach(workspace: Workspace, folder: Path, text: str) -> None:
    """Take in a file of its own and acknowledge it once it counts."""
    path = folder.parent / "source.txt"
    path.write_text(text * 5000, encoding="utf-8")
    stored = workspace.add_evidence(path)
    evidence = Evidence(stored.sha256, stored.size, stored.name, stored.media_type)
    workspace.commit([NewEvidence(stored.sha256, evidence)], label="attach")
    acknowledge("file", stored.sha256)


def main(argv: list[str]) -> int:
    """Make a workspace, or enter until killed."""
    match argv:
        case ["make", folder]:
            Workspace.create(Path(folder), COMMUNE, who="Hong", clock=clock).close()
            acknowledge("made")
        case ["enter", folder, number]:
            enter(Path(folder), number)
        case _:
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
