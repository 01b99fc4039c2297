"""Is this Python one that the locked wheels exist for? Said before anything is downloaded."""

from __future__ import annotations

import os
import platform
import struct
import sys
import sysconfig
from dataclasses import dataclass

from devtools.places import ON_WINDOWS, stop

OLDEST, NEWEST = (3, 11), (3, 14)
OLDEST_GLIBC = (2, 34)
OLDEST_WINDOWS_BUILD = 17763
BITS = 64
LONGEST_WINDOWS_ROOT = 110


@dataclass(frozen=True)
class Interpreter:
    """What matters about a Python; a value, so that the judgement can be tested without owning each."""

    version: tuple[int, int]
    implementation: str
    bits: int
    platform: str
    free_threaded: bool
    glibc: tuple[int, int] | None
    windows_build: int | None

    @property
    def name(self) -> str:
        """Return the version as people write it."""
        return f"{self.version[0]}.{self.version[1]}"


def this_one() -> Interpreter:
    """Describe the Python that runs this tool."""
    return Interpreter(
        version=(sys.version_info.major, sys.version_info.minor),
        implementation=sys.implementation.name,
        bits=struct.calcsize("P") * 8,
        platform=sysconfig.get_platform(),
        free_threaded=bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        glibc=_glibc(),
        windows_build=_windows_build(),
    )


def judge(found: Interpreter) -> tuple[str, str] | None:
    """Return why the locked wheels cannot be used with this Python and what to do; nothing when they can."""
    return _version_trouble(found) or _build_trouble(found) or _system_trouble(found)


def require() -> None:
    """Stop with a remedy when the locked wheels cannot be used."""
    trouble = judge(this_one())
    if trouble:
        stop(*trouble)


def _version_trouble(found: Interpreter) -> tuple[str, str] | None:
    if found.version < OLDEST:
        return (
            f"This is Python {found.name}; the program needs 3.11 to 3.14.",
            f"Start the tool with a newer one, for example: {_example()}",
        )
    if found.version > NEWEST:
        return (
            f"This is Python {found.name}; some libraries have no ready-made files for it yet.",
            f"Install Python 3.11 to 3.14 beside it and use that one, for example: {_example()}",
        )
    return None


def _build_trouble(found: Interpreter) -> tuple[str, str] | None:
    if found.implementation != "cpython":
        return (
            f"This is {found.implementation}; Qt for Python exists for CPython only.",
            f"Use: {_example()}",
        )
    if found.bits != BITS:
        return ("This is a 32-bit Python; Qt 6 exists for 64-bit systems only.", "Install the 64-bit Python.")
    if found.free_threaded:
        return (
            "This is a free-threaded Python; the libraries have no ready-made files for it.",
            f"Use: {_example()}",
        )
    if found.platform.startswith("mingw"):
        return (
            "This Python comes from MSYS2; the libraries have no ready-made files for it.",
            "Install Python for Windows from its own installer and run: py packaging\\dev.py demo",
        )
    return None


def _system_trouble(found: Interpreter) -> tuple[str, str] | None:
    if found.platform.startswith("linux") and found.glibc is None:
        return (
            "This system has no glibc (Alpine and other musl systems do not); Qt for Python needs it.",
            "Use Debian 12 or newer, Ubuntu 22.04 or newer, or another system with glibc 2.34 or newer.",
        )
    if found.glibc is not None and found.glibc < OLDEST_GLIBC:
        return (
            f"This system has glibc {found.glibc[0]}.{found.glibc[1]}; Qt for Python needs 2.34 or newer.",
            "Use Debian 12 or newer, Ubuntu 22.04 or newer, or another system of 2022 or later.",
        )
    if found.windows_build is not None and found.windows_build < OLDEST_WINDOWS_BUILD:
        return (
            "This Windows is older than Windows 10 version 1809; Qt 6 does not start on it.",
            "Update Windows.",
        )
    return None


def _example() -> str:
    return "py -3.12 packaging\\dev.py demo" if ON_WINDOWS else "python3.12 packaging/dev.py demo"


def _glibc() -> tuple[int, int] | None:
    name = "CS_GNU_LIBC_VERSION"
    if ON_WINDOWS or name not in getattr(os, "confstr_names", {}):
        return None
    try:
        text = os.confstr(name) or ""
    except (OSError, ValueError):
        return None
    number = text.rpartition(" ")[2].split(".")
    return (int(number[0]), int(number[1])) if len(number) > 1 and number[0].isdigit() else None


def _windows_build() -> int | None:
    if not ON_WINDOWS:
        return None
    build = platform.version().rpartition(".")[2]
    return int(build) if build.isdigit() else None
