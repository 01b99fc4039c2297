"""The Debian package: the frozen folder under /opt, a starter, a menu entry, an icon, the kinds of files it opens."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Final

from devtools.places import BUILD, ROOT, stop
from release import freezing

_LINUX: Final = Path(__file__).with_name("linux")
_DEPENDS: Final = (
    *(
        "libc6 (>= 2.34)",
        "libgl1",
        "libegl1",
        "libglib2.0-0 | libglib2.0-0t64",
        "libdbus-1-3",
        "libfontconfig1",
    ),
    *(
        "libfreetype6",
        "libxkbcommon0",
        "libx11-6",
        "libxcb-cursor0",
        "libxcb-icccm4",
        "libxcb-image0",
        "libxcb-keysyms1",
    ),
    *(
        "libxcb-randr0",
        "libxcb-render-util0",
        "libxcb-shape0",
        "libxcb-xinerama0",
        "libxcb-xkb1",
        "libxkbcommon-x11-0",
    ),
)
_CONTROL: Final = """\
Package: ntm-desktop
Version: {version}
Architecture: amd64
Maintainer: NTM Desktop maintainers <maintainers@ntm-desktop.invalid>
Installed-Size: {size}
Depends: {depends}
Section: misc
Priority: optional
Description: dossiers of the new-style rural area programme for communes
 Prepares, checks, signs and verifies the dossiers of a Vietnamese commune, without a network.
"""
_PLACES: Final = {
    "ntm-desktop.desktop": "usr/share/applications/ntm-desktop.desktop",
    "ntm-desktop.xml": "usr/share/mime/packages/ntm-desktop.xml",
    "ntm-desktop.svg": "usr/share/icons/hicolor/scalable/apps/ntm-desktop.svg",
}


def version() -> str:
    """Return the version of the program."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def build(frozen: Path) -> Path:
    """Make the package of a frozen folder and return it."""
    tree = BUILD / "release" / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    lay(frozen, tree)
    target = BUILD / "release" / f"ntm-desktop_{version()}_amd64.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(target)]
    if shutil.which("dpkg-deb") is None or subprocess.run(command, check=False).returncode:
        stop(
            "dpkg-deb could not build the package.",
            "On Debian and Ubuntu it is there; read what it says above.",
        )
    return target


def lay(frozen: Path, tree: Path) -> None:
    """Lay out what the package installs."""
    program = tree / "opt" / "ntm-desktop"
    shutil.copytree(frozen, program, symlinks=True)
    for name, place in _PLACES.items():
        _put(_LINUX / name, tree / place)
    starter = tree / "usr" / "bin" / "ntm-desktop"
    starter.parent.mkdir(parents=True)
    starter.symlink_to("/opt/ntm-desktop/ntm-desktop")
    _put(program / "LICENCES.txt", tree / "usr/share/doc/ntm-desktop/copyright")
    control = tree / "DEBIAN" / "control"
    control.parent.mkdir()
    text = _CONTROL.format(version=version(), size=freezing.size(tree) // 1024, depends=", ".join(_DEPENDS))
    control.write_text(text, encoding="utf-8")


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)
