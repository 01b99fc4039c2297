"""Make `.venv`, fill it from the hash-pinned locks, and join the checkout to it.

Rules:
* Nothing is installed that is not in a lock with its hash, and only ready-made wheels: no package runs code.
* What was installed is remembered in `.venv/locks.json`; while the locks stay the same, no network is needed.
* The checkout is joined by a path file with a relative path: it may move, and its name may hold Vietnamese.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

from devtools import interpreter, system
from devtools.places import LOCKS, ON_WINDOWS, ROOT, VENV, call, capture, say, stop, venv_python

STAMP = VENV / "locks.json"
RUNTIME, DEV, FUZZ = "runtime", "dev", "fuzz"


def prepare(*, dev: bool = False, fuzz: bool = False) -> Path:
    """Make the environment ready and return its interpreter.

    Raises Stop with a remedy when that is not possible here.
    """
    names = [RUNTIME] + [name for name, asked in ((DEV, dev), (FUZZ, fuzz)) if asked]
    wanted = _wanted(tuple(names))
    if not _venv_fits():
        _make_venv()
    if not _stamped(wanted):
        _install(list(wanted))
        _join_checkout()
        STAMP.write_text(json.dumps(_installed() | wanted, indent=1), encoding="utf-8")
    return venv_python()


def _wanted(names: tuple[str, ...]) -> dict[str, str]:
    return {name: hashlib.sha256((LOCKS / f"{name}.txt").read_bytes()).hexdigest() for name in names}


def _installed() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(sha256) for name, sha256 in stamp.items()} if isinstance(stamp, dict) else {}


def _stamped(wanted: dict[str, str]) -> bool:
    return wanted.items() <= _installed().items()


def _venv_fits() -> bool:
    """Tell whether the environment is there, starts, is whole, and belongs to this version of Python."""
    if not venv_python().exists():
        return False
    code, printed = capture([str(venv_python()), "-c", "import sys, pip; print(*sys.version_info[:2])"])
    return code == 0 and printed.split() == [str(part) for part in sys.version_info[:2]]


def _make_venv() -> None:
    if not _has_ensurepip():
        system.install_venv_package(_has_ensurepip)
    say(f"Making {VENV.name} with Python {sys.version.split()[0]} ...")
    if VENV.exists():
        shutil.rmtree(VENV)  # made by another Python, or half made
    if call([sys.executable, "-m", "venv", str(VENV)]) != 0:
        stop(
            "The environment could not be made.",
            "Read the lines above; then delete the folder .venv and try again.",
        )


def _has_ensurepip() -> bool:
    return capture([sys.executable, "-c", "import venv, ensurepip; ensurepip.version()"])[0] == 0


def _install(names: list[str]) -> None:
    if ON_WINDOWS and len(str(ROOT)) > interpreter.LONGEST_WINDOWS_ROOT:
        say("Note: the path of this folder is long; if the installation fails, use a short one: C:\\ntm.")
    say("Installing the pinned libraries (about 170 MB the first time) ...")
    command = [str(venv_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-input", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
    for name in names:
        command += ["-r", str(LOCKS / f"{name}.txt")]
    if call(command, environment={"PIP_ROOT_USER_ACTION": "ignore"}) != 0:
        stop(
            "The pinned libraries could not be installed.",
            "With a connection, try again. Without one, copy the wheels named in packaging/locks to a "
            "folder, set PIP_NO_INDEX=1 and PIP_FIND_LINKS to that folder. If pip finds no matching "
            "distribution, this Python or system has no ready-made files: use Python 3.11 to 3.14 on 64-bit "
            "Linux or Windows.",
        )


def _join_checkout() -> None:
    """Make `import ntm_desktop` and the command `ntm-desktop` work in the environment."""
    code, printed = capture(
        [str(venv_python()), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    )
    if code != 0:
        stop("The environment does not start.", "Delete the folder .venv and try again.")
    packages = Path(printed.strip())
    upwards = Path(*[".."] * len(packages.resolve().relative_to(ROOT).parts))
    (packages / "ntm_desktop_checkout.pth").write_text(f"{upwards}\n", encoding="ascii")
    if ON_WINDOWS:
        _write_launcher(VENV / "Scripts" / "ntm-desktop.cmd", '@"%~dp0python.exe" -m ntm_desktop %*\r\n')
    else:
        _write_launcher(
            VENV / "bin" / "ntm-desktop", '#!/bin/sh\nexec "$(dirname "$0")/python" -m ntm_desktop "$@"\n'
        )


def _write_launcher(path: Path, content: str) -> None:
    path.write_text(content, encoding="ascii", newline="")
    path.chmod(path.stat().st_mode | 0o111)
