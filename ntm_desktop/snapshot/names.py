"""Names of evidence inside a dossier: readable, ASCII, lower case, and possible on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from typing import Final

from ntm_desktop.snapshot.model import Evidence

FOLDER: Final = "evidence/"
LONGEST_NAME: Final = 80
"""With the folder; long enough to recognise a file, short enough for old Windows paths."""
_SHA_DIGITS: Final = 12
_LONGEST_SUFFIX: Final = 9
_CONTAINER_NAME: Final = re.compile(r"evidence/([0-9a-f]{12})_[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9]{1,8})?")
_OTHER: Final = re.compile(r"[^a-z0-9]+")
_WITHOUT_DECOMPOSITION: Final = str.maketrans({"\u0111": "d", "\u0110": "d"})  # d with stroke


def container_name(evidence: Evidence, taken: Container[str]) -> str:
    """Return `evidence/<first 12 digits of sha256>_<ascii name>`, not among the names already `taken`.

    Names come out in lower case, so that names that differ are also different ignoring case. Starting with
    digits of the content, none can be a device name of Windows.
    """
    stem, suffix = _split(evidence.name)
    number = 1
    while True:
        end = suffix if number == 1 else f"-{number}{suffix}"
        start = f"{FOLDER}{evidence.sha256[:_SHA_DIGITS]}_"
        made = f"{start}{stem[: LONGEST_NAME - len(start) - len(end)].rstrip('_')}{end}"
        if made not in taken:
            return made
        number += 1


def is_container_name(file: str, sha256: str) -> bool:
    """Say whether a file name is one that `container_name` could have given to this content."""
    match = _CONTAINER_NAME.fullmatch(file)
    return match is not None and match[1] == sha256[:_SHA_DIGITS] and len(file) <= LONGEST_NAME


def _split(name: str) -> tuple[str, str]:
    """Return a plain stem and a plain suffix with its dot (empty when there is none worth keeping)."""
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem:
        stem, suffix = name, ""
    suffix = _plain(suffix)
    if len(suffix) > _LONGEST_SUFFIX or "_" in suffix:
        stem, suffix = name, ""
    return _plain(stem) or "tep", f".{suffix}" if suffix else ""


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_WITHOUT_DECOMPOSITION))
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _OTHER.sub("_", letters).strip("_")
