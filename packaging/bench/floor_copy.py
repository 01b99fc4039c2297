"""The floor of sealing: copy files into one, SHA-256, fsync, read back: `bench.floor_copy FOLDER TARGET`."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

BLOCK = 1 << 20


def main(folder: str, target: str) -> int:
    """Copy; return 0 when the same bytes came back."""
    block = memoryview(bytearray(BLOCK))
    written = hashlib.sha256()
    with open(target, "wb", buffering=0) as copy:  # noqa: PTH123
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                with path.open("rb", buffering=0) as source:
                    while count := source.readinto(block):
                        written.update(block[:count])
                        copy.write(block[:count])
        os.fsync(copy.fileno())
    back = hashlib.sha256()
    with open(target, "rb", buffering=0) as copy:  # noqa: PTH123
        while count := copy.readinto(block):
            back.update(block[:count])
    return 0 if back.digest() == written.digest() else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
