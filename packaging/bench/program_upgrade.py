"""Upgrade a container and tell how long that took: `bench.program_upgrade FILE ADDRESS FOLDER`."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench import notes
from ntm_desktop.dossier import tail
from ntm_desktop.operations.trust import belief
from ntm_desktop.operations.upgrade import Services, upgrade
from ntm_desktop.trust.anchors import load_anchors, load_list
from ntm_desktop.trust.judge import judge_all


def main(file: Path, address: str, folder: Path) -> int:
    """Do it, as after sealing: what signs is loaded by then; 0 when nothing is missing."""
    believed = belief(load_anchors([folder / "root.pem"]), [load_list(folder / "root.crl")])
    kept = tail.read_tail(file)
    for signature in kept.signatures.values():
        judge_all(signature, kept.manifest, believed, datetime.now(UTC))
    started, worked = time.perf_counter_ns(), time.process_time_ns()
    found = upgrade(file, Services((address,)), believed, at=datetime.now(UTC))
    notes.note(notes.TOOK, time.perf_counter_ns() - started)
    notes.note(notes.TOOK + notes.PROCESSOR, time.process_time_ns() - worked)
    return len(found.unsettled)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))
