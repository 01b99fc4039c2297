"""The setup program for Windows: the laid folder, packed by NSIS, within limits of size."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from devtools import system
from devtools.places import BUILD, say, stop
from release import embedding, freezing
from release.debian import version

FOLDER: Final = BUILD / "release" / "windows"
"""Holds `app`, the folder that is installed."""
_SCRIPT: Final = Path(__file__).with_name("windows") / "ntm-desktop.nsi"
_TOOLS: Final = {"makensis": "nsis", "objdump": "binutils"}
_LONGEST: Final = 1200  # seconds
_MB: Final = 1_000_000
LIMITS: Final = {"unpacked": 200 * _MB, "setup program": 60 * _MB}
"""Bytes; growth beyond them is looked at before it is let through."""


def build(interpreter: Path, sha256: str) -> Path:
    """Make the setup program of an embeddable Python and return it. Raises Stop with what to do."""
    system.require_tools(_TOOLS)
    embedding.check(interpreter, sha256)
    app = FOLDER / "app"
    embedding.lay(interpreter, app)
    embedding.judge(app)
    unpacked = freezing.size(app)
    say(f"{app}: {unpacked / _MB:.1f} MB, every import answered")
    target = pack(FOLDER, BUILD / "release" / f"ntm-desktop-{version()}-setup.exe")
    require_sizes({"unpacked": unpacked, "setup program": target.stat().st_size})
    return target


def pack(folder: Path, target: Path) -> Path:
    """Pack the folder that holds `app` into a setup program and return it."""
    defined = {
        "FOLDER": folder,
        "VERSION": version(),
        "OUT": target,
        "KILOBYTES": freezing.size(folder / "app") // 1024,
    }
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8"]
    command += [*(f"-D{name}={value}" for name, value in defined.items()), str(_SCRIPT)]
    if subprocess.run(command, check=False, timeout=_LONGEST, stdin=subprocess.DEVNULL).returncode:
        stop("makensis could not make the setup program.", "Read what it says above.")
    return target


def require_sizes(found: dict[str, int]) -> None:
    """Refuse what has grown past its limit."""
    for name, size in found.items():
        if size > LIMITS[name]:
            stop(
                f"{name}: {size / _MB:.1f} MB, {LIMITS[name] / _MB:.0f} MB are allowed.",
                "See what came in, and take it out; or raise the limit in packaging/release/setup_program.py.",
            )
