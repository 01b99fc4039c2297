"""The victim: seals the dossier of a workspace and records it, saying how far it is.

python sealer.py WORKSPACE TARGET KEY
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from ntm_desktop.operations import seal  # noqa: E402
from ntm_desktop.operations.start import open_desk  # noqa: E402
from torture import communes  # noqa: E402  # the folder above must be known first
from torture.entering import acknowledge  # noqa: E402

READY, BUILT, RECORDED = "ready", "built", "recorded"


def main(workspace: str, target: str, key_file: str) -> int:
    """Seal once."""
    key = seal.unlock(Path(key_file), communes.PASSWORD)
    desk = open_desk(Path(workspace), who=communes.WHO, clock=communes.clock)
    acknowledge(READY)
    built = seal.build(desk.workspace, seal.prepare(desk, communes.SIGNATORY), Path(target), key)
    acknowledge(BUILT)
    seal.commit(desk, built)
    acknowledge(RECORDED)
    desk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
