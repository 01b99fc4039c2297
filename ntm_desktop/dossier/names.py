"""Names that files may have inside a container: safe to unpack on every system, unique ignoring case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

LONGEST_NAME: Final = 200
_SEGMENT: Final = re.compile(r"[A-Za-z0-9_(][A-Za-z0-9_()+,;=@~!$&' .-]*")
# Device names of Windows, with or without an extension: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED: Final = re.compile(r"(?i:con|prn|aux|nul|conin\$|conout\$|com[0-9]|lpt[0-9])")


def is_safe(name: str) -> bool:
    """Tell whether a path can be unpacked anywhere: relative, ASCII, no device, never out of the folder."""
    return len(name) <= LONGEST_NAME and all(_is_safe_segment(segment) for segment in name.split("/"))


def clashes(names: Iterable[str]) -> tuple[str, ...]:
    """List the names no folder could hold beside the others: equal ignoring case, or a file as a folder."""
    seen: set[str] = set()
    doubled = []
    folders: set[str] = set()
    every = tuple(names)
    for name in every:
        folded = name.casefold()
        if folded in seen:
            doubled.append(name)
        seen.add(folded)
        parents = folded.split("/")[:-1]
        folders.update("/".join(parents[: depth + 1]) for depth in range(len(parents)))
    return (*doubled, *(name for name in every if name.casefold() in folders))


def _is_safe_segment(segment: str) -> bool:
    if not _SEGMENT.fullmatch(segment) or segment[-1] in " .":
        return False
    return not _RESERVED.fullmatch(segment.split(".", 1)[0].rstrip(" "))
