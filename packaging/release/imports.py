"""What the programs and libraries of a Windows folder import, and whether all of it will be found there.

A library is looked for where Windows and Python look: beside the file that needs it, beside python.exe, and in the
folders a package adds (Qt's two, and `NAME.libs`). Read with objdump, which needs no Windows.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

BINARIES: Final = frozenset({".dll", ".exe", ".pyd"})
_OF_WINDOWS: Final = frozenset(
    {
        *("advapi32", "authz", "bcrypt", "bcryptprimitives", "cabinet", "cfgmgr32", "comctl32", "comdlg32"),
        *("crypt32", "d2d1", "d3d11", "d3d12", "d3d9", "dcomp", "dnsapi", "dwmapi", "dwrite", "dxgi"),
        *("gdi32", "icuuc", "imm32", "iphlpapi", "kernel32", "mpr", "msi", "ncrypt", "netapi32", "normaliz"),
        *("ntdll", "ole32", "oleaut32", "opengl32", "powrprof", "propsys", "psapi", "rpcrt4", "rstrtmgr"),
        *("secur32", "setupapi", "shcore", "shell32", "shlwapi", "ucrtbase", "uiautomationcore"),
        *(
            "user32",
            "userenv",
            "usp10",
            "uxtheme",
            "version",
            "winhttp",
            "winmm",
            "winspool.drv",
            "wintrust",
            "ws2_32",
            "wtsapi32",
        ),
    }
)
"""Libraries that every Windows 10 from version 1809 on has; icuuc came with version 1703."""
_SETS: Final = ("api-ms-win-", "ext-ms-win-")
_ADDED: Final = {"PySide6": ("PySide6", "shiboken6"), "shiboken6": ("shiboken6",)}
"""Folders of libraries that a package adds to the search before it loads anything."""
_FILE: Final = re.compile(r"^(.+):\s+file format (\S+)$")
_NAME: Final = re.compile(r"^\s+DLL Name: (.+)$")
_FORMAT: Final = "pei-x86-64"
_AT_ONCE: Final = 100


class Foreign(Exception):
    """Say which files are none that 64-bit Windows loads."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(*names)
        self.names = names


class Folder:
    """The programs and libraries beneath a folder, with what each imports."""

    def __init__(self, root: Path, *, python: str, packages: str) -> None:
        self._python = root / python
        self._packages = root / packages
        self.imports = dict(_read(path for path in root.rglob("*") if path.suffix.lower() in BINARIES))
        self._there = {(path.parent, path.name.lower()): path for path in self.imports}

    def reached(self, roots: Iterable[Path]) -> set[Path]:
        """Return the files that some files need, directly or by way of others, and these themselves."""
        reached: set[Path] = set()
        open_ends = list(roots)
        while open_ends:
            path = open_ends.pop()
            if path not in reached:
                reached.add(path)
                found = (self._find(path, name) for name in self.imports.get(path, ()))
                open_ends += [one for one in found if one is not None]
        return reached

    def missing(self) -> Iterator[str]:
        """Yield a sentence for each import that neither the folder nor Windows answers."""
        for path, names in sorted(self.imports.items()):
            lacking = [name for name in names if not _is_of_windows(name) and self._find(path, name) is None]
            if lacking:
                yield f"{path.name} needs {', '.join(lacking)}"

    def _find(self, path: Path, name: str) -> Path | None:
        places = (place for folder in self._searched(path) for place in [(folder, name.lower())])
        return next((self._there[place] for place in places if place in self._there), None)

    def _searched(self, path: Path) -> Iterator[Path]:
        yield path.parent
        yield self._python
        if path.is_relative_to(self._packages):
            package = path.relative_to(self._packages).parts[0]
            yield self._packages / f"{package}.libs"
            yield from (self._packages / added for added in _ADDED.get(package, ()))


def _is_of_windows(name: str) -> bool:
    lowered = name.lower()
    return lowered.startswith(_SETS) or lowered.removesuffix(".dll") in _OF_WINDOWS


def _read(paths: Iterable[Path]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield each file with the names it imports. Raises Foreign."""
    files = sorted(paths)
    for start in range(0, len(files), _AT_ONCE):
        some = files[start : start + _AT_ONCE]
        told = subprocess.run(
            ["objdump", "-p", *map(str, some)], capture_output=True, text=True, errors="replace", check=False
        )
        found = dict(_parse(told.stdout))
        foreign = [path.name for path in some if str(path) not in found]
        if foreign:
            raise Foreign(foreign)
        yield from ((path, found[str(path)]) for path in some)


def _parse(told: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what objdump told: each file of the one right format, with its imports."""
    current, names = "", list[str]()
    for line in told.splitlines():
        if match := _FILE.match(line):
            if current:
                yield current, tuple(names)
            current, names = match[1] if match[2] == _FORMAT else "", []
        elif match := _NAME.match(line):
            names.append(match[1])
    if current:
        yield current, tuple(names)
