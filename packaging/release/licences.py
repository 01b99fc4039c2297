"""One file with the licence of everything that is handed out: our own, Python's, each library's, the system's."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from devtools.places import ROOT

_LISTED: Final = """
import importlib.metadata as m, json
found = []
for dist in m.distributions():
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


def write(target: Path, frozen: Path, python: Path) -> None:
    """Write the file for a frozen folder, made with the packages of an interpreter."""
    parts = ["NTM Desktop\n\n" + (ROOT / "LICENSE").read_text(encoding="utf-8")]
    parts += [
        f"{path.name}\n\n{path.read_text(encoding='utf-8')}"
        for path in sorted((ROOT / "resources").rglob("*LICENCE*"))
    ]
    parts += _libraries(python)
    parts += _system(frozen)
    parts.append(
        "The program is started by the loader of PyInstaller, whose exception to the GPL allows that for any program."
    )
    line = "\n" + "=" * 100 + "\n"
    target.write_text(line.join(parts), encoding="utf-8")


def _libraries(python: Path) -> Iterator[str]:
    listed = subprocess.run([str(python), "-c", _LISTED], capture_output=True, text=True, check=True).stdout
    for name, version, licence, texts in sorted(json.loads(listed)):
        if name.lower() not in _TOOLS:
            yield "\n\n".join((f"{name} {version}: {licence or 'see below'}", *texts))
    own = next(python.resolve().parents[1].glob("lib/python3*/LICENSE.txt"), None)
    if own is not None:
        yield "Python\n\n" + own.read_text(encoding="utf-8")


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
            text = copyright_file.read_text(encoding="utf-8", errors="replace")
            yield f"{package} ({', '.join(libraries)})\n\n{text}"
