"""The floor of verifying: read every file of a zip, or of several, with SHA-256: `bench.floor_zip FILE...`."""

from __future__ import annotations

import hashlib
import sys
import zipfile

BLOCK = 1 << 20


def main(*paths: str) -> int:
    """Read."""
    for path in paths:
        _read(path)
    return 0


def _read(path: str) -> None:
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            digest = hashlib.sha256()
            with archive.open(entry) as file:
                while block := file.read(BLOCK):
                    digest.update(block)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
