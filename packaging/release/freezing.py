"""Freeze the program into one folder with its own Python, and take away what it does not need."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from devtools.places import BUILD, LOCKS, ROOT, call, stop
from release import licences, marker

FROZEN: Final = BUILD / "release" / "ntm-desktop"
_ENVIRONMENT: Final = BUILD / "release" / "environment"
EXCLUDED: Final = ("PySide6.QtNetwork", "tkinter", "setuptools", "numpy", "pip", "PIL.ImageQt", "PIL._avif")
"""Modules that libraries offer and the program does not use."""
_PLUGINS: Final = {
    "platforms": ("qxcb", "qwindows", "qoffscreen"),
    "platforminputcontexts": ("compose", "ibus"),  # on Linux Vietnamese typing goes through them
    "imageformats": ("qjpeg",),
    "xcbglintegrations": ("",),
}
"""Kinds of Qt plugins that stay, on Linux and on Windows, and how the names of those that stay begin."""
_LANGUAGES: Final = frozenset({"root", "en", "vi"})
_NEEDED: Final = re.compile(r"\(NEEDED\).*\[(.+)\]")


def freeze() -> Path:
    """Return the folder of the frozen program; the environment is made anew when a lock has changed."""
    python = _prepare()
    shutil.rmtree(FROZEN, ignore_errors=True)
    work = BUILD / "release" / "work"
    command = [str(python), "-m", "PyInstaller", "--noconfirm", "--onedir", "--name", "ntm-desktop"]
    command += ["--distpath", str(FROZEN.parent), "--workpath", str(work), "--specpath", str(work)]
    command += ["--paths", str(ROOT), "--collect-submodules", "ntm_desktop"]
    command += ["--hidden-import", "_rl_accel"]  # reportlab looks for it by a name put together
    for folder in ("resources", "translations"):
        command += ["--add-data", f"{ROOT / folder}:ntm_desktop/_{folder}"]
    command += ["--add-data", f"{marker.write(work)}:ntm_desktop"]
    for name in EXCLUDED:
        command += ["--exclude-module", name]
    command.append(str(Path(__file__).with_name("start.py")))
    if call(command, environment={"PYTHONPATH": str(ROOT)}):
        stop("PyInstaller could not freeze the program.", "Read what it says above.")
    prune(FROZEN)
    licences.write(FROZEN / "LICENCES.txt", FROZEN, python)
    return FROZEN


def _prepare() -> Path:
    python = _ENVIRONMENT / "bin" / "python"
    stamp = _ENVIRONMENT / "locks.txt"
    wanted = "\n".join((LOCKS / f"{name}.txt").read_text(encoding="utf-8") for name in ("runtime", "build"))
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    shutil.rmtree(_ENVIRONMENT, ignore_errors=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
    steps = [[sys.executable, "-m", "venv", str(_ENVIRONMENT)]]
    steps += [[*install, "-r", str(LOCKS / f"{name}.txt")] for name in ("runtime", "build")]
    for step in steps:
        if call(step):
            stop(
                "The environment for freezing cannot be made.",
                "Read what is said above; a network is needed once.",
            )
    stamp.write_text(wanted, encoding="utf-8")
    return python


def prune(folder: Path) -> None:
    """Take away translations and plugins of Qt that are not used, then libraries nothing refers to any more."""
    inside = folder / "_internal"
    thin_qt(inside / "PySide6" / "Qt")
    keep_languages(inside)
    # python-docx goes to its templates by way of this folder, which is empty in a frozen program.
    (inside / "docx" / "parts").mkdir(parents=True, exist_ok=True)
    while loose := _loose(folder):
        for library in loose:
            library.unlink()


def thin_qt(qt: Path) -> None:
    """Take away translations and plugins of Qt that are not used."""
    shutil.rmtree(qt / "translations", ignore_errors=True)
    shutil.rmtree(qt / "qml", ignore_errors=True)
    for kind in [one for one in (qt / "plugins").glob("*") if one.is_dir()]:
        kept = _PLUGINS.get(kind.name, ())
        for plugin in list(kind.iterdir()):
            if not plugin.name.removeprefix("lib").startswith(tuple(kept) or ("\0",)):
                plugin.unlink()
        if not any(kind.iterdir()):
            kind.rmdir()


def keep_languages(packages: Path) -> None:
    """Take away what Babel knows of languages that are not spoken here."""
    for data in (packages / "babel" / "locale-data").glob("*.dat"):
        if data.stem.partition("_")[0] not in _LANGUAGES:
            data.unlink()


def _loose(folder: Path) -> list[Path]:
    """Return shared libraries that nothing in the folder refers to; links that lead nowhere count too."""
    libraries = [path for path in folder.rglob("*.so*") if path.is_file() or path.is_symlink()]
    needed = {name for path in (*libraries, folder / "ntm-desktop") if path.exists() for name in _needs(path)}
    return [
        path
        for path in libraries
        if not path.exists()
        or (_is_library(path) and path.name not in needed and not _is_linked(path, libraries))
    ]


def _is_library(path: Path) -> bool:
    """Say whether a file is a plain library, not an extension of Python and not a plugin, which nobody refers to."""
    plain = path.name.startswith("lib") and "plugins" not in path.parts
    return (
        plain
        and not path.name.startswith("libpython")
        and ".cpython" not in path.name
        and ".abi3" not in path.name
    )


def _is_linked(path: Path, libraries: list[Path]) -> bool:
    return any(one.is_symlink() and one.resolve() == path.resolve() for one in libraries if one != path)


def _needs(path: Path) -> Iterator[str]:
    told = subprocess.run(["readelf", "-d", str(path)], capture_output=True, text=True, check=False).stdout
    yield from _NEEDED.findall(told)


def size(folder: Path) -> int:
    """Return how many bytes the files of a folder have."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
