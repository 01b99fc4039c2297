"""Try the setup program under wine: install, install over it, start what wine can start, remove.

Wine is not Windows; what it shows is named in docs/packages.md together with what it does not.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from devtools import system
from devtools.places import BUILD, say, stop

_TOOLS: Final = {"wine": "wine"}
_PREFIX: Final = BUILD / "release" / "wine"
_HOME: Final = _PREFIX / "home"
_LONGEST: Final = 600  # seconds
_UNINSTALL: Final = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\NTMDesktop"
_CLASSES: Final = r"HKCU\Software\Classes"
_KINDS: Final = {".asice": "Dossier", ".ntmbackup": "Copy", ".ntmpack": "Pack"}
_SHORTCUT: Final = "H\u1ed3 s\u01a1 n\u00f4ng th\u00f4n m\u1edbi.lnk"


def run(setup: Path, folder: Path) -> None:
    """Try a setup program made of a folder that holds `app`. Raises Stop naming what did not hold."""
    system.require_tools(_TOOLS)
    shutil.rmtree(_PREFIX, ignore_errors=True)
    _HOME.mkdir(parents=True)
    _wine("wineboot", "--init")
    _wine("winecfg", "-v", "win10")
    home = next((_PREFIX / "drive_c" / "users").glob("*/AppData")).parent
    place = home / "AppData" / "Local" / "Programs" / "NTM Desktop"
    workspaces = [home / "Documents" / "xa" / "workspace.ntm", place / "kho" / "workspace.ntm"]
    for workspace in workspaces:
        workspace.parent.mkdir(parents=True)
        workspace.write_bytes(b"figures")
    _install(setup, folder / "app", place)
    _require_entries(home, there=True)
    (place / "app" / "left-by-the-old-version.txt").touch()
    _install(setup, folder / "app", place)
    _require_entries(home, there=True)
    _start(place / "app")
    _wine(str(place / "uninstall.exe"), "/S")
    _require(not (place / "app").exists() and not (place / "uninstall.exe").exists(), "it is removed")
    _require_entries(home, there=False)
    _require(all(one.read_bytes() == b"figures" for one in workspaces), "every workspace is where it was")


def _install(setup: Path, app: Path, place: Path) -> None:
    began = time.monotonic()
    _wine(str(setup), "/S")
    took = time.monotonic() - began
    wanted, found = set(_files(app)), set(_files(place / "app"))
    _require(wanted == found, f"{len(wanted)} files are there after {took:.0f} s, and nothing else")
    _same, different, unread = filecmp.cmpfiles(app, place / "app", [*wanted], shallow=False)
    _require(not different and not unread, "each is byte for byte what was packed")
    _require(not [*place.glob("app.*")], "nothing is left of the switch")


def _files(folder: Path) -> Iterator[str]:
    yield from (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def _require_entries(home: Path, *, there: bool) -> None:
    """Require that the entries in the registry, the Start menu and on the desktop are there, or that none is."""
    keys = [_UNINSTALL, *(rf"{_CLASSES}\NTMDesktop.{kind}\shell\open\command" for kind in _KINDS.values())]
    keys += [rf"{_CLASSES}\{suffix}\OpenWithProgids" for suffix in _KINDS]
    for key in keys:
        found, told = _query(key)
        _require(found == there, f"{key} {'is there' if there else 'is gone'}")
        if there:
            say("".join(f"      {line.strip()}\n" for line in told.splitlines()[1:] if line.strip()).rstrip())
    for place in (home / "Desktop", home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"):
        held = (place / _SHORTCUT).is_file() == there
        _require(held, f"the shortcut in {place.name} {'is there' if there else 'is gone'}")


def _start(app: Path) -> None:
    """Start the installed program without a window, as far as the interpreter is a real one."""
    code, told = _call(str(app / "python" / "python.exe"), "-m", "ntm_desktop", "--help")
    if code:
        say(f"not seen: `python -m ntm_desktop --help` ended with {code}: {told.strip()[-400:]}")
    else:
        say(f"seen: `python -m ntm_desktop --help` says {told.split(chr(10))[0].strip()}")


def _query(key: str) -> tuple[bool, str]:
    code, told = _call("reg", "query", key, "/s")
    return code == 0, told


def _wine(*command: str) -> None:
    code, told = _call(*command)
    if code:
        stop(f"Under wine {Path(command[0]).name} ended with {code}.", told.strip() or "It said nothing.")


def _call(*command: str) -> tuple[int, str]:
    """Run a program under wine and wait for everything it started."""
    environment = {
        "HOME": str(_HOME),  # wine makes the officer's documents and desktop links into it
        "WINEPREFIX": str(_PREFIX),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=",
        "LC_ALL": "C.UTF-8",
        "DISPLAY": "",
    }
    quiet = {**os.environ, **environment}
    done = subprocess.run(
        ["wine", *command],
        env=quiet,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=_LONGEST,
        check=False,
    )
    subprocess.run(["wineserver", "-w"], env=quiet, timeout=_LONGEST, check=False)
    return done.returncode, done.stdout.decode("utf-8", errors="replace")


def _require(held: object, what: str) -> None:
    if not held:
        stop(f"Under wine this did not hold: {what}.", f"Look in {_PREFIX}.")
    say(f"seen: {what}")
