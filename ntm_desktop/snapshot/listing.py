"""One number for all files of a dossier: printed in the index of files, it ties them to the index's signatures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

WORD: Final = "files"
"""The keyword of the index PDF: `files=SHA256`."""


def listing_digest(files: Iterable[tuple[str, int, str]]) -> str:
    """Return the SHA-256 of the lines `sha256 size name`, in the order of the names.

    Each file is its name inside the container, its bytes, and its SHA-256 in hexadecimal.
    """
    lines = sorted((name, f"{sha256} {size} {name}\n") for name, size, sha256 in files)
    return hashlib.sha256("".join(line for _name, line in lines).encode()).hexdigest()
