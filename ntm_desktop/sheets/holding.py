"""Who has a table open: office programs lay a small file beside the one they hold.

Excel: `~$name.xlsx`, one byte with the length of the user's name, the name in the system's code page, then in
UTF-16 from byte 55. LibreOffice: `.~lock.name.xlsx#`, fields between commas: user, machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ntm_desktop.facts.folding import one_line

_MOST_BYTES = 1024
_WIDE_NAME = 55
_LONGEST_NAME = 52
_SHORTENED_FROM = 8
"""Excel drops the first two letters of a long name to make room for `~$`."""


def holder_of(path: Path) -> str | None:
    """Return who has the file open as the office programs tell it; empty when they do not say, None: nobody."""
    for beside, reading in _beside(path):
        try:
            with beside.open("rb") as file:
                return one_line(reading(file.read(_MOST_BYTES)))[:_LONGEST_NAME]
        except FileNotFoundError:
            continue
        except OSError:
            return ""  # Excel lets nobody read it while it runs
    return None


def _beside(path: Path) -> Iterator[tuple[Path, Callable[[bytes], str]]]:
    yield path.with_name(f"~${path.name}"), _excel
    if len(path.stem) >= _SHORTENED_FROM:
        yield path.with_name(f"~${path.name[2:]}"), _excel
    yield path.with_name(f".~lock.{path.name}#"), _libre_office


def _excel(content: bytes) -> str:
    length = content[0] if content else 0
    wide = content[_WIDE_NAME : _WIDE_NAME + 2 * length]
    if length <= _LONGEST_NAME and len(wide) == 2 * length:
        return wide.decode("utf-16-le", "replace")
    return content[1 : 1 + length].decode("cp1258", "replace")


def _libre_office(content: bytes) -> str:
    fields = content.decode("utf-8", "replace").split(",")
    return " ".join(part for part in (field.strip() for field in fields[:2]) if part)
