"""One file with the licence of everything that is handed out: our own, Python's, each library's, the system's."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from devtools.places import ROOT

_LISTED: Final = """
import importlib.metadata as m, json, sys
found = []
for dist in m.distributions(**({"path": sys.argv[1:]} if sys.argv[1:] else {})):
    texts = [str(f.read_text()) for f in dist.files or () if f.name.upper().startswith(("LICEN", "COPYING", "NOTICE"))
             and f.suffix.lower() in ("", ".txt", ".md", ".rst")]
    meta = dist.metadata
    classified = [c.rpartition("::")[2].strip() for c in meta.get_all("Classifier") or () if c.startswith("License")]
    name = meta.get("License-Expression") or "; ".join(classified) or (meta.get("License") or "").split("\\n")[0]
    found.append([meta["Name"], dist.version, name, texts])
print(json.dumps(found))
"""
_TOOLS: Final = frozenset(
    {"altgraph", "packaging", "pip", "pyinstaller", "pyinstaller-hooks-contrib", "setuptools", "wheel"}
)
"""What only builds; of PyInstaller its small loader is handed out, under its exception to the GPL."""
_TEXTS: Final = (Path("/usr/share/common-licenses/LGPL-3"), Path("/usr/share/common-licenses/GPL-3"))
"""Of Qt and PySide6, which come without the text of their licence."""
_LOADER: Final = "The program is started by the loader of PyInstaller, whose exception to the GPL allows it."
_SETUP: Final = Path("/usr/share/doc/nsis/copyright")
"""Of NSIS the setup and the uninstall program are handed out."""


def write(target: Path, frozen: Path, python: Path) -> None:
    """Write the file for a frozen folder, made with the packages of an interpreter."""
    own = python.resolve().parents[1].glob("lib/python3*/LICENSE.txt")
    _join(target, *_ours(), *_libraries(python), *_python(own), *_system(frozen), _LOADER)


def write_for_windows(target: Path, packages: Path, python: Path) -> None:
    """Write the file for a folder of installed packages beside the folder of an embeddable Python."""
    runtime = "The C++ runtime of Microsoft is handed out as Python and Qt hand it out."
    listed = _libraries(Path(sys.executable), packages)
    _join(target, *_ours(), *listed, *_python(python.glob("LICENSE.txt")), runtime, *_texts("NSIS", [_SETUP]))


def _join(target: Path, *parts: str) -> None:
    target.write_text(("\n" + "=" * 100 + "\n").join(parts), encoding="utf-8")


def _ours() -> Iterator[str]:
    yield from _texts("NTM Desktop", [ROOT / "LICENSE"])
    for path in sorted((ROOT / "resources").rglob("*LICENCE*")):
        yield from _texts(path.name, [path])


def _python(found: Iterable[Path]) -> Iterator[str]:
    yield from _texts("Python", list(found)[:1])


def _texts(title: str, paths: Iterable[Path]) -> Iterator[str]:
    for path in (one for one in paths if one.is_file()):
        yield f"{title}\n\n{path.read_text(encoding='utf-8', errors='replace')}"


def _libraries(python: Path, *folders: Path) -> Iterator[str]:
    """Yield what packages say of themselves: those of the folders named, or else of the interpreter."""
    command = [str(python), "-c", _LISTED, *map(str, folders)]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for name, version, licence, texts in sorted(json.loads(listed)):
        if name.lower() not in _TOOLS:
            yield "\n\n".join((f"{name} {version}: {licence or 'see below'}", *texts))
    for path in _TEXTS:
        yield from _texts(path.name, [path])


def _system(frozen: Path) -> Iterator[str]:
    """Yield the copyright files of the Debian packages that libraries beside the program were taken from."""
    names = sorted({path.name for path in (frozen / "_internal").glob("lib*.so*")})
    packages: dict[str, list[str]] = {}
    for name in names:
        found = subprocess.run(
            ["dpkg", "-S", f"*/{name}"], capture_output=True, text=True, check=False
        ).stdout
        if found:
            packages.setdefault(found.split(":")[0], []).append(name)
    for package, libraries in sorted(packages.items()):
        copyright_file = Path("/usr/share/doc") / package / "copyright"
        if copyright_file.is_file():
            yield from _texts(f"{package} ({', '.join(libraries)})", [copyright_file])
