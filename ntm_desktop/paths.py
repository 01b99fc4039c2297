"""Where the program's own files lie, in a checkout and in an installed program alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def resources_folder() -> Path:
    """Return the folder of packs, fonts, samples and tables shipped with the program."""
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


@cache
def translations_folder() -> Path:
    """Return the folder of the gettext catalogues."""
    installed = _PACKAGE / "_translations"
    return installed if installed.is_dir() else _PACKAGE.parent / "translations"
