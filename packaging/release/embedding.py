"""The folder that goes to Windows: an embeddable Python, the wheels of the lock for Windows, and the program.

Nothing here needs Windows. The interpreter is handed in, for no package index offers it: the embeddable zip of
python.org, of the same Python this runs on, because the program is compiled here.
"""

from __future__ import annotations

import compileall
import hashlib
import py_compile
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

from devtools.places import BUILD, LOCKS, ROOT, call, stop
from release import freezing, icons, licences, marker
from release.imports import Folder, Foreign

KNOWN: Final = {
    "009d6bf7e3b2ddca3d784fa09f90fe54336d5b60f0e0f305c37f400bf83cfd3b": "3.11.9",
    "4acbed6dd1c744b0376e3b1cf57ce906f9dc9e95e68824584c8099a63025a3c3": "3.12.10",
    "90b4e5b9898b72d744650524bff92377c367f44bd5fbd09e3148656c080ad907": "3.13.14",
    "df901e84a896ff1ee720ad03377e0c8d8c2244fda79808aeeaff6316df1cb75c": "3.14.6",
}
"""SHA-256 of python-VERSION-embed-amd64.zip as many public build scripts have it; not compared with python.org."""
PYTHON: Final = "python"
PACKAGES: Final = "lib"
_TAG: Final = f"{sys.version_info.major}{sys.version_info.minor}"
DLL: Final = f"python{_TAG}"
_STARTER: Final = '@"%~dp0python\\python.exe" -m ntm_desktop %*\r\n'
_RUNTIME: Final = ("msvcp140.dll",)
"""Of the C++ runtime that comes with Qt, what other libraries need too: it goes beside python.exe."""
_WORTHLESS: Final = (
    "tests",
    "test",
    "include",
    "__pycache__",
    "*.pyi",
    "*.pxd",
    "*.pyx",
    "*.h",
    "*.c",
    "*.lib",
)
_KEPT_OF_METADATA: Final = frozenset({"METADATA", "entry_points.txt"})
_QT: Final = re.compile(r"PySide6\.(Qt\w+)")
_WINDOWS: Final = {
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_system": "Windows",
    "python_full_version": f"{sys.version_info.major}.{sys.version_info.minor}.0",
    "sys_platform": "win32",
}


def check(interpreter: Path, sha256: str) -> None:
    """Refuse an interpreter that is not the one meant. Raises Stop with what to do."""
    if not interpreter.is_file():
        stop(
            f"There is no {interpreter}.",
            "Fetch python-VERSION-embed-amd64.zip from python.org and name it with --interpreter.",
        )
    found = hashlib.sha256(interpreter.read_bytes()).hexdigest()
    if found != sha256.lower() and not (sha256 == "" and found in KNOWN):
        stop(
            f"The interpreter is not the one that was meant: its SHA-256 is {found}.",
            "Compare it with the one at its publisher, then give that one with --sha256.",
        )
    if not {"python.exe", "pythonw.exe", f"{DLL}.dll", f"{DLL}._pth"} <= _names(interpreter):
        stop(
            f"{interpreter.name} is not an embeddable Python {sys.version_info.major}.{sys.version_info.minor}.",
            "The program is compiled for the Python this runs on: take the zip of the same version, or run "
            "this command with the other Python.",
        )


def _names(path: Path) -> set[str]:
    if not zipfile.is_zipfile(path):
        return set()
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def lay(interpreter: Path, app: Path) -> None:
    """Lay out the folder anew from a checked interpreter."""
    shutil.rmtree(app, ignore_errors=True)
    wheels = _prepare()
    with zipfile.ZipFile(interpreter) as archive:
        archive.extractall(app / PYTHON)
    path = f"{DLL}.zip\n.\n..\\{PACKAGES}\n"
    (app / PYTHON / f"{DLL}._pth").write_text(path, encoding="ascii", newline="")
    packages = app / PACKAGES
    shutil.copytree(wheels, packages, ignore=shutil.ignore_patterns(*_WORTHLESS, "bin", "lock.txt"))
    program = packages / "ntm_desktop"
    shutil.copytree(ROOT / "ntm_desktop", program, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("resources", "translations"):
        shutil.copytree(ROOT / folder, program / f"_{folder}", ignore=shutil.ignore_patterns("__pycache__"))
    marker.write(program)
    for name in _RUNTIME:
        shutil.copyfile(packages / "shiboken6" / name, app / PYTHON / name)
    prune(app)
    _compile(packages)
    icons.write(app / "ntm-desktop.ico")
    (app / "ntm-desktop.cmd").write_text(_STARTER, encoding="ascii", newline="")
    licences.write_for_windows(app / "LICENCES.txt", wheels, app / PYTHON)


def _prepare() -> Path:
    """Return the folder of the installed wheels; made anew when the lock has changed."""
    folder = BUILD / "release" / f"windows-{_TAG}"
    lock = "\n".join(for_windows((LOCKS / "runtime.txt").read_text(encoding="utf-8")))
    stamp = folder / "lock.txt"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == lock:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    wanted = folder / "wanted.txt"
    wanted.write_text(lock, encoding="utf-8")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--no-deps"]
    command += ["--require-hashes", "--only-binary=:all:", "--platform", "win_amd64"]
    command += ["--implementation", "cp", "--python-version", _TAG]
    command += ["--target", str(folder), "-r", str(wanted)]
    if call(command):
        stop(
            "The libraries for Windows cannot be fetched.",
            "Read what pip says above; a network is needed once.",
        )
    wanted.rename(stamp)
    return folder


def for_windows(lock: str) -> Iterator[str]:
    """Yield the lines of a lock that count on Windows, without conditions: pip would ask them of this system."""
    for block in re.split(r"\n(?=\S)", lock):
        name, *hashes = block.splitlines()
        if name.startswith("#"):
            continue
        wanted = Requirement(name.rstrip("\\ "))
        if wanted.marker is None or wanted.marker.evaluate(_WINDOWS):
            yield "\n".join((f"{wanted.name}{wanted.specifier} \\", *hashes))


def prune(app: Path) -> None:
    """Take away what the program does not use."""
    packages = app / PACKAGES
    freezing.keep_languages(packages)
    for name in freezing.EXCLUDED:
        for path in packages.glob(f"{name.replace('.', '/')}*"):
            if path.name.partition(".")[0] == name.rpartition(".")[2]:
                _remove(path)
    for path in packages.glob("*.dist-info/*"):
        if path.name not in _KEPT_OF_METADATA:
            _remove(path)
    _thin_qt(app, packages / "PySide6")


def _thin_qt(app: Path, qt: Path) -> None:
    """Keep of Qt the modules the program names, the plugins it uses, and the libraries these reach."""
    freezing.thin_qt(qt)
    for path in qt.iterdir():
        if path.is_dir() and path.name not in {"plugins", "support"}:
            _remove(path)
    used = {
        name for path in (ROOT / "ntm_desktop").rglob("*.py") for name in _QT.findall(path.read_text("utf-8"))
    }
    folder = Folder(app, python=PYTHON, packages=PACKAGES)
    offered = {path for path in folder.imports if path.is_relative_to(qt) or path.parent.name == "shiboken6"}
    wanted = {
        path for path in offered if path.stem in used or "plugins" in path.parts or path.stem == "Shiboken"
    }
    for path in offered - folder.reached((folder.imports.keys() - offered) | wanted):
        path.unlink()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _compile(packages: Path) -> None:
    """Put compiled modules in the place of the sources: no time is lost at the first start, and less is copied."""
    compiled = compileall.compile_dir(
        packages,
        quiet=1,
        legacy=True,
        stripdir=str(packages),
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        workers=1,
    )
    if not compiled:
        stop("A module of the libraries cannot be compiled.", "Read what is said above.")
    for source in packages.rglob("*.py"):
        source.unlink()


def judge(app: Path) -> None:
    """Refuse a folder in which something would not be found when it is loaded. Raises Stop naming it."""
    try:
        missing = list(Folder(app, python=PYTHON, packages=PACKAGES).missing())
    except Foreign as foreign:
        missing = [f"not for 64-bit Windows: {name}" for name in foreign.names]
    if missing:
        listed = "\n".join(missing)
        stop(
            f"Windows would not find everything:\n{listed}",
            "Add what is missing in packaging/release/embedding.py, or name it as a part of Windows in imports.py.",
        )
