"""Open the key file once and sign every paper of a folder, each into a new file: `bench.program_signing FOLDER`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import notes, signing
from ntm_desktop.dossier.assemble import Paper
from ntm_desktop.operations.paper_signing import PaperSigner, sign_paper
from ntm_desktop.operations.seal import unlock


def main(folder: Path) -> None:
    """Sign them all, visibly."""
    notes.note_peak_at_exit()
    signer = PaperSigner(unlock(folder / "demo-key.p12", signing.OPENS))
    for path in signing.papers_in(folder):
        signed = sign_paper(Paper(path.name, path.read_bytes()), (signer,), "Bench", datetime.now(UTC))
        path.with_suffix(".signed").write_bytes(signed.content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
