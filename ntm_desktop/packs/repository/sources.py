"""Where a repository is read from: a folder, a server, lists kept earlier. A one-file bundle has its own module.

A source hands out bytes and believes nothing; it never reads further than it was allowed to.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from ntm_desktop.disk import fault_name
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.packs.repository.layout import METADATA, pack_file
from ntm_desktop.packs.repository.lists import SignedLists
from ntm_desktop.packs.repository.refusals import PartMissing, PartTooLarge, Tampered

Fetch = Callable[[str, int], bytes]
"""Address and limit to content. Stops reading one byte past the limit; raises FileNotFoundError when the server says
that there is no such file, and the program's own errors when it cannot be reached."""

_LIST: Final = re.compile(rf"{METADATA}/(?:(\d{{1,9}})\.)?([a-z0-9-]+)\.json", re.ASCII)


class Source(Protocol):
    """Files of one repository by their names in `layout`."""

    @property
    def carried(self) -> bool:
        """Whether it came by hand, so that nobody can say how new it is; a server is asked today."""

    def read(self, name: str, limit: int) -> bytes | None:
        """Return a file, None when there is none. Raises PartTooLarge, Unavailable, BundleDamaged."""


def require(source: Source, name: str, limit: int) -> bytes:
    """Return a file that must be there. Raises PartMissing and what `Source.read` raises."""
    content = source.read(name, limit)
    if content is None:
        raise PartMissing(name)
    return content


def require_listed(source: Source, path: str, sha256: str, size: int) -> bytes:
    """Return the content that the lists name under a path. Raises Tampered and what `require` raises."""
    file = pack_file(path, sha256)
    content = require(source, file, size)
    if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
        raise Tampered(file)
    return content


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A repository in a folder, on a stick or a shared drive; links in it are not followed."""

    folder: Path
    carried: bool = True

    def read(self, name: str, limit: int) -> bytes | None:
        """Return a file, None when there is none. Raises PartTooLarge, FileUnreadable."""
        path = self.folder
        try:
            for step in name.split("/"):
                path = path / step
                kind = stat.S_IFMT(path.lstat().st_mode)
                if kind not in {stat.S_IFDIR, stat.S_IFREG}:
                    raise FileUnreadable(str(path), "not_a_file")
            with path.open("rb") as file:
                content = file.read(limit + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as fault:
            raise FileUnreadable(str(path), fault_name(fault)) from fault
        if len(content) > limit:
            raise PartTooLarge(name, limit)
        return content


@dataclass(frozen=True, slots=True)
class FetchedSource:
    """A repository on a server; how it is reached is the caller's business."""

    address: str
    fetch: Fetch
    carried: bool = False

    def read(self, name: str, limit: int) -> bytes | None:
        """Return a file, None when the server has none. Raises PartTooLarge and what `fetch` raises."""
        try:
            content = self.fetch(f"{self.address.rstrip('/')}/{name}", limit)
        except FileNotFoundError:
            return None
        if len(content) > limit:
            raise PartTooLarge(name, limit)
        return content


@dataclass(frozen=True, slots=True)
class ListsSource:
    """Lists that were kept or came with a dossier, as if they were a repository without packs."""

    lists: SignedLists
    roots: Mapping[int, bytes]
    """By version."""
    carried: bool = True

    def read(self, name: str, limit: int) -> bytes | None:
        """Return a list, None when there is none. Raises PartTooLarge."""
        found = _LIST.fullmatch(name)
        if found is None:
            return None
        content = self.roots.get(int(found[1] or 0)) if found[2] == "root" else self.lists.of(found[2])
        if content is not None and len(content) > limit:
            raise PartTooLarge(name, limit)
        return content or None
