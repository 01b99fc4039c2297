"""Sizes that travel: a sealed dossier in numbered parts, and the parts as one dossier again."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from ntm_desktop.dossier.reader import read_container
from ntm_desktop.dossier.ziplayout import NotAContainer
from ntm_desktop.errors import Refused
from ntm_desktop.operations.copies import Watch
from ntm_desktop.transfer.parts import Whole, find_list, is_part, join, read_list, split

__all__ = [
    "Joined",
    "NotADossierToSplit",
    "Watch",
    "count_of",
    "is_part",
    "join_parts",
    "read_size",
    "split_dossier",
    "whole_of",
]

_SIZE: Final = re.compile(r"([1-9][0-9]{0,5}) ?(KB|MB|GB)", re.IGNORECASE)
_UNITS: Final = {"KB": 1000, "MB": 1000**2, "GB": 1000**3}
"""Decimal, the smaller reading of a limit: a part of 20 MB passes whichever way the mail counts, 4 GB fits FAT32."""


@dataclass(eq=False)
class NotADossierToSplit(Refused):
    """Say that a file is no sound dossier, which parts would only hide."""

    name: str

    code: ClassVar[str] = "not_a_dossier_to_split"
    what: ClassVar[str] = "{name} is no dossier file, or it was changed after it was made."
    safe: ClassVar[str] = "Nothing was written."
    next_step: ClassVar[str] = "Verify the file to see what is wrong, then split the one that was signed."


@dataclass(frozen=True, slots=True)
class Joined:
    """A dossier file that was put together again."""

    path: Path
    identity: str
    size: int
    parts: int


def read_size(text: str) -> int:
    """Return the bytes of `20MB`, `700 KB` or `4GB`, at 1,000 to the step. Raises ValueError."""
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    return int(match[1]) * _UNITS[match[2].upper()]


def count_of(size: int, part_size: int) -> int:
    """Return how many parts a file of this size makes."""
    return -(-size // part_size)


def split_dossier(path: Path, folder: Path, part_size: int, watch: Watch) -> tuple[Path, ...]:
    """Cut a dossier file into parts of at most `part_size` bytes; return them, their list last.

    Raises NotADossierToSplit and what `transfer.parts.split` raises.
    """
    try:
        found = read_container(path, cancelled=watch.is_cancelled)
    except NotAContainer as fault:
        raise NotADossierToSplit(path.name) from fault
    if not found.sound:
        raise NotADossierToSplit(path.name)
    whole = Whole(f"{found.identity[:12]}.asice", found.identity, found.size, part_size)
    watch.total = 2 * found.size
    return split(path, folder, whole, watch.step)


def join_parts(path: Path, target: Path | None, watch: Watch) -> Joined:
    """Join the parts that a folder, a part or a list leads to; beside them when no target is named.

    Raises what `transfer.parts` raises in `find_list`, `read_list` and `join`.
    """
    listed = find_list(path)
    one = read_list(listed)
    made = target if target is not None else listed.with_name(one.whole.name)
    watch.total = 2 * one.whole.size
    join(one, listed.parent, made, watch.step)
    return Joined(made, one.whole.identity, one.whole.size, len(one.parts))


@contextmanager
def whole_of(path: Path, cancelled: Callable[[], bool] | None = None) -> Iterator[Path]:
    """Give a dossier file itself; of parts the file they join to, which is gone afterwards.

    Raises as `join_parts` for parts.
    """
    if not is_part(path) or not path.is_file():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="ntm-parts-") as folder:
        yield join_parts(path, Path(folder) / "ho-so.asice", Watch(cancelled=cancelled)).path
