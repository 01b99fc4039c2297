"""The system libraries Qt needs on Linux, and the independent judges that the tests of CI ask.

As root on Debian or Ubuntu what is missing is installed; elsewhere the exact line to type is printed. What
counts in the end is whether Qt starts, so that is tried before stopping anybody.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping

from devtools.places import call, capture, in_ci, say, stop, venv_python

# One entry per library; where the package was renamed (64-bit time in Debian 13 and Ubuntu 24.04), the names
# in order of preference.
QT_LIBRARIES = (
    ("libgl1",),
    ("libegl1",),
    ("libglib2.0-0t64", "libglib2.0-0"),
    ("libdbus-1-3",),
    ("libfontconfig1",),
    ("libfreetype6",),
    ("libxkbcommon0",),
    ("libx11-6",),
    ("libxcb-cursor0",),
    ("libxcb-icccm4",),
    ("libxcb-image0",),
    ("libxcb-keysyms1",),
    ("libxcb-randr0",),
    ("libxcb-render0",),
    ("libxcb-render-util0",),
    ("libxcb-shape0",),
    ("libxcb-shm0",),
    ("libxcb-sync1",),
    ("libxcb-util1",),
    ("libxcb-xfixes0",),
    ("libxcb-xkb1",),
    ("libxkbcommon-x11-0",),
    ("libx11-xcb1",),
)
JUDGES = (
    ("openssl",),
    ("poppler-utils",),
    ("softhsm2",),
    ("xvfb",),
    ("xauth",),
    ("xdotool",),
    ("libreoffice-calc-nogui",),
    ("libreoffice-writer-nogui",),
    ("gettext",),
    ("nsis",),
    ("binutils",),
)
_TRY_QT = "from PySide6.QtWidgets import QApplication; QApplication([])"
_NO_QUESTIONS = {"DEBIAN_FRONTEND": "noninteractive"}


def require_qt() -> None:
    """See to it that Qt starts; in CI, that the judges are there too.

    Raises Stop with the line to type when Qt does not start.
    """
    if not sys.platform.startswith("linux"):
        return
    wanted = QT_LIBRARIES + (JUDGES if in_ci() else ())
    missing = missing_packages(wanted) if _has_apt() else []
    if missing and os.geteuid() == 0:
        _install(missing)
        missing = missing_packages(wanted)
    if missing:
        say(f"System packages are missing. To install them, type:\n  {sudo_line(missing)}")
    started, printed = _qt_starts()
    if not started:
        remedy = f"Type: {sudo_line(missing)}" if missing else _remedy_without_apt(printed)
        stop(f"Qt does not start on this system:\n{printed.strip()}", remedy)


def require_screen() -> None:
    """Stop where there is no screen to open a window on: Qt would abort without saying so in plain words."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named):
        stop(
            "There is no screen here to open the window on.",
            "Start it from a desktop session, or use `demo`.",
        )


def require_tools(wanted: Mapping[str, str]) -> None:
    """See to it that programs are there, each named with the package that brings it.

    Raises Stop with the line to type.
    """
    missing = [package for tool, package in wanted.items() if not shutil.which(tool)]
    if missing and _has_apt() and os.geteuid() == 0:
        _install(missing)
        missing = [package for tool, package in wanted.items() if not shutil.which(tool)]
    if missing:
        stop(f"Not here: {', '.join(missing)}.", f"Type: {sudo_line(missing)}")


def missing_packages(wanted: Iterable[tuple[str, ...]]) -> list[str]:
    """Return one package name to install for each library of which no name is installed."""
    entries = tuple(wanted)
    installed = _installed(name for names in entries for name in names)
    lacking = [names for names in entries if not installed.intersection(names)]
    return [choose(names, _offered) for names in lacking]


def choose(names: tuple[str, ...], offered: Callable[[str], bool]) -> str:
    """Return the first of a library's package names that this system offers; the last when it offers none."""
    return next((name for name in names if len(names) == 1 or offered(name)), names[-1])


def sudo_line(packages: Iterable[str]) -> str:
    """Return the line a person types to install packages."""
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def install_venv_package(now_present: Callable[[], bool]) -> None:
    """Install the part of Python that Debian splits off, or stop with the line to type."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if _has_apt() and os.geteuid() == 0:
        _install([package])
        if now_present():
            return
    remedy = (
        f"Type: {sudo_line([package])}"
        if _has_apt()
        else "Install the venv and ensurepip parts of this Python."
    )
    stop("This Python lacks venv or ensurepip, with which the environment is made.", remedy)


def _has_apt() -> bool:
    return bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def _installed(names: Iterable[str]) -> set[str]:
    done = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    lines = (line.split() for line in done.stdout.splitlines())
    return {line[0] for line in lines if line[1:] == ["installed"]}


def _offered(name: str) -> bool:
    """Ask apt whether it could install a package by this very name (not by another that provides it)."""
    return any(
        line.strip() == f"Package: {name}" for line in capture(["apt-cache", "show", name])[1].splitlines()
    )


def _install(packages: list[str]) -> None:
    say(f"Installing {len(packages)} system packages: {' '.join(packages)}")
    quietly = ["-qq", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0"]
    call(["apt-get", "update", *quietly], environment=_NO_QUESTIONS)
    # Only now are the lists there: a fresh container has none, and asked without them everything is unknown.
    names = [choose(_all_names(package), _offered) for package in packages]
    unknown = [name for name in names if not _offered(name)]
    if unknown:
        say(f"This system does not offer: {' '.join(unknown)}")
    names = [name for name in names if name not in unknown]
    command = ["apt-get", "install", "-y", "--no-install-recommends", *quietly, *names]
    code, printed = capture(command, environment=_NO_QUESTIONS)
    if code != 0:
        say(f"{printed}\napt-get could not install them (exit code {code}).")


def _all_names(package: str) -> tuple[str, ...]:
    return next((names for names in QT_LIBRARIES + JUDGES if package in names), (package,))


def _qt_starts() -> tuple[bool, str]:
    code, printed = capture([str(venv_python()), "-c", _TRY_QT], environment={"QT_QPA_PLATFORM": "offscreen"})
    return code == 0, printed


def _remedy_without_apt(printed: str) -> str:
    if "cannot open shared object file" in printed:
        return "Install the library named above with this system's package manager, then try again."
    return "Read the lines above; delete the folder .venv and try again if the installation was interrupted."
