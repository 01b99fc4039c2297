"""Newer code beside the installed program: laid down whole, compiled and read back, then chosen by one renamed file.

Whatever interrupts it, the version that ran before runs again: a folder counts once the pointer names it, and the
pointer is written last. What `launcher` reads is written here and nowhere else.
"""

from __future__ import annotations

import hashlib
import importlib.util
import py_compile
import shutil
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from ntm_desktop.disk import Disk, forget_cached, unwritable
from ntm_desktop.launcher import POINTER, Pointer, is_version
from ntm_desktop.packs.program.refusals import UpdateDamaged
from ntm_desktop.packs.program.update_file import Update
from ntm_desktop.packs.repository.beside import write_beside
from ntm_desktop.snapshot.canonical import canonical_bytes

_PART: Final = ".part"
_OLD: Final = ".old"
Tell = Callable[[int, int], None]
"""Is told how many files of how many are laid down; may raise Cancelled."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The folder of one user in which newer code lies."""

    folder: Path
    disk: Disk = field(default_factory=Disk)

    def lay(self, update: Update, tell: Tell) -> None:
        """Lay a version down beside the others; it does not count yet.

        Raises UpdateDamaged, DiskFull, FileUnwritable, and what `tell` raises; then nothing is left of it.
        """
        target, part = self._place(update.version), self._place(update.version, _PART)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _clear(part)
            try:
                self._lay(update, part, tell)
                self._make_room(target)
                self.disk.rename(part, target)
            except BaseException:
                _clear(part)
                raise
            self.disk.sync_folder(self.folder)
        except OSError as fault:
            raise unwritable(target, fault) from fault

    def choose(self, pointer: Pointer) -> None:
        """Let the next start run another version. Raises DiskFull, FileUnwritable; then the one before is chosen."""
        try:
            for mark in ("ok", "tried"):
                if pointer.version:
                    self.disk.remove(self._place(pointer.version, f".{mark}"))
        except OSError as fault:
            raise unwritable(self.folder, fault) from fault
        write_beside(self.folder / POINTER, canonical_bytes(dict(asdict(pointer))), self.disk)

    def forget(self, kept: Collection[str]) -> None:
        """Take away what no pointer names any more; what cannot be taken away now goes another time."""
        for path in self.folder.iterdir():
            version = path.name if is_version(path.name) else path.stem
            if is_version(version) and (version not in kept or path.suffix in {_PART, _OLD}):
                _clear(path)

    def _place(self, version: str, ending: str = "") -> Path:
        return self.folder / f"{version}{ending}"

    def _lay(self, update: Update, part: Path, tell: Tell) -> None:
        folders = {part}
        for count, (name, content) in enumerate(update.files.items()):
            tell(count, len(update.files))
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            folders.update(one for one in path.parents if one.is_relative_to(part))
            with self.disk.create(path) as file:
                self.disk.write(file, content)
                self.disk.sync(file)
                forget_cached(file)
            if hashlib.sha256(path.read_bytes()).digest() != hashlib.sha256(content).digest():
                raise UpdateDamaged("read_back")
            if path.suffix == ".py":
                folders.add(self._compile(path, self._place(update.version) / name))
        for folder in sorted(folders, reverse=True):
            self.disk.sync_folder(folder)

    def _compile(self, path: Path, final: Path) -> Path:
        """Compile a file for where it will lie: a frozen program writes no compiled files itself."""
        compiled = Path(importlib.util.cache_from_source(str(path)))
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        try:
            py_compile.compile(
                str(path), str(compiled), dfile=str(final), doraise=True, invalidation_mode=mode
            )
        except py_compile.PyCompileError as fault:
            raise UpdateDamaged("does_not_compile") from fault
        with compiled.open("r+b") as file:
            self.disk.sync(file)
        return compiled.parent

    def _make_room(self, target: Path) -> None:
        """Move away what is left of the same version from before; no pointer names it."""
        if target.exists():
            old = target.with_name(f"{target.name}{_OLD}")
            _clear(old)
            self.disk.rename(target, old)
            _clear(old)


def _clear(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
