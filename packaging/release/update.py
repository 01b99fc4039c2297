"""The update file: the code of this version alone, for programs that are installed already."""

from __future__ import annotations

from pathlib import Path

from devtools.places import BUILD, ROOT
from ntm_desktop import __version__


def build() -> Path:
    """Build the file from this checkout and return it."""
    from ntm_desktop.packs.program.update_file import build_update

    target = BUILD / "release" / f"ntm-desktop-{__version__}-update.tar.xz"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(build_update(ROOT))
    return target
