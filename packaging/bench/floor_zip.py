"""The floor of verifying: read every file of a zip with SHA-256: `bench.floor_zip FILE`."""

from __future__ import annotations

import hashlib
import sys
import zipfile

BLOCK = 1 << 20


def main(path: str) -> int:
    """Read."""
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            digest = hashlib.sha256()
            with archive.open(entry) as file:
                while block := file.read(BLOCK):
                    digest.update(block)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
