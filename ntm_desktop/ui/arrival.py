"""What a file calls for that was opened from outside, by a double-click or on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ntm_desktop.settings import Settings
    from ntm_desktop.ui.frame.window import MainWindow
    from ntm_desktop.ui.start.window import StartWindow

COPY: Final = ".ntmbackup"
PACKS: Final = ".ntmpack"
"""How the name of a publisher's one-file bundle ends; the program reads such files under any name."""


class Program(Protocol):
    """What holds the one window that is open."""

    window: QWidget | None

    def show_verify(self, path: Path | None = None) -> None:
        """Show the window that verifies a file."""

    def open(self, folder: Path, *, who: str) -> None:
        """Open a workspace."""

    def show_start(self) -> None:
        """Show the first start."""


def show(program: Program, path: Path, remembered: Settings) -> None:
    """Verify a dossier; what goes into a workspace opens the last one, or the first start."""
    if path.suffix.lower() not in {COPY, PACKS}:
        program.show_verify(path)
        return
    last = Path(remembered.last_workspace)
    if remembered.last_workspace and last.is_dir():
        program.open(last, who=remembered.officer)
    else:
        program.show_start()
    hand_over(program, path)


def hand_over(program: Program, path: Path) -> None:
    """Hand a copy or a bundle of packs to the window that is open."""
    from ntm_desktop.ui.frame.window import MainWindow
    from ntm_desktop.ui.start.window import StartWindow

    window = program.window
    if isinstance(window, MainWindow):
        _in_workspace(window, path)
    elif isinstance(window, StartWindow):
        _at_first_start(window, path)


def _in_workspace(window: MainWindow, path: Path) -> None:
    from ntm_desktop.ui.packs.page import PacksPage
    from ntm_desktop.ui.safety.page import SafetyPage

    window.open_page("safety" if path.suffix.lower() == COPY else "packs")
    page = window.page()
    if isinstance(page, SafetyPage):
        page.bring_back(path)
    elif isinstance(page, PacksPage):
        page.look_at(path)


def _at_first_start(window: StartWindow, path: Path) -> None:
    from ntm_desktop.ui.parts.banner import BannerKind

    if path.suffix.lower() == COPY:
        window.bring_back(path)
        return
    fact = _("Packs are taken into the workspace of a commune.")
    window.tell(
        BannerKind.INFO, fact, _("Make it or open it first, then open {name} again.").format(name=path.name)
    )
