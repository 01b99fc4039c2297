"""Open a file or a folder with the system's own program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ntm_desktop.errors import Unavailable


@dataclass(eq=False)
class NothingOpensIt(Unavailable):
    """Say that this computer has no program for a file."""

    path: str

    code: ClassVar[str] = "nothing_opens_it"
    what: ClassVar[str] = "No program on this computer opens {path}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Open it by hand from the folder, or install a program that shows PDF files."


def open_outside(path: Path) -> None:
    """Open it. Raises NothingOpensIt."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise NothingOpensIt(str(path))
